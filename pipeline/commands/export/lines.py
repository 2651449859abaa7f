"""Encodes records as lines: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

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
# What spreadsheets take for formulas: some ignore leading white space, and Apple's Numbers ignores
# the width of the first character (github.com/adaltas/node-csv/pull/387).
_ACTIVE = re.compile(r"\s*[=+\-@＝＋－＠].|[\t\r\n].", re.DOTALL)
# Some readers of JSON lines take these for line ends, although JSON does not.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_MARKS = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}  # as wdiff writes them


def encode_jsonl(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """One record on each line, with everything that its Parquet file says."""
    lines = (json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    return "".join(line.translate(_LINE_ENDS) for line in lines).encode()


def encode_csv(rows: Sequence[Mapping[str, Any]]) -> tuple[bytes, str | None]:
    """One record in each row, one column for each role and each header of `extra`.

    The text is UTF-8 with a byte order mark, without which Excel misreads Japanese. Texts that a
    spreadsheet would take for formulas get an apostrophe in front: annexes come from strangers.

    Returns:
        The file's content, and a warning if texts got an apostrophe.
    """
    headers = list(dict.fromkeys(header for row in rows for header in row["extra"]))
    names = [*_SHOWN_FIRST, *(f"extra: {header}" for header in headers), *_SHOWN_LAST]
    lines = io.StringIO(newline="")
    table = csv.writer(lines)
    table.writerow([*map(_defuse, names), "confidence", "flags"])
    active = 0
    for row in rows:
        texts = [_format_value(row[name]) for name in _SHOWN_FIRST]
        texts += [row["extra"].get(header, "") for header in headers]
        texts += [_format_value(row[name]) for name in _SHOWN_LAST]
        active += sum(text != _defuse(text) for text in texts)
        table.writerow([*map(_defuse, texts), row["confidence"], " ".join(row["flags"])])
    data = lines.getvalue().encode("utf-8-sig")
    if not active:
        return data, None
    return data, (
        f"{active} cells begin like formulas (= + - @); an apostrophe was put in front, so that "
        "spreadsheets do not calculate them (xlsx and jsonl have the cells as they are)"
    )


def mark_redline(runs: Sequence[Mapping[str, str]]) -> str:
    """A redline as one text: [-deleted-]{+inserted+}."""
    return "".join(_MARKS[run["op"]].format(run["text"]) for run in runs)


def _defuse(text: str) -> str:
    return f"'{text}" if _ACTIVE.match(text) else text


def _format_value(value: Any) -> str:
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return mark_redline(value)
        return " › ".join(value)
    return "" if value is None else str(value)
