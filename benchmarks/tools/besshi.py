"""besshi itself: its records by role, with their confidences."""

from itertools import groupby
from pathlib import Path
from typing import Any

PACKAGE = "besshi"
ROLES = (
    "number", "category", "original_text", "comment", "submitter", "revision", "response",
    "disposition",
)  # fmt: skip


def read_records(path: Path) -> list[dict[str, Any]]:
    """The tables, each with its title, its caption and its records."""
    import besshi

    rows = besshi.read(path).records.astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    return [
        {"title": first["title"], "caption": first["caption"], "records": list(map(_record, table))}
        for table in (list(group) for _, group in groupby(records, lambda r: r["table_index"]))
        for first in table[:1]
    ]


def _record(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **{role: row[role] for role in ROLES if row[role] is not None},
        "extra": row["extra"],
        "section": list(row["section"]),
        "pages": [row["page_first"], row["page_last"]],
        "clipped": "clipped" in row["flags"],
        "marks": list(row["marks"]),
        "confidence": row["confidence"],
    }
