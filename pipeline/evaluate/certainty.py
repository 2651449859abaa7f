"""How often besshi is right where it is so certain: for fields, and for line breaks by witness."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from statistics import fmean
from typing import Any

from msgspec import Struct

from pipeline.evaluate.scores import Comparable, find_breaks, flat, normalize_space, pair_records

WITNESSES = ("prior", "geometry", "spacing", "series", "twins")
"""The columns of breaks/<annex>.parquet that hold evidence."""


# Confidence where one bin ends and the next begins; judgement: most fields are sure, so the bins
# become narrower there.
CONFIDENCE_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1.0)


class ConfidenceBin(Struct, frozen=True):
    """What has about the same confidence."""

    least: float
    """Where the bin begins."""
    count: int
    confidence: float
    """Mean."""
    right: float
    """Share."""


class JudgedField(Struct, frozen=True):
    """A field that besshi has read, compared with the truth."""

    source: str
    """`text_layer`, `ocr` or `mixed`."""
    confidence: float
    right: bool


class JudgedBreak(Struct, frozen=True):
    """The end of a physical line, compared with the truth."""

    witness: str
    """The strongest evidence for what was decided."""
    kept: bool
    right: bool


def bin_confidences(
    judged: Sequence[tuple[float, bool]], edges: Sequence[float] = CONFIDENCE_EDGES
) -> Iterator[ConfidenceBin]:
    """Compare confidence with the share that is right, in each bin that has something.

    Args:
        judged: A confidence and whether it was right, of each field or record.
        edges: Where bins begin; the last one is the end, and belongs to the last bin.
    """
    for low, high in pairwise(edges):
        own = [(c, r) for c, r in judged if low <= c < high or c == high == edges[-1]]
        if own:
            confidences, rights = zip(*own, strict=True)
            yield ConfidenceBin(low, len(own), fmean(confidences), fmean(rights))


def judge_fields(
    truth: Sequence[Comparable], found: Sequence[Comparable], rows: Sequence[Mapping[str, Any]]
) -> Iterator[JudgedField]:
    """Compare each field that has a confidence.

    Args:
        rows: The found records as in records/<annex>.parquet.
    """
    by_id = {row["record_id"]: row for row in rows}
    for record, name, true, text in _pair_fields(truth, found):
        row = by_id[record]
        confidence = row["field_confidence"].get(name.removeprefix("extra:"))
        if confidence is not None:
            right = normalize_space(true) == normalize_space(text)
            yield JudgedField(row["source"], confidence, right)


def judge_breaks(
    truth: Sequence[Comparable], found: Sequence[Comparable], rows: Sequence[Mapping[str, Any]]
) -> Iterator[JudgedBreak]:
    """Compare each decision about a line break, in fields whose characters are right.

    A correction does not count: these rows say what besshi decided itself.

    Args:
        rows: The decisions as in breaks/<annex>.parquet.
    """
    fields = {
        (record, name.removeprefix("extra:")): true
        for record, name, true, text in _pair_fields(truth, found)
        if flat(true) == flat(text)
    }
    for key, own in groupby(rows, lambda row: (row["record_id"], row["field"])):
        lines = list(own)
        true = fields.get(key)
        text = "".join([*(row["before"] for row in lines), lines[-1]["after"]])
        if true is None or flat(text) != flat(true):
            continue
        places, at = find_breaks(true), 0
        for row in lines:
            at += len(flat(row["before"]))
            yield JudgedBreak(_find_witness(row), row["kept"], row["kept"] == (at in places))


def _pair_fields(
    truth: Sequence[Comparable], found: Sequence[Comparable]
) -> Iterator[tuple[str, str, str, str | None]]:
    """Each true field of a record that was found: record id, field, true text, found text."""
    for true, other in pair_records(truth, found):
        if true is None or other is None:
            continue
        for name, text in true.fields.items():
            if text is not None:
                yield other.name, name, text, other.fields.get(name)


def _find_witness(row: Mapping[str, Any]) -> str:
    sign = 1 if row["kept"] else -1
    return max(WITNESSES, key=lambda name: sign * row[name])
