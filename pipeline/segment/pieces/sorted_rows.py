"""Sort the rows of a piece: records under their headings, and rows that are no records."""

from collections.abc import Sequence
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import EXTRA, Line, Role, TableRow, remove_white_space
from pipeline.segment.headers.repeated_header import LEAST_REPEATED, is_header_again
from pipeline.segment.headings.heading_rows import (
    build_heading,
    is_merged_nothing,
    join_lines,
    read_headings,
)
from pipeline.segment.headings.lone_cells import ABOVE_HEADING, LoneCells
from pipeline.segment.headings.section_levels import SectionHeading
from pipeline.segment.pieces.loose_headings import part_heading_below
from pipeline.segment.pieces.piece_rows import add_lines, holds_line, split_row
from pipeline.segment.rows.added_answers import is_group_answer
from pipeline.segment.rows.grid_rows import find_last_number, row_number
from pipeline.segment.rows.labelled_rows import is_label_bar, is_labelled_row
from pipeline.segment.rows.other_rows import is_closing, is_note_row, is_tally
from pipeline.segment.rows.page_break import RECENT, decision_confidence
from pipeline.segment.rows.row_labels import weigh_label
from pipeline.segment.rows.unruled_rows import is_heading_alone
from pipeline.segment.table_draft import TableDraft
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import IS_WORD, strip_header
from pipeline.vocabulary.line_marks import closes_document

_TEXT_AND_COUNT = 2  # filled cells; judgement: a heading has no more that are not merged


class UnsortedPiece(Struct, frozen=True):
    """A piece whose rows are to be sorted."""

    rows: Sequence[TableRow]
    """As the rulings separate them."""
    edges: Sequence[float]
    """The x of its column edges, in points."""
    unruled: bool
    """The table has no ruling between any two records."""
    furigana: Sequence[Line]
    """Those of the page."""
    is_open: bool
    """No ruling closes the last row, as rulings close the others."""
    is_closed: bool
    """A ruling closes the last row."""


class SortedRows(Struct):
    """The rows of a piece by what they are."""

    records: list[TableRow] = field(default_factory=list)
    header_lines: list[Line] = field(default_factory=list)
    """Of headings, and of a header that is printed again."""
    other_lines: list[Line] = field(default_factory=list)
    """Of totals, notes and closing words."""
    opens_section: bool = False
    """A heading stands between the first record and the record before it."""


class RowSorter:
    """Sorts the rows of a piece, from top to bottom, and splits those that hold several records."""

    def __init__(self, piece: UnsortedPiece, draft: TableDraft, roles: HeaderRoles) -> None:
        """Take what is known of a piece and of its table.

        Args:
            draft: The table so far; its open headings are brought up to date.
        """
        self._piece, self._draft, self._roles = piece, draft, roles
        self._rows, self._edges = piece.rows, piece.edges
        self._number = draft.column(Role.NUMBER)
        self._last = draft.last_number
        self._lone: LoneCells | None = None
        self._found = SortedRows()
        self._doubt = 1.0  # factor of the next record's confidence, for a heading that may be none

    def sort(self) -> SortedRows:
        """Sort the rows; headings open their sections in the draft."""
        for index, row in enumerate(self._rows):
            if self._begins_other_table(index):
                for other in self._rows[index:]:
                    add_lines(self._found.other_lines, other.lines)
                break
            if self._set_aside(row) or self._open_section(row, index):
                continue
            below: list[SectionHeading] = []
            if index + 1 == len(self._rows) and not self._piece.is_closed:
                row, below = part_heading_below(row, self._draft.heading.caption)
            if self._is_tally(row):  # a heading may have a count beside it: 第１章 | | ３件
                add_lines(self._found.other_lines, row.lines)
            else:
                unruled, furigana = self._piece.unruled, self._piece.furigana
                for piece in split_row(row, self._draft, unruled, furigana, self._found.records):
                    if piece is row or not self._is_no_record(piece):
                        self._add(piece)
            self._open(below)
        for lines in (self._found.header_lines, self._found.other_lines):
            lines[:] = [line for line in lines if not holds_line(self._found.records, line)]
        return self._found

    def _begins_other_table(self, index: int) -> bool:
        """Whether a row below a heading names other columns, without a sentence: 年月日 | 内容.

        Where only levels part rows, nothing else shows that another table begins.
        """
        row, draft = self._rows[index], self._draft
        if draft.compares or not draft.levels.follows_heading:
            return False
        texts = [remove_white_space(row.fields[column].text) for column in row.filled]
        numbered = row_number(row, self._number) is not None
        if numbered or not LEAST_REPEATED <= len(texts) < len(row.fields):
            return False
        matches = [self._roles.match(text, IS_WORD) for text in texts]
        named = any(match is not None and match.role == EXTRA for match in matches)
        if not named or any(draft.header.has_text(strip_header(text)) for text in texts):
            return False
        fields = (own for below in self._rows[index:] for own in below.fields)
        return not any(self._roles.is_prose(own.text) for own in fields)

    def _is_tally(self, row: TableRow) -> bool:
        """Whether a row only counts records; two versions may be counts: 誤 12人, 正 21人."""
        unnumbered = row_number(row, self._number) is None
        return bool(self._draft.sides) and unnumbered and is_tally(row, self._draft.texts)

    def _is_no_record(self, piece: TableRow) -> bool:
        """Set aside, or open as headings, a piece of a row that no ruling parts from records."""
        if self._set_aside(piece):
            return True
        headings = read_headings(piece, self._edges, counts=True)
        if not headings and piece.filled == [self._number]:  # cut out between the numbers
            lines = piece.fields[piece.filled[0]].lines
            heading = build_heading(lines, join_lines(lines))
            headings = [heading] if heading and is_heading_alone(piece, lines[0]) else []
        self._open(headings)
        return bool(headings)

    def _add(self, piece: TableRow) -> None:
        """Add a record."""
        levels, found = self._draft.levels, self._found
        if not found.records:
            found.opens_section = levels.follows_heading
        found.records.append(replace(piece, section=levels.path).doubted(self._doubt))
        self._doubt = 1.0
        levels.add_record()

    def _set_aside(self, row: TableRow) -> bool:
        """Set a row aside that is neither a record nor a heading."""
        closes = is_closing(row) and not self._ends_cut_text(row)
        if closes or is_note_row(row) or is_merged_nothing(row, self._edges):
            aside = self._found.other_lines
        elif is_header_again(row, self._draft.header) or self._ends_header(row):
            aside = self._found.header_lines
        else:
            return False
        add_lines(aside, row.lines)
        return True

    def _ends_cut_text(self, row: TableRow) -> bool:
        """Whether a page's end cut a text before its last line (以上): rows stand below it."""
        goes_on = bool(self._draft.rows) and row is self._rows[0] and len(self._rows) > 1
        column, *others = row.filled
        alone = not others and column in self._draft.texts
        return goes_on and alone and closes_document(row.fields[column].text)

    def _ends_header(self, row: TableRow) -> bool:
        """Whether a page's end cut the header: the rest stands without a number above the first."""
        opens = self._draft.last is not None and not self._draft.rows and row is self._rows[0]
        if not opens or self._number is None or len(self._rows) == 1:
            return False
        own, below = (first.fields[self._number].lines for first in self._rows[:2])
        return bool(below and not own)

    def _open_section(self, row: TableRow, index: int) -> bool:
        """Open a section if a row is a heading."""
        columns = self._draft.header.roles
        answers = is_group_answer(row, columns, self._roles) or (
            is_labelled_row(row, columns, self._roles)
            and (len(row.filled) > 1 or self._stands_elsewhere(row))
        )
        if answers or any(map(self._repeats_label, self._rows[max(0, index - 1) : index + 1])):
            return False
        headings = read_headings(row, self._edges, self._counts_on(index))
        if not headings:
            headings = self._weigh_lone_cell(row, index)
        if index == 0 and len(headings) == 1 and self._is_cut(row, headings[0]):
            add_lines(self._found.header_lines, headings[0].lines)
            self._draft.levels.go_on(headings[0].text)
        else:
            self._open(headings)
        return bool(headings)

    def _is_cut(self, row: TableRow, heading: SectionHeading) -> bool:
        """Whether a heading at a page's start is the rest of one at the end of the page before."""
        if self._draft.last is None or self._draft.last.page == heading.lines[0].page:
            return False
        right = max(part.box.x1 for index in row.filled for part in row.fields[index].parts)
        return self._draft.levels.is_cut(heading.text, heading.look, right)

    def _repeats_label(self, row: TableRow) -> bool:
        """Whether a row is a label over all columns that stands below several records."""
        bar = is_label_bar(row, self._draft.header.roles, self._roles)
        return bar and self._stands_elsewhere(row)

    def _stands_elsewhere(self, row: TableRow) -> bool:
        """Whether the first text of a row is that of another row in its column."""
        place = row.filled[0]
        # The nearest ones first: a table over many pages has one below each record.
        others = (own for own in chain(self._rows, reversed(self._draft.rows)) if own is not row)
        return any(own.fields[place].text == row.fields[place].text for own in others)

    def _open(self, headings: Sequence[SectionHeading]) -> None:
        for heading in headings:
            add_lines(self._found.header_lines, heading.lines)
            # A word that spans the header's columns is no heading where a page prints it again.
            if strip_header(remove_white_space(heading.text)) not in self._draft.header.texts:
                self._draft.levels.add(heading.text, heading.look)
                self._doubt *= heading.certainty

    def _counts_on(self, index: int) -> bool:
        """Whether a row's number counts on from the row before, and the next row's from it."""
        own = row_number(self._rows[index], self._number)
        if own is None:
            return False
        below = self._rows[index + 1 : index + 2]
        after = row_number(below[0], self._number) if below else None
        before = self._last_number(index)
        return own == before + 1 and after in (None, own + 1)

    def _last_number(self, index: int) -> int:
        """The number printed last above a row; 0: there is none."""
        found = find_last_number(self._rows[:index], self._number)
        return (self._last or 0) if found is None else found

    def _weigh_lone_cell(self, row: TableRow, index: int) -> list[SectionHeading]:
        """Take a row with text in one cell for a heading where the table says so."""
        if len(row.filled) > _TEXT_AND_COUNT:
            return []
        if self._lone is None:
            roles = [column.role for column in self._draft.columns]
            self._lone = LoneCells(roles, self._draft.levels.kinds)
            records = [r for r in self._rows if not read_headings(r, self._edges, counts=True)]
            self._lone.observe([*self._draft.rows[-RECENT:], *records])
        weighed = self._weigh_by_place(self._lone, index, self._may_go_on())
        if weighed is None:
            return []
        heading, odds = weighed
        odds += ABOVE_HEADING if self._is_heading(index + 1) else 0.0
        certainty = decision_confidence(odds)
        if odds > 0:
            return [replace(heading, certainty=certainty)]
        self._doubt *= certainty
        return []

    def _is_heading(self, index: int) -> bool:
        """Whether a row is there, and is a heading by itself."""
        if index == len(self._rows):
            return False
        if read_headings(self._rows[index], self._edges, self._counts_on(index)):
            return True
        weighed = self._weigh_by_place(self._lone, index, False) if self._lone else None
        return weighed is not None and weighed[1] > 0

    def _may_go_on(self) -> bool:
        """Whether the next row may go on with the record before the page's end.

        A header that is printed again may stand above it, and a heading （続き）.
        """
        opened = bool(self._found.records) or self._draft.levels.follows_heading
        return bool(self._draft.rows) and not (opened or self._is_other_label())

    def _weigh_by_place(
        self, lone: LoneCells, index: int, continues: bool
    ) -> tuple[SectionHeading, float] | None:
        is_last = index == len(self._rows) - 1
        return lone.weigh(self._rows[index], continues, is_last, is_last and self._piece.is_open)

    def _is_other_label(self) -> bool:
        """Whether a label alone opens the piece, in a table with headings, behind a whole label."""
        column = next(iter(self._rows[0].filled), None)
        if column not in self._draft.labels or not self._draft.levels.kinds:
            return False
        above = self._draft.rows[-RECENT:]
        upper, lower = above[-1].fields[column], self._rows[0].fields[column]
        return bool(upper.lines) and weigh_label(above, column, upper, lower) < 0
