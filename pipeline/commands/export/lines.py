"""Lays out records as the rows of a CSV table."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.commands.export.labels import label_columns
from pipeline.commands.line_formats import encode_csv_rows
from pipeline.model import ROLES

_SHOWN_FIRST = ("record_id", "annex", "table_index", "row_index", "title", "caption", *ROLES)
_SHOWN_LAST = (
    "revision_kind",
    "redline",
    "section",
    "location",
    "page_first",
    "page_last",
    "source",
)
_MARKS = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}  # as wdiff writes them


def encode_csv(rows: Sequence[Mapping[str, Any]], language: str = "en") -> tuple[bytes, str | None]:
    """One record in each row, one column for each role and each header of `extra`.

    Args:
        language: Of the header (`label_columns`).

    Returns:
        The file's content, and a warning if it is not what the records say (`encode_csv_rows`).
    """
    headers = list(dict.fromkeys(header for row in rows for header in row["extra"]))
    extra = headers if language == "ja" else [f"extra: {header}" for header in headers]
    names = [*_SHOWN_FIRST, *extra, *_SHOWN_LAST, "confidence", "flags"]
    cells = (
        [
            *(_format_value(row[name]) for name in _SHOWN_FIRST),
            *(row["extra"].get(header, "") for header in headers),
            *(_format_value(row[name]) for name in _SHOWN_LAST),
            row["confidence"],
            " ".join(row["flags"]),
        ]
        for row in rows
    )
    return encode_csv_rows(label_columns(names, rows, language), cells)


def mark_redline(runs: Sequence[Mapping[str, str]]) -> str:
    """A redline as one text: [-deleted-]{+inserted+}."""
    return "".join(_MARKS[run["op"]].format(run["text"]) for run in runs)


def _format_value(value: Any) -> str:
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return mark_redline(value)
        return " › ".join(value)
    return "" if value is None else str(value)
