"""Annexes as besshi reads them, before they are judged, with what is wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.evaluate.align import align
from pipeline.evaluate.scores import normalize_space
from pipeline.files.truths import Truth, read_truths
from pipeline.model import ROLES, Normalized, Record, Segmented, remove_white_space
from pipeline.normalize import normalize_annex
from pipeline.stages import extract_file, segment_extracted


class Reading(Struct, frozen=True):
    """An annex with its records, and what is wrong in them."""

    family: str
    """Of the annexes that it was made with."""
    normalized: Normalized
    segmented: Segmented
    wrong: frozenset[tuple[int, str]]
    """Index of a record and name of each field that is wrong, white space aside."""
    inexact: frozenset[tuple[int, str]] = frozenset()
    """The same, with the line breaks and spaces of the text."""


def read_folder(folder: Path, family: str) -> Iterator[Reading]:
    """Read the PDFs of a folder that have a truth beside them."""
    for path, truth in read_truths(folder):
        segmented = segment_extracted(extract_file(path.with_suffix(".pdf")))
        if segmented.header.failed:
            continue
        normalized = normalize_annex(segmented)
        yield Reading(
            family,
            normalized,
            segmented,
            find_wrong(normalized.records, truth),
            find_wrong(normalized.records, truth, normalize_space),
        )


def find_wrong(
    records: Sequence[Record], truth: Truth, form: Callable[[str], str] = remove_white_space
) -> frozenset[tuple[int, str]]:
    """Find the fields that are not as the truth says; `form` gives what is compared."""
    true = [_true_fields(record) for table in truth.tables for record in table.records]
    found = [dict(record.list_texts()) for record in records]
    pairs = align([_join(fields) for fields in true], [_join(fields) for fields in found])
    wrong: set[tuple[int, str]] = set()
    for i, j in pairs:
        if j is None:
            continue
        right = {} if i is None else {name: form(text) for name, text in true[i].items()}
        wrong |= {(j, name) for name, text in found[j].items() if right.get(name) != form(text)}
    return frozenset(wrong)


def _join(fields: Mapping[str, str]) -> str:
    return "".join(map(remove_white_space, fields.values()))


def _true_fields(record: dict[str, Any]) -> dict[str, str]:
    roles = {role: record[role] for role in ROLES if record.get(role) is not None}
    fields = {**roles, **(record.get("extra") or {})}
    return {str(name): text for name, text in fields.items()}
