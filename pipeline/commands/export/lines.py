"""Lays out records as the rows of a table, with a label over each column."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.commands.line_formats import encode_csv_rows
from pipeline.model import ROLES
from pipeline.vocabulary.role_names import JAPANESE

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
_COLUMNS: Mapping[str, str] = {
    "record_id": "レコードID",
    "annex": "別紙",
    "table_index": "表",
    "row_index": "行",
    "title": "表題",
    "caption": "副題",
    "revision_kind": "修正の種類",
    "redline": "見え消し",
    "section": "見出し",
    "location": "記載箇所",
    "page_first": "最初のページ",
    "page_last": "最後のページ",
    "source": "読み取り元",
    "confidence": "確信度",
    "flags": "注意",
    **{role.value: name for role, name in JAPANESE.items()},
}


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


def label_columns(
    names: Sequence[str], rows: Sequence[Mapping[str, Any]], language: str
) -> list[str]:
    """The labels of columns, one for each.

    Args:
        names: Columns of `records`, and headers of columns without a role.
        language: `en`: the names themselves; `ja`: the printed header of a role where all of the
            records have the same one, else what an office calls it.
    """
    if language == "en":
        return list(names)
    return [_printed_header(name, rows) or _COLUMNS.get(name, name) for name in names]


def _printed_header(name: str, rows: Sequence[Mapping[str, Any]]) -> str | None:
    printed = {header for row in rows if (header := row["headers"].get(name))}
    return printed.pop() if len(printed) == 1 else None
