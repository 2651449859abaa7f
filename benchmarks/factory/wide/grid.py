"""One table on its pages: rows cut or moved, merged cells continued, headers, rulings, shades."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from random import Random
from typing import Protocol

from ..marks import Fill, Mark, Text
from ..model import LayoutError
from .document import CELL, Total, WideTable
from .headgrid import HeadCell, head_cells
from .ink import Arrow, Clipped, Edge, Frame, Tinted, rulings
from .setting import Lines, Setter
from .style import Style
from .words import MEMO

CENTRED = ("number", "disposition", "submitter", "category")
VERTICAL = ("number", "disposition", "category", "submitter")
LEAST_EM = 5.0
"""No column of running text is narrower."""
HEADER_GREY, DARK_GREY, ZEBRA_GREY = 0.84, 0.3, 0.9


class Paper(Protocol):
    """The pages that a table goes on."""

    y: float

    @property
    def bottom(self) -> float:
        """Where the page's room ends."""

    @property
    def top(self) -> float:
        """Where a fresh page's room begins."""

    def turn_page(self) -> None:
        """Begin a page."""

    def add(self, marks: Sequence[Mark]) -> None:
        """Put marks on the page."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """Lines over some columns, as a half-open range; merged cells are no part of a row."""

    columns: tuple[int, int]
    lines: Lines
    centred: bool = False


@dataclasses.dataclass(frozen=True)
class Row:
    """A row to be placed; `height` is the least it may have."""

    number: int | None
    """Which row of the table; `None` for a total."""
    cells: tuple[Cell, ...]
    height: float
    covered: tuple[Cell, ...] = ()
    """Lines that are drawn behind a clip, below the visible ones."""


@dataclasses.dataclass(frozen=True)
class Piece:
    """A row, or what of it stands on the page."""

    row: Row
    cells: tuple[Cell, ...]
    top: float
    bottom: float
    first: bool
    last: bool


class Grid:
    """Places one table; `rows` of it may come back cut off."""

    def __init__(
        self, paper: Paper, style: Style, setter: Setter, rng: Random, table: WideTable,
        widths: Sequence[float],
    ) -> None:  # fmt: skip
        self._paper, self._style, self._setter, self._rng = paper, style, setter, rng
        self.table = table
        self._edges = [style.sheet.margin + sum(widths[:n]) for n in range(len(widths) + 1)]
        self._pieces: list[Piece] = []
        self._head_tops: list[float] = []
        self._heads: list[HeadCell] = []
        self._rest: dict[int, Lines] = {}
        self._labelled: set[tuple[int, int]] = set()
        self._paths = [column.path for column in table.columns]
        self._placed = self._rows()

    # --- what the rows need ------------------------------------------------------------

    def _room(self, columns: tuple[int, int]) -> float:
        return self._edges[columns[1]] - self._edges[columns[0]] - 2 * self._style.padding[0]

    def _height(self, count: int) -> float:
        return count * self._style.leading + 2 * self._style.padding[1]

    def _cell(self, columns: tuple[int, int], text: str, *, centred: bool = False) -> Cell:
        return Cell(columns, self._setter.broken(text, self._room(columns)), centred)

    def _rows(self) -> list[Row]:
        """All rows to be placed, totals too, high enough for the merged cells beside them."""
        rows = [self._row(number) for number in range(len(self.table.rows))]
        rows = self._with_room_for_merged(rows)
        if self._style.oddities.clip:
            rows = self._cut_off(rows)
        for total in reversed(self.table.totals):
            rows.insert(total.after, self._total(total))
        return rows

    def _row(self, number: int) -> Row:
        table, cells = self.table, []
        for place, text in enumerate(table.rows[number]):
            if place not in table.merged:
                centred = table.columns[place].role in CENTRED
                plain = text.replace("\n\n", "\n")
                cells.append(self._cell((place, place + 1), plain, centred=centred))
        height = self._height(max((len(cell.lines) for cell in cells), default=1))
        return Row(number, tuple(cells), height + self._style.row_gap)

    def _total(self, total: Total) -> Row:
        """A row whose first text runs over the empty cells after it."""
        texts = total.texts
        self._setter.shown += [text for text in texts if text]
        if not total.merged:
            lines = [self._setter.broken(text, math.inf) for text in texts]
            running = [Cell((n, n + 1), line) for n, line in enumerate(lines)]
            return Row(None, tuple(running), self._height(max(map(len, lines))))
        cells = [self._cell(s, texts[s[0]], centred=total.centred) for s in total.spans()]
        return Row(None, tuple(cells), self._height(max(len(cell.lines) for cell in cells)))

    def _with_room_for_merged(self, rows: list[Row]) -> list[Row]:
        """The rows, the last of a merged cell higher where the cell's text needs it."""
        for column, starts in self.table.merged.items():
            for start in dict.fromkeys(starts):
                last = max(row for row, begin in enumerate(starts) if begin == start)
                text = self.table.rows[start][column]
                lines = self._setter.broken(text, self._room((column, column + 1)))
                missing = self._height(len(lines)) - sum(r.height for r in rows[start : last + 1])
                if missing > 0:
                    row = rows[last]
                    rows[last] = dataclasses.replace(row, height=row.height + missing + 0.5)
        return rows

    def _cut_off(self, rows: list[Row]) -> list[Row]:
        """One or two rows too low for their text; the table keeps what is to be seen."""
        low = [
            number for number, row in enumerate(rows)
            if max(len(cell.lines) for cell in row.cells) > 4
            and not any(line.inner for cell in row.cells for line in cell.lines)
        ]  # fmt: skip
        merged = {n for starts in self.table.merged.values() for n in range(len(starts))}
        for number in self._rng.sample(low, k=min(len(low), self._rng.randint(1, 2))):
            if number not in merged:
                rows[number] = self._lowered(rows[number], number)
        return rows

    def _lowered(self, row: Row, number: int) -> Row:
        """The row cut off after some of its lines."""
        most = max(len(cell.lines) for cell in row.cells)
        keep = self._rng.randint(max(2, most // 2), most - 1)
        cells, covered, texts = [], [], list(self.table.rows[number])
        for cell in row.cells:
            place = cell.columns[0]
            cells.append(dataclasses.replace(cell, lines=cell.lines[:keep]))
            if len(cell.lines) > keep:
                covered.append(dataclasses.replace(cell, lines=cell.lines[keep:]))
                texts[place] = seen_part(texts[place], cell.lines[:keep])
        cut = frozenset(cell.columns[0] for cell in covered)
        rows = (*self.table.rows[:number], tuple(texts), *self.table.rows[number + 1 :])
        clipped = {**self.table.clipped, number: cut}
        self.table = dataclasses.replace(self.table, rows=rows, clipped=clipped)
        is_drawn = self._style.oddities.clip == "covered"
        return Row(number, tuple(cells), self._height(keep), tuple(covered) if is_drawn else ())

    # --- placing -----------------------------------------------------------------------

    def put(self) -> None:
        """Place the whole table."""
        self._put_head(self._paths)
        for row in self._placed:
            self._put_row(row)
        self._flush()

    @property
    def needed(self) -> float:
        """The room that the header and a part of the first row take at least."""
        first = self._placed[0].height
        least = min(first, self._height(3)) if self._style.cuts_rows else first
        return self._head_height(self._paths) + least

    def _put_row(self, row: Row) -> None:
        """Place a row on as many pages as it takes."""
        cells, height, first = row.cells, row.height, True
        repeats = bool(self.table.continued) and row.number is not None
        while True:
            room = self._paper.bottom - self._paper.y
            if height <= room:
                self._add(Piece(row, cells, self._paper.y, self._paper.y + height, first, True))
                return
            count = self._cut_at(row, cells, height, room)
            if count:
                now = tuple(dataclasses.replace(c, lines=c.lines[:count]) for c in cells)
                cells = tuple(dataclasses.replace(c, lines=c.lines[count:]) for c in cells)
                self._add(Piece(row, now, self._paper.y, self._paper.bottom, first, False))
                rest = self._height(max(len(cell.lines) for cell in cells)) + self._style.row_gap
                height, first = max(rest, height - room), False
            self._next_page(progressed=bool(count))
            if repeats and row.number is not None:
                self._put_headings(row.number)
                repeats = False

    def _cut_at(self, row: Row, cells: tuple[Cell, ...], height: float, room: float) -> int:
        """After how many lines the page cuts the row; 0 where it moves on."""
        page = self._paper.bottom - self._paper.top - 80
        stuck = not self._pieces and self._paper.y < self._paper.top + 150
        if row.number is None or not (self._style.cuts_rows or height > page or stuck):
            return 0
        most = max(len(cell.lines) for cell in cells)
        fitting = int((room - 2 * self._style.padding[1]) / self._style.leading)
        counts = range(min(fitting, most - 1), 1, -1)
        evident = [count for count in counts if self._is_evident(cells, count)]
        return next(iter(evident), 0)

    def _is_evident(self, cells: tuple[Cell, ...], count: int) -> bool:
        """A reader sees that the row goes on: no number again, or a line in mid-sentence."""
        numbered = self.table.columns[0].role == "number"
        cut = [c for c in cells if len(c.lines) > count and not c.lines[count - 1].ended]
        return numbered or bool(cut)

    def _add(self, piece: Piece) -> None:
        self._pieces.append(piece)
        self._paper.y = piece.bottom

    def _next_page(self, *, progressed: bool) -> None:
        fresh = not self._pieces and not progressed
        if fresh and self._paper.y <= self._paper.top + self._head_room():
            raise LayoutError("a row that no page holds and that may not be cut")
        self._flush()
        self._paper.turn_page()
        if self._style.repeats_header:
            self._put_head([column.again for column in self.table.columns])

    def _put_headings(self, number: int) -> None:
        """Print the headings over a record again."""
        for heading in self.table.headings(number):
            texts = (heading.texts[0] + self.table.continued, *heading.texts[1:])
            row = self._total(dataclasses.replace(heading, texts=texts))
            self._add(Piece(row, row.cells, self._paper.y, self._paper.y + row.height, True, True))

    def _head_room(self) -> float:
        return self._head_tops[-1] - self._head_tops[0] if self._head_tops else 0.0

    # --- the header --------------------------------------------------------------------

    def _is_vertical(self, cell: HeadCell) -> bool:
        start, end = cell.columns
        narrow = self._room((start, end)) < 3.2 * self._style.sheet.size
        stands = self._style.oddities.vertical_headers and end - start == 1 and narrow
        role = self.table.columns[start].role
        return stands and role in VERTICAL and cell.text.isalpha() and not cell.text.isascii()

    def _head_needs(self, cell: HeadCell) -> float:
        size = self._style.sheet.size
        if self._is_vertical(cell):
            return len(cell.text) * size * 1.1 + 2 * self._style.padding[1]
        return self._height(len(self._setter.broken(cell.text, self._room(cell.columns))))

    def _head_levels(self, cells: Sequence[HeadCell]) -> list[float]:
        """The heights of the header's rows."""
        heights = [self._height(1)] * max(cell.rows[1] for cell in cells)
        for cell in sorted(cells, key=lambda cell: cell.rows[1] - cell.rows[0]):
            missing = self._head_needs(cell) - sum(heights[cell.rows[0] : cell.rows[1]])
            heights[cell.rows[1] - 1] += max(0.0, missing)
        return heights

    def _head_height(self, paths: Sequence[tuple[str, ...]]) -> float:
        return sum(self._head_levels(head_cells(paths)))

    def _put_head(self, paths: Sequence[tuple[str, ...]]) -> None:
        self._heads = head_cells(paths)
        tops = [self._paper.y]
        for height in self._head_levels(self._heads):
            tops.append(tops[-1] + height)
        self._head_tops, self._paper.y = tops, tops[-1]

    def _head_marks(self, cell: HeadCell) -> list[Mark]:
        x = self._edges[cell.columns[0]] + self._style.padding[0]
        top, bottom = self._head_tops[cell.rows[0]], self._head_tops[cell.rows[1]]
        if self._is_vertical(cell):
            marks = self._vertical_marks(cell, x, (top + bottom) / 2)
        else:
            lines = self._setter.broken(cell.text, self._room(cell.columns))
            centred = Cell(cell.columns, lines, centred=True)
            y = (top + bottom - len(lines) * self._style.leading) / 2
            marks = self._line_marks(centred, y, justifies=False)
        if self._style.oddities.bold == "headers":
            marks = self._setter.twice(marks)
        texts = [mark for mark in marks if isinstance(mark, Text)]
        return [Tinted(text, 1.0) for text in texts] if self._style.dark_header else marks

    def _vertical_marks(self, cell: HeadCell, x: float, middle: float) -> list[Mark]:
        """The header's letters one below the other."""
        size = self._style.sheet.size
        y = middle - len(cell.text) * size * 1.1 / 2
        left = x + (self._room(cell.columns) - size) / 2
        return [
            Text(left, y + (n * 1.1 + 0.9) * size, char, self._style.font, size)
            for n, char in enumerate(cell.text)
        ]

    # --- a page's part of the table ----------------------------------------------------

    def _flush(self) -> None:
        """Draw what of the table stands on the page."""
        if not self._pieces and self._heads:
            self._heads, self._head_tops = [], []
            return
        marks = self._shades()
        for head in self._heads:
            marks += self._head_marks(head)
        boxes: list[tuple[Edge, bool, bool]] = []
        for piece in self._pieces:
            for cell in piece.cells:
                marks += self._cell_marks(piece, cell)
                box = self._box(cell.columns, piece.top, piece.bottom)
                boxes.append((box, *self._closed(piece.first, piece.last)))
            marks += self._covered_marks(piece)
        for column in self.table.merged:
            marks += self._merged_marks(column, boxes)
        tops = self._head_tops
        for head in self._heads:
            box = self._box(head.columns, tops[head.rows[0]], tops[head.rows[1]])
            boxes.append((box, True, True))
        marks += self._rulings(boxes)
        self._paper.add(marks)
        self._pieces, self._heads, self._head_tops = [], [], []

    def _box(self, columns: tuple[int, int], top: float, bottom: float) -> Edge:
        return Edge(self._edges[columns[0]], top, self._edges[columns[1]], bottom)

    def _closed(self, first: bool, last: bool) -> tuple[bool, bool]:
        return first or self._style.opens_cuts, last or self._style.closes_cuts

    def _shades(self) -> list[Mark]:
        left, right, frame = self._edges[0], self._edges[-1], self._style.frame
        marks: list[Mark] = []
        if self._heads and frame.shaded_header:
            grey = DARK_GREY if self._style.dark_header else HEADER_GREY
            marks.append(Fill(left, self._head_tops[0], right, self._head_tops[-1], grey))
        for piece in self._pieces:
            number = len(self.table.rows) if piece.row.number is None else piece.row.number
            if frame.zebra and number % 2:
                marks.append(Fill(left, piece.top, right, piece.bottom, ZEBRA_GREY))
        return marks

    def _cell_marks(self, piece: Piece, cell: Cell) -> list[Mark]:
        """A cell's lines, in the middle of a whole row's height perhaps."""
        whole = piece.first and piece.last
        free = piece.bottom - piece.top - self._height(len(cell.lines)) - self._style.row_gap
        middle = whole and self._style.middle and not piece.row.covered
        y = piece.top + self._style.padding[1] + (free / 2 if middle else 0.0)
        marks = self._line_marks(cell, y)
        role = self.table.columns[cell.columns[0]].role
        if self._style.oddities.bold == "numbers" and role == "number":
            marks = self._setter.twice(marks)
        if role in ("revision", "original_text"):
            marks += self._decorations(piece, cell, y)
        if free > 2 * self._style.leading and not middle and piece.last:
            marks += self._hidden_marks(cell, y)
        return marks

    def _baseline(self, y: float, line: int) -> float:
        return y + (line + 0.5) * self._style.leading + 0.38 * self._style.sheet.size

    def _line_marks(self, cell: Cell, y: float, *, justifies: bool = True) -> list[Mark]:
        x, room = self._edges[cell.columns[0]] + self._style.padding[0], self._room(cell.columns)
        marks: list[Mark] = []
        for number, line in enumerate(cell.lines):
            marks += self._setter.line_marks(
                line, x, self._baseline(y, number), room, centred=cell.centred, justifies=justifies
            )
        if self._style.oddities.hidden == "invisible copy" and self._rng.random() < 0.1:
            for number, line in enumerate(cell.lines):
                text = line.text.replace(CELL, "")
                marks.append(self._setter.hide(text, x, self._baseline(y, number)))
        return marks

    def _decorations(self, piece: Piece, cell: Cell, y: float) -> list[Mark]:
        """Lines under and through letters; an arrow across the ruling on the right."""
        kind = self._style.oddities.lines
        x = self._edges[cell.columns[0]] + self._style.padding[0]
        right = self._edges[cell.columns[1]]
        if kind == "arrows" and right < self._edges[-1] and self._rng.random() < 0.4:
            at = (piece.top + piece.bottom) / 2
            return [Arrow(right - 3.5, at, right + 3.5, at)]
        if self._style.justified or self._rng.random() < 0.5:
            return []
        lines = enumerate(cell.lines)
        return [m for n, line in lines if self._rng.random() < 0.4
                for m in self._setter.decorated(line, x, self._baseline(y, n))]  # fmt: skip

    def _hidden_marks(self, cell: Cell, y: float) -> list[Mark]:
        """A memo below the text, which nobody sees."""
        if self._style.oddities.hidden not in ("invisible", "white") or self._rng.random() < 0.7:
            return []
        room, text = self._room(cell.columns), MEMO
        while text and self._setter.measure(text) > room:
            text = text[:-1]
        x = self._edges[cell.columns[0]] + self._style.padding[0]
        return [self._setter.hide(text, x, self._baseline(y, len(cell.lines)))] if text else []

    def _covered_marks(self, piece: Piece) -> list[Mark]:
        """Lines that a low row hides."""
        marks: list[Mark] = []
        for cell in piece.row.covered:
            shown = max(len(other.lines) for other in piece.cells)
            y = piece.top + self._style.padding[1] + shown * self._style.leading
            self._setter.hidden += [line.text for line in cell.lines]
            behind = tuple(self._line_marks(cell, y))
            limit = piece.top + self._style.padding[1] + shown * self._style.leading
            left, right = self._edges[cell.columns[0]], self._edges[cell.columns[1]]
            marks.append(Clipped(left, piece.top, right, limit, behind))
        return marks

    # --- merged cells ------------------------------------------------------------------

    def _merged_marks(self, column: int, boxes: list[tuple[Edge, bool, bool]]) -> list[Mark]:
        """The parts of a column's merged cells on this page; their boxes join the others."""
        marks: list[Mark] = []
        starts = self.table.merged[column]
        pieces = [piece for piece in self._pieces if piece.row.number is not None]
        for start in dict.fromkeys(starts[piece.row.number or 0] for piece in pieces):
            part = [piece for piece in pieces if starts[piece.row.number or 0] == start]
            last_row = max(row for row, begin in enumerate(starts) if begin == start)
            first = part[0].first and part[0].row.number == start
            last = part[-1].last and part[-1].row.number == last_row
            box = self._box((column, column + 1), part[0].top, part[-1].bottom)
            closed = self._closed(part[0].first, part[-1].last)
            boxes.append((box, *closed))
            marks += self._merged_part(column, start, box, first, last)
        return marks

    def _merged_part(
        self, column: int, start: int, box: Edge, first: bool, last: bool
    ) -> list[Mark]:
        """What of a merged cell's text goes on this page."""
        text, columns = self.table.rows[start][column], (column, column + 1)
        lines = self._setter.broken(text, self._room(columns))
        height = box.bottom - box.top
        capacity = int((height - 2 * self._style.padding[1] + 0.01) / self._style.leading)
        if first:
            self._rest[column] = lines
        is_label = self.table.columns[column].role == "category"
        again = is_label and self._style.label_again
        if again and not (first and last):
            now = self._label_again(column, start, lines, capacity)
        else:
            now, self._rest[column] = self._rest[column][:capacity], self._rest[column][capacity:]
        if last and self._rest[column]:
            raise LayoutError("no room for a merged cell's text")
        cell = Cell(columns, now, centred=is_label)
        middle = first and last and self._style.middle
        free = height - self._height(len(now))
        return self._line_marks(cell, box.top + self._style.padding[1] + free / 2 * middle)

    def _label_again(self, column: int, start: int, lines: Lines, capacity: int) -> Lines:
        """The whole label on each page where it fits."""
        if capacity < len(lines):
            return []
        if (column, start) in self._labelled:
            self._setter.shown += [line.text for line in lines]
        self._labelled.add((column, start))
        self._rest[column] = []
        return lines

    # --- rulings -----------------------------------------------------------------------

    def _rulings(self, boxes: list[tuple[Edge, bool, bool]]) -> list[Mark]:
        """The boxes' edges, as far as the frame has them."""
        style = self._style
        if style.make == "rectangles a cell" and all(top and bottom for _, top, bottom in boxes):
            return [Frame(b.x0, b.top, b.x1, b.bottom, style.line_width) for b, _, _ in boxes]
        first, last = min(b.top for b, _, _ in boxes), max(b.bottom for b, _, _ in boxes)
        head_end = self._head_tops[-1] if self._head_tops else None
        edges: list[Edge] = []
        for box, top, bottom in boxes:
            edges += self._uprights(box)
            sides = ((box.top, top), (box.bottom, bottom))
            for y in (y for y, closed in sides if closed):
                outer = y in (first, last)
                if self._is_ruled(y, outer, head_end):
                    edges.append(Edge(box.x0, y, box.x1, y, outer))
        return rulings(edges, style.make, style.line_width)

    def _is_ruled(self, y: float, outer: bool, head_end: float | None) -> bool:
        frame = self._style.frame
        if outer:
            return frame.ends
        is_header = head_end is not None and y <= head_end
        return frame.rows or (is_header and frame.header)

    def _uprights(self, box: Edge) -> list[Edge]:
        frame, edges = self._style.frame, []
        for x in (box.x0, box.x1):
            outer = x in (self._edges[0], self._edges[-1])
            if frame.sides if outer else frame.columns:
                edges.append(Edge(x, box.top, x, box.bottom, outer))
        return edges


def seen_part(text: str, lines: Lines) -> str:
    """The beginning of a text that these printed lines show."""
    at = 0
    for char in (char for line in lines for char in line.text if not char.isspace()):
        at = text.index(char, at) + 1
    return text[:at]


def fitted_widths(
    widths: Sequence[float], table: WideTable, style: Style, measure: Callable[[str], float]
) -> list[float]:
    """The widths, none too small for its short texts; others give what that takes.

    Raises:
        LayoutError: there is no room.
    """
    sides = 2 * style.padding[0]
    least = []
    for place in range(len(table.columns)):
        lines = [line for row in table.rows for line in row[place].split("\n")]
        longest = max(measure(line) for line in lines)
        least.append(min(longest + 0.5, LEAST_EM * style.sheet.size) + sides)
    spare = sum(widths) - sum(least)
    if spare < 0:
        raise LayoutError("no room for the columns")
    beyond = [max(0.0, width - floor) for width, floor in zip(widths, least, strict=True)]
    share = spare / sum(beyond) if sum(beyond) else 0.0
    return [floor + extra * share for floor, extra in zip(least, beyond, strict=True)]
