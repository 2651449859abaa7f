"""The columns, row heights and names of a workbook's sheets."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from msgspec import Struct

from pipeline.commands.marked_text import Piece, cut_field, cut_redline
from pipeline.model import ROLES

CELL = 32_767
"""UTF-16 units that a cell can hold; standard: Excel specifications and limits."""
_NAME = 31
"""UTF-16 units of a sheet's name; standard: Excel specifications and limits."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LEADING = 17
"""Points; measured: the height of a line of Yu Gothic at 10 points, as Excel sets it."""
_PADDING = 4
"""Points above and below the text of a row; judgement: keeps it off the borders."""
_HIGHEST = 409
"""Points that a row can have; standard: Excel specifications and limits."""
_RESERVED = "history"
_CUT = "…[cut: the cell's limit]"

RecordRow = Mapping[str, Any]
"""Column of `records` → value."""
Value = str | int | float | Sequence[Piece]


class Column(Struct, frozen=True):
    """A column of a sheet."""

    name: str
    width: float
    """In characters, as spreadsheets count."""
    value: Callable[[RecordRow], Value]
    """A record's value in the column: a text, a number, or the pieces of a marked text."""


# Characters; judgement: as wide as such texts need, and a table still fits on a landscape page.
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
TECHNICAL = ("location", "page_first", "page_last", "confidence", "flags", "record_id")
"""The last columns of a sheet: what besshi says of a record. They are not printed."""


def columns_of(rows: Sequence[RecordRow]) -> list[Column]:
    """The columns of a table: the table's own, then what besshi says about each record."""
    columns = []
    for role in ROLES:
        if any(row[role] is not None for row in rows):
            columns.append(Column(role, _WIDTHS[role], _field_of(role)))
        if role == "revision" and any(row["redline"] is not None for row in rows):
            columns.append(Column("redline", _WIDTHS[role], _redline))
            columns.append(Column("revision_kind", 11, lambda row: row["revision_kind"] or ""))
    headers = dict.fromkeys(header for row in rows for header in row["extra"])
    return [
        *columns,
        *(Column(header or "(no header)", _EXTRA, _extra_of(header)) for header in headers),
        *_section(rows),
        Column("location", 26, lambda row: "\n".join(row["location"])),
        Column("page_first", 10, lambda row: int(row["page_first"])),
        Column("page_last", 9, lambda row: int(row["page_last"])),
        Column("confidence", 11, lambda row: float(row["confidence"])),
        Column("flags", 16, lambda row: "\n".join(row["flags"])),
        Column("record_id", 22, lambda row: str(row["record_id"])),
    ]


def _section(rows: Sequence[RecordRow]) -> list[Column]:
    """The column of the table's heading rows, if it has any."""
    has_any = any(row["section"] for row in rows)
    return [Column("section", 26, lambda row: "\n".join(row["section"]))] if has_any else []


def _field_of(role: str) -> Callable[[RecordRow], Value]:
    def value(row: RecordRow) -> Value:
        pieces = cut_field(row[role] or "", row["marks"], role)
        return pieces if any(piece.kinds for piece in pieces) else row[role] or ""

    return value


def _extra_of(header: str) -> Callable[[RecordRow], Value]:
    return lambda row: row["extra"].get(header, "")


def _redline(row: RecordRow) -> Value:
    """The redline; empty if the revision is no new text: 修正なし would strike out the original."""
    if row["revision_kind"] in ("none", "note") or not row["redline"]:
        return []
    return cut_redline(row["redline"], row["marks"])


def row_height(cells: Iterable[tuple[Value, float]]) -> float:
    """The height of a row in points; LibreOffice does not compute it by itself.

    Args:
        cells: The value of each cell and the width of its column in characters.
    """
    lines = max(
        sum(_count_lines(paragraph, width) for paragraph in _plain_text(value).split("\n"))
        for value, width in cells
    )
    return min(lines * _LEADING + _PADDING, _HIGHEST)


def _plain_text(value: Value) -> str:
    if isinstance(value, str):
        return value
    return "" if isinstance(value, float | int) else "".join(piece.text for piece in value)


def _count_lines(paragraph: str, width: float) -> int:
    """The number of lines of a paragraph; a full-width character is as wide as two digits."""
    units = sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in paragraph)
    return max(1, ceil(units / (width - 2)))  # 禁則 may leave room for one full-width character


class SheetNames:
    """Gives out names that Excel accepts, each to one sheet only."""

    def __init__(self, *taken: str) -> None:
        self._taken = {_RESERVED, *(name.casefold() for name in taken)}

    def take(self, wanted: str, ending: str = "") -> str:
        """A free name that is close to the wanted one.

        Args:
            wanted: It may be cut; forbidden characters become `_`.
            ending: It is kept at the end of the name.
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
    """The length as Excel counts it: characters beyond the basic plane count as two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def cut_text(text: str) -> str:
    """A text that fits into a cell; if it had to be cut, it says so at its end."""
    if utf16_length(text) <= CELL:
        return text
    return _cut_to(text, CELL - len(_CUT)) + _CUT


def _cut_to(text: str, units: int) -> str:
    data = text.encode("utf-16-le")[: 2 * units]
    return data.decode("utf-16-le", errors="ignore")
