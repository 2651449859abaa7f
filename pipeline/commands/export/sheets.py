"""What a sheet of a workbook holds, and how it may be called."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from pipeline.model import ROLES

CELL = 32_767
"""UTF-16 units that a cell of Excel takes (Excel specifications and limits)."""
_NAME = 31  # the same of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LEADING = 17  # points a line of Yu Gothic at 10 points, as Excel sets it
_PADDING = 4
_HIGHEST = 409  # points that a row may have (Excel specifications and limits)
_RESERVED = "history"
_CUT = "…[cut: the cell's limit]"

Row = Mapping[str, Any]
Value = str | int | float | Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    name: str
    width: float
    """In characters, as spreadsheets count."""
    value: Callable[[Row], Value]
    """What a record has there: a text, a number, or the runs of a redline."""


_WIDTHS = {
    "number": 7,
    "category": 14,
    "original_text": 46,
    "comment": 44,
    "submitter": 12,
    "revision": 46,
    "response": 42,
    "disposition": 10,
}
_EXTRA = 18


def columns_of(rows: Sequence[Row]) -> list[Column]:
    """The columns of a table: those it has, and what besshi says of each record behind them."""
    columns = []
    for role in ROLES:
        if any(row[role] is not None for row in rows):
            columns.append(Column(role, _WIDTHS[role], _text_of(role)))
        if role == "revision" and any(row["redline"] is not None for row in rows):
            columns.append(Column("redline", _WIDTHS[role], _redline))
            columns.append(Column("revision_kind", 11, _text_of("revision_kind")))
    headers = dict.fromkeys(header for row in rows for header in row["extra"])
    return [
        *columns,
        *(Column(header or "(no header)", _EXTRA, _extra_of(header)) for header in headers),
        Column("location", 26, lambda row: "\n".join(row["location"])),
        Column("page_first", 10, lambda row: int(row["page_first"])),
        Column("page_last", 9, lambda row: int(row["page_last"])),
        Column("confidence", 11, lambda row: float(row["confidence"])),
        Column("flags", 16, lambda row: "\n".join(row["flags"])),
        Column("record_id", 22, lambda row: str(row["record_id"])),
    ]


def _text_of(name: str) -> Callable[[Row], Value]:
    return lambda row: row[name] or ""


def _extra_of(header: str) -> Callable[[Row], Value]:
    return lambda row: row["extra"].get(header, "")


def _redline(row: Row) -> Value:
    """Empty where the revision is no text to compare: 修正なし would strike out the original."""
    return [] if row["revision_kind"] in ("none", "note") else row["redline"] or []


def row_height(cells: Iterable[tuple[Value, float]]) -> float:
    """How high a row has to be, in points; LibreOffice does not find it out by itself.

    Args:
        cells: Their values and the widths of their columns.
    """
    lines = max(
        sum(_lines(paragraph, width) for paragraph in _spelt(value).split("\n"))
        for value, width in cells
    )
    return min(lines * _LEADING + _PADDING, _HIGHEST)


def _spelt(value: Value) -> str:
    if isinstance(value, str):
        return value
    return "" if isinstance(value, float | int) else "".join(run["text"] for run in value)


def _lines(paragraph: str, width: float) -> int:
    """The lines that a paragraph takes; a full-width character is as wide as two figures."""
    units = sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in paragraph)
    return max(1, ceil(units / (width - 2)))  # one full-width character less: 禁則


class SheetNames:
    """Names that Excel takes and that no two sheets share."""

    def __init__(self, *taken: str) -> None:
        self._taken = {_RESERVED, *(name.casefold() for name in taken)}

    def take(self, wanted: str, ending: str = "") -> str:
        """The name nearest to what is wanted.

        Args:
            wanted: May be cut, and characters that no name may have become `_`.
            ending: Stays behind it.
        """
        plain = _FORBIDDEN.sub("_", wanted).strip("'") or "_"
        for count in range(1, len(self._taken) + 2):
            tail = ending if count == 1 else f"{ending} ({count})"
            name = _cut_to(plain, _NAME - utf16_length(tail)).rstrip("'") + tail
            if name.casefold() not in self._taken:
                break
        self._taken.add(name.casefold())
        return name


def utf16_length(text: str) -> int:
    """Length as Excel counts: characters beyond the basic plane are two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def cut_text(text: str) -> str:
    """A text as much of which as a cell takes; one that is cut says so."""
    if utf16_length(text) <= CELL:
        return text
    return _cut_to(text, CELL - len(_CUT)) + _CUT


def _cut_to(text: str, units: int) -> str:
    data = text.encode("utf-16-le")[: 2 * units]
    return data.decode("utf-16-le", errors="ignore")
