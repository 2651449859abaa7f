"""Annexes as besshi reads them, before they are judged, with what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluate.align import align
from pipeline.files.truths import Truth, read_truths
from pipeline.judge.reading import list_fields
from pipeline.model import ROLES, Normalized, Record, Segmented, remove_white_space
from pipeline.normalize import normalize_annex
from pipeline.stages import extract_file, segment_extracted


@dataclass(frozen=True)
class Reading:
    """An annex with its records, and what is wrong in them."""

    family: str
    """Of the annexes that it was made with."""
    normalized: Normalized
    segmented: Segmented
    wrong: frozenset[tuple[int, str]]
    """Index of a record and name of a field, white space aside."""


def read_folder(folder: Path, family: str) -> Iterator[Reading]:
    """Read the PDFs of a folder that have a truth beside them."""
    for path, truth in read_truths(folder):
        segmented = segment_extracted(extract_file(path.with_suffix(".pdf")))
        if segmented.header.failed:
            continue
        normalized = normalize_annex(segmented)
        yield Reading(family, normalized, segmented, find_wrong(normalized.records, truth))


def find_wrong(records: Sequence[Record], truth: Truth) -> frozenset[tuple[int, str]]:
    """Find the fields that are not as the truth says, white space aside."""
    true = [_true_fields(record) for table in truth.tables for record in table.records]
    found = [{name: _bare(text) for name, text in list_fields(record)} for record in records]
    pairs = align(["".join(r.values()) for r in true], ["".join(r.values()) for r in found])
    wrong: set[tuple[int, str]] = set()
    for i, j in pairs:
        if j is None:
            continue
        right = {} if i is None else true[i]
        wrong |= {(j, name) for name, text in found[j].items() if right.get(name) != text}
    return frozenset(wrong)


def _true_fields(record: dict[str, Any]) -> dict[str, str]:
    roles = {role: record[role] for role in ROLES if record.get(role) is not None}
    fields = {**roles, **(record.get("extra") or {})}
    return {str(name): _bare(text) for name, text in fields.items()}


def _bare(text: str) -> str:
    return remove_white_space(text)
