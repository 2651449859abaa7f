"""Read records and truths into the form in which they are compared."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.evaluate.scores import Comparable, MarkedCharacter
from pipeline.files.parquet import read_rows_if_written
from pipeline.files.truths import Truth
from pipeline.model import ROLES

_LABELS = ("location", "revision_kind", "section")
"""Columns of a record that a truth may give besides its fields."""


def read_truth(truth: Truth) -> list[Comparable]:
    """Read the records of a truth file, in order."""
    return [
        Comparable(
            name=f"{truth.annex}-t{t}-r{r}",
            fields=_fields(record),
            labels={
                "title": table.title,
                "caption": table.caption,
                **{name: record[name] for name in _LABELS if name in record},
                **({"pages": record["pages"]} if record.get("pages") else {}),
                **({"clipped": True} if record.get("clipped") else {}),
            },
            marks=_marks(record["marks"]) if "marks" in record else None,
        )
        for t, table in enumerate(truth.tables, start=1)
        for r, record in enumerate(table.records, start=1)
    ]


def convert_record(row: Mapping[str, Any]) -> Comparable:
    """Convert a record into the form in which it is compared.

    Args:
        row: Its values by column.
    """
    return Comparable(
        name=row["record_id"],
        fields=_fields(row),
        labels={
            "title": row["title"],
            "caption": row["caption"],
            **{name: row[name] for name in _LABELS},
            "pages": [row["page_first"], row["page_last"]],
            "clipped": "clipped" in row["flags"],
        },
        marks=_marks(row["marks"]),
    )


def count_unaccounted(path: Path) -> int:
    """Count the glyphs of an annex that are in no record, header or furniture."""
    return sum(abs(row["unaccounted"]) for row in read_rows_if_written(path))


def _marks(marks: Iterable[Mapping[str, Any]]) -> frozenset[MarkedCharacter]:
    return frozenset(
        (mark["field"], place, mark["kind"])
        for mark in marks
        for place in range(mark["start"], mark["end"])
    )


def _fields(record: Mapping[str, Any]) -> dict[str, str | None]:
    fields: dict[str, str | None] = {role: record[role] for role in ROLES if role in record}
    fields.update({f"extra:{name}": text for name, text in (record.get("extra") or {}).items()})
    return fields
