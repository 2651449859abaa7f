"""Writes a workbook with XlsxWriter: a sheet for each table, and one that lists them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.commands.export.lines import label_columns, mark_redline
from pipeline.commands.export.sheets import (
    CELL,
    TECHNICAL,
    Column,
    RecordRow,
    SheetNames,
    columns_of,
    cut_text,
    row_height,
    utf16_length,
)
from pipeline.commands.marked_text import Piece
from pipeline.model import HIGH_CONFIDENCE, LOW_CONFIDENCE

_CREATED = datetime(2000, 1, 1)  # a fixed date, so that the same records give the same bytes
_LIST = "besshi"
_INDIGO, _LINE = "#1F4E8C", "#D5D9E0"
_HEAD_HEIGHT = 36
"""Points; judgement: two lines."""
_PLAIN = {"font_name": "Yu Gothic", "font_size": 10, "valign": "top"}
_CELL = {**_PLAIN, "text_wrap": True, "border": 1, "border_color": _LINE}
_HEAD = {**_CELL, "bold": True, "font_color": "#FFFFFF", "bg_color": _INDIGO, "valign": "vcenter"}
_INSERT = {"font_color": "#0D6B2E", "underline": 1}
_DELETE = {"font_color": "#B3261E", "font_strikeout": True}
# What the page does with characters. A part of a cell has no ground and no frame: colours stand
# for them. In a redline they stand beside its own colours.
_MARKS: Mapping[str, Mapping[str, object]] = {
    "underline": {"underline": 1},
    "strike": {"font_strikeout": True},
    "box": {"italic": True},
    "highlight": {"font_color": "#9C5700"},
    "emphasis": {"bold": True},
    "colour": {"font_color": "#C00000"},
}
_A4, _A3 = 9, 8
"""Numbers of papers; standard: ECMA-376, part 1, section 18.3.1.63."""
_A4_WIDTH = 200
"""Characters; judgement: on A4 their type is 7 points high, which people still read."""
_UNSURE = {"bg_color": "#FBDFDC", "font_color": "#8F1D16"}  # below LOW_CONFIDENCE
_FAIR = {"bg_color": "#FFF2CC"}  # below HIGH_CONFIDENCE
# XlsxWriter escapes these twice inside a rich text, and so would change them.
_UNSAFE = re.compile("_x[0-9a-fA-F]{4}_|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def write_workbook(path: Path, rows: Sequence[RecordRow], language: str) -> Sequence[str]:
    """Write records into a workbook.

    Args:
        rows: Records; those of a table follow each other.
        language: Of the headers (`label_columns`).

    Returns:
        Warnings about texts that do not fit into a cell.
    """
    warnings: list[str] = []
    names = SheetNames(_LIST)
    content = BytesIO()  # XlsxWriter has errors of its own for a disk that is full
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": "Annex tables", "comments": "besshi", "created": _CREATED})
        styles = _Styles(book)
        listed = book.add_worksheet(_LIST)
        tables = [list(group) for _, group in groupby(rows, key=_table)]
        several = {row["annex"] for row in rows if row["table_index"] > 1}
        sheets = []
        for table in tables:
            annex, index = _table(table[0])
            name = names.take(annex, f" t{index}" if annex in several else "")
            sheets.append((name, table))
            warnings.extend(_write_table(book.add_worksheet(name), table, styles, language))
        _write_list(listed, sheets, styles, language)
    path.write_bytes(content.getbuffer())
    return warnings


def _table(row: RecordRow) -> tuple[str, int]:
    return row["annex"], row["table_index"]


class _Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self.cell: Format = book.add_format(_CELL)
        self.head: Format = book.add_format(_HEAD)
        self.percent: Format = book.add_format({**_CELL, "num_format": "0.0%"})
        self.unsure: Format = book.add_format(_UNSURE)
        self.fair: Format = book.add_format(_FAIR)
        self.link: Format = book.add_format({**_CELL, "font_color": _INDIGO, "underline": 1})
        self._book = book
        self._pieces: dict[tuple[str, tuple[str, ...], bool], Format] = {}

    def piece(self, piece: Piece, whole: bool = False) -> Format:
        """The format of a piece of a text.

        Args:
            whole: It is all of its cell: then the cell's own format counts too.
        """
        key = piece.op, piece.kinds, whole
        if key not in self._pieces:
            look: dict[str, object] = dict(_CELL if whole else _PLAIN)
            for kind in piece.kinds:
                look |= _MARKS[kind]
            look |= {"insert": _INSERT, "delete": _DELETE}.get(piece.op, {})
            self._pieces[key] = self._book.add_format(look)
        return self._pieces[key]


# --- a table


def _write_table(
    sheet: Worksheet, rows: Sequence[RecordRow], styles: _Styles, language: str
) -> Iterator[str]:
    columns = columns_of(rows)
    labels = label_columns([column.name for column in columns], rows, language)
    for col, (column, label) in enumerate(zip(columns, labels, strict=True)):
        sheet.set_column(col, col, column.width)
        _write_text(sheet, 0, col, label, styles.head)
    sheet.set_row(0, _HEAD_HEIGHT)
    for row_index, row in enumerate(rows, start=1):
        sheet.set_row(
            row_index, row_height((column.value(row), column.width) for column in columns)
        )
        for col, column in enumerate(columns):
            whole = _write_cell(sheet, row_index, col, column, row, styles)
            if whole > CELL:
                yield (
                    f"{row['record_id']}, {column.name}: {whole} characters do not fit into a cell "
                    f"({CELL}); it is cut there and says so. Use csv or jsonl for all of it"
                )
    _set_up(sheet, columns, len(rows), styles)


def _write_cell(
    sheet: Worksheet, row_index: int, col: int, column: Column, row: RecordRow, styles: _Styles
) -> int:
    """Write a cell.

    Returns:
        The length of its text in UTF-16 units, as Excel counts; 0 for a number.
    """
    value = column.value(row)
    if isinstance(value, float | int):
        style = styles.percent if column.name == "confidence" else styles.cell
        sheet.write_number(row_index, col, value, style)
        return 0
    if isinstance(value, str):
        _write_text(sheet, row_index, col, cut_text(value), styles.cell)
        return utf16_length(value)
    return _write_pieces(sheet, row_index, col, value, styles)


def _write_text(sheet: Worksheet, row_index: int, col: int, text: str, style: Format) -> None:
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would take it for its own markup; in two parts it is plain text.
        sheet.write_rich_string(row_index, col, style, text[:1], style, text[1:], style)
    else:
        sheet.write_string(row_index, col, text, style)


def _write_pieces(
    sheet: Worksheet, row_index: int, col: int, pieces: Sequence[Piece], styles: _Styles
) -> int:
    """Write a marked text or a redline in colours.

    Returns:
        The length of its text in UTF-16 units.
    """
    whole = "".join(piece.text for piece in pieces)
    length = utf16_length(whole)
    if not pieces:
        sheet.write_blank(row_index, col, None, styles.cell)
    elif length > CELL or _UNSAFE.search(
        whole
    ):  # as marked-up text, since coloured text cannot be cut
        marked = mark_redline([{"op": piece.op, "text": piece.text} for piece in pieces])
        _write_text(sheet, row_index, col, cut_text(marked), styles.cell)
        return utf16_length(marked)
    elif len(pieces) == 1:
        _write_text(sheet, row_index, col, whole, styles.piece(pieces[0], whole=True))
    else:
        parts = [part for piece in pieces for part in (styles.piece(piece), piece.text)]
        sheet.write_rich_string(row_index, col, *parts, styles.cell)
    return length


def _set_up(sheet: Worksheet, columns: Sequence[Column], count: int, styles: _Styles) -> None:
    """Set up frozen panes, filters, colours and printing."""
    last = len(columns) - 1
    sheet.freeze_panes(1, 1 if columns[0].name == "number" else 0)
    sheet.autofilter(0, 0, count, last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(last)}{count + 1}"})
    col = [column.name for column in columns].index("confidence")
    for below, style in ((LOW_CONFIDENCE, styles.unsure), (HIGH_CONFIDENCE, styles.fair)):
        rule = {"type": "cell", "criteria": "<", "value": below, "format": style}
        sheet.conditional_format(1, col, count, col, {**rule, "stop_if_true": True})
    printed = [column for column in columns if column.name not in TECHNICAL]
    _print_on_one_width(sheet, sum(column.width for column in printed))
    sheet.print_area(0, 0, count, len(printed) - 1)


def _letters(column: int) -> str:
    """The letters of a column that is counted from 0: A, …, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _print_on_one_width(sheet: Worksheet, width: float) -> None:
    """Print on pages as wide as the sheet: A4, or A3 if its type became too small there.

    Args:
        width: Of its columns, in characters.
    """
    sheet.set_landscape()
    sheet.set_paper(_A4 if width <= _A4_WIDTH else _A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&A  &P / &N")


# --- the list of tables

_LISTED = {
    "sheet": 26,
    "annex": 26,
    "table": 7,
    "title": 60,
    "caption": 36,
    "records": 9,
    "least sure": 11,
    "flagged": 9,
}
"""Column → its width in characters."""
_LISTED_JAPANESE = ("シート", "別紙", "表", "表題", "副題", "レコード", "最低の確信度", "要確認")


def _write_list(
    sheet: Worksheet,
    sheets: Sequence[tuple[str, Sequence[RecordRow]]],
    styles: _Styles,
    language: str,
) -> None:
    for col, (head, width) in enumerate(_LISTED.items()):
        sheet.set_column(col, col, width)
        label = _LISTED_JAPANESE[col] if language == "ja" else head
        sheet.write_string(0, col, label, styles.head)
    for row_index, (name, rows) in enumerate(sheets, start=1):
        first = rows[0]
        target = name.replace("'", "''")
        sheet.write_url(row_index, 0, f"internal:'{target}'!A1", styles.link, name)
        texts = [(1, first["annex"]), (3, first["title"] or ""), (4, first["caption"] or "")]
        for col, text in texts:
            _write_text(sheet, row_index, col, cut_text(text), styles.cell)
        widths = list(_LISTED.values())
        sheet.set_row(row_index, row_height((text, widths[col]) for col, text in texts))
        sheet.write_number(row_index, 2, first["table_index"], styles.cell)
        sheet.write_number(row_index, 5, len(rows), styles.cell)
        sheet.write_number(row_index, 6, min(row["confidence"] for row in rows), styles.percent)
        sheet.write_number(row_index, 7, sum(bool(row["flags"]) for row in rows), styles.cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(sheets), len(_LISTED) - 1)
    _print_on_one_width(sheet, sum(_LISTED.values()))
