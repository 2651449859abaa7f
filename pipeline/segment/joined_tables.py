"""The tables of an annex, while the pieces on its pages are joined, and what is in none."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct, field

from pipeline.model import Grid, Issue, Line
from pipeline.segment.pieces.piece_rows import add_lines
from pipeline.segment.table_draft import TableDraft
from pipeline.segment.table_issues import report_left_out

_MUCH_TEXT = 300  # characters; judgement: a third of a page of a comment table


class JoinedTables(Struct):
    """The tables of an annex, and the lines of its grids that are in no record."""

    drafts: list[TableDraft] = field(default_factory=list)
    headers: dict[int, list[Line]] = field(default_factory=lambda: defaultdict(list))
    """Page number → lines of header cells, and of labels that a page repeats."""
    others: dict[int, list[Line]] = field(default_factory=lambda: defaultdict(list))
    """Page number → lines of grids that are no comment tables, and of rows that are no records."""
    pieces_on: Counter[int] = field(default_factory=Counter)
    """Page number → the number of pieces of comment tables on it."""
    issues: list[Issue] = field(default_factory=list)
    large: list[Issue] = field(default_factory=list)
    """Those of them that tell of a table with much text in several columns."""

    def set_aside(self, grid: Grid) -> None:
        """Set a grid aside that is no comment table; an issue tells of it where it has text."""
        lines = grid.lines
        file_lines(self.others, lines)
        if not lines:
            return
        issue = report_left_out(grid, count := sum(line.glyphs for line in lines))
        self.issues.append(issue)
        if count >= _MUCH_TEXT and len(grid.column_edges) > 2:
            self.large.append(issue)


def file_lines(pages: dict[int, list[Line]], lines: Iterable[Line]) -> None:
    """File lines under the numbers of their pages."""
    for line in lines:
        add_lines(pages[line.page], (line,))
