"""Judge the records of one annex: lower the confidence of what looks wrong, and say why."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from pipeline.judge.cell_signs import find_cell_signs
from pipeline.judge.column_signs import find_column_signs
from pipeline.judge.edge_signs import find_edge_signs
from pipeline.judge.inset_signs import find_inset_signs
from pipeline.judge.line_signs import find_line_signs
from pipeline.judge.page_signs import find_page_signs
from pipeline.judge.reading import TableReading, read_tables
from pipeline.judge.room_signs import find_room_signs
from pipeline.judge.row_signs import find_row_signs
from pipeline.judge.scan_signs import find_scan_signs
from pipeline.judge.signs import Sign, measure, probability_right, weights
from pipeline.judge.table_signs import find_table_signs
from pipeline.judge.text_signs import find_text_signs
from pipeline.model import (
    CORRECTED,
    EXTRA,
    LOW_CONFIDENCE,
    Issue,
    Normalized,
    Record,
    Segmented,
    Severity,
    Stage,
)

# Probability that a field is right below which its record is flagged. measured: of 1,142 right
# records of the factory (seed 6202) 5 are; a bracket that does not close is not enough.
IMPLAUSIBLE = 0.92
_OF_CLIPPED = frozenset(("bracket", "cut", "ends_open", "ends_unlike", "stopped"))
_SHOWN = 3  # reasons in a message; judgement: more are not read


def judge_annex(normalized: Normalized, segmented: Segmented) -> Normalized:
    """Judge the records of an annex.

    Args:
        segmented: What it was written from: its lines that are in no record.

    Returns:
        The same annex. Fields that show signs of a mistake are less certain; records that are
        probably wrong have the flag `implausible`, and an issue with the reasons.
    """
    signs = find_signs(normalized, segmented)
    if not signs:
        return normalized
    records = list(normalized.records)
    issues: list[Issue] = []
    for place, found in signs.items():
        records[place], issue = _judge_record(records[place], found)
        issues += issue
    header = normalized.header.with_issues(*issues)
    return replace(normalized, header=header, records=records)


FieldSigns = Mapping[str, list[Sign]]
"""Field → its signs."""


def find_signs(normalized: Normalized, segmented: Segmented | None) -> dict[int, FieldSigns]:
    """Find the signs of each record's fields, in order of the records.

    What a person corrected is not judged.

    Args:
        segmented: The pages; None: they are not looked at.
    """
    tables = read_tables(normalized, segmented)
    corrected = {(r.record_id, r.field) for r in normalized.receipts if r.step == CORRECTED}
    found: dict[int, dict[str, list[Sign]]] = {}
    for sign in _list_signs(tables, segmented):
        record = normalized.records[sign.record]
        whole = sign.field is None  # a column without a header has the name ""
        names = [name for name, _ in record.list_texts()] if whole else [sign.field or ""]
        for name in names:
            if (record.record_id, name) not in corrected and not _is_known(sign, record):
                found.setdefault(sign.record, {}).setdefault(name, []).append(sign)
    return dict(sorted(found.items()))


def _is_known(sign: Sign, record: Record) -> bool:
    """Whether the record's flags say already that the page cuts its text off."""
    return sign.name in _OF_CLIPPED and "clipped" in record.flags


def _list_signs(tables: list[TableReading], segmented: Segmented | None) -> Iterator[Sign]:
    yield from find_text_signs(tables)
    yield from find_edge_signs(tables)
    yield from find_row_signs(tables)
    yield from find_column_signs(tables)
    yield from find_table_signs(tables)
    yield from find_scan_signs(tables)
    yield from find_cell_signs(tables)
    if segmented is not None:
        yield from find_page_signs(tables, segmented)
        yield from find_line_signs(tables, segmented)
        yield from find_inset_signs(tables, segmented)
    yield from find_room_signs(tables)


def _judge_record(record: Record, signs: FieldSigns) -> tuple[Record, list[Issue]]:
    right = {name: probability_right(measure(found), weights()) for name, found in signs.items()}
    fields = {name: value * right.get(name, 1.0) for name, value in record.field_confidence.items()}
    confidence = min(fields.values(), default=record.confidence)
    doubted = [name for name, probability in right.items() if probability < IMPLAUSIBLE]
    raised = {"low_confidence": confidence < LOW_CONFIDENCE, "implausible": bool(doubted)}
    flags = [flag for flag, is_raised in raised.items() if is_raised and flag not in record.flags]
    judged = replace(
        record,
        field_confidence=fields,
        confidence=min(confidence, record.confidence),
        flags=[*record.flags, *flags],
    )
    return judged, list(_describe(record, {name: signs[name] for name in doubted}))


def _describe(record: Record, doubted: FieldSigns) -> Iterator[Issue]:
    """One issue for a record that is probably wrong, with the heaviest reasons of its fields."""
    if not doubted:
        return
    whole = _heaviest(s for signs in doubted.values() for s in signs if s.field is None)
    reasons = [sign.reason for sign in whole]
    for name, signs in doubted.items():
        own = _heaviest(s for s in signs if s.field is not None)
        reasons += [f"{name or EXTRA} {s.reason}" for s in own]
    yield Issue(
        Severity.WARNING,
        Stage.NORMALIZE,
        "implausible",
        f"{'; '.join(reasons[:_SHOWN])}: compare the record with the page",
        page=record.page_first,
        record_id=record.record_id,
    )


def _heaviest(signs: Iterable[Sign]) -> list[Sign]:
    """Each sign once, the heaviest first."""
    once = {sign.name: sign for sign in signs}
    weight = weights().signs
    return sorted(once.values(), key=lambda sign: -weight[sign.name] * sign.strength)
