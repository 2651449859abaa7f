"""What the columns of a table are called: as in the records, or as a Japanese office reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.vocabulary.role_names import JAPANESE

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
