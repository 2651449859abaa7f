"""One annex: its comment tables, and what of each page stands outside them."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import (
    Extracted,
    Issue,
    Line,
    Page,
    Role,
    Segmented,
    SegmentedPage,
    Severity,
    Stage,
    Table,
)
from pipeline.segment.headers.content_roles import find_shown_roles
from pipeline.segment.headers.guessed_header import find_doubtful_roles
from pipeline.segment.headers.shown_roles import ShownRole, give_roles, share_shown_roles
from pipeline.segment.headings.titles import share_titles
from pipeline.segment.join_tables import join_tables
from pipeline.segment.joined_tables import JoinedTables, file_lines
from pipeline.segment.page_numbers import move_out_page_numbers
from pipeline.segment.rows.added_answers import part_answers, share_answers
from pipeline.segment.rows.labelled_rows import lift_labelled_rows
from pipeline.segment.rows.stacked_texts import join_rows
from pipeline.segment.shapes.card_strips import part_card_strips
from pipeline.segment.shapes.label_tables import find_label_tables
from pipeline.segment.shapes.running_questions import find_running_questions
from pipeline.segment.shapes.shaped_table import ShapedTable, leave_out, remove_tables
from pipeline.segment.shapes.text_columns import part_text_columns
from pipeline.segment.sheets.lay_out import find_halved_pages
from pipeline.segment.sheets.spacer_columns import take_out_spacers
from pipeline.segment.sheets.tables_below import part_tables_below
from pipeline.segment.spec_check import check_spec, exclude_pages, select_pages
from pipeline.segment.table_draft import PieceKey
from pipeline.segment.table_issues import (
    find_header_issues,
    find_table_issues,
    report_lone_columns,
    report_texts_in_columns,
)
from pipeline.vocabulary.header_roles import HeaderRoles


class _FoundTable(Struct, frozen=True):
    """A table whose columns have the roles that headers name."""

    table: Table
    guessed: bool = False
    """Its header names none: only what its columns hold shows them."""
    doubtful: frozenset[Role] = frozenset()
    """Those that no word of the header names."""


def segment_annex(extracted: Extracted) -> Segmented:
    """Find the comment tables of an annex and their records.

    Args:
        extracted: What extract found; an annex that failed there is passed on as it is.
    """
    header = extracted.header
    roles = HeaderRoles.from_spec(header.spec)
    pages = exclude_pages(move_out_page_numbers(extracted.pages), header.spec)
    pages = part_text_columns(take_out_spacers(pages, roles))
    pages = part_tables_below(pages, roles)
    to_read = select_pages(pages, header.spec)
    shaped = find_shaped_tables(_part_strips(to_read, roles), roles)
    pages = remove_tables(pages, shaped)
    to_read = select_pages(pages, header.spec)
    joined = join_tables(to_read, roles)
    found = _order_tables(joined, shaped, roles)
    shown = [_find_roles(entry, roles) for entry in found]
    shown = share_shown_roles([entry.table for entry in found], shown)
    doubtful = _find_doubtful(found, shown, roles)
    tables = tuple(
        give_roles(entry.table, [*own, *told], entry.guessed)
        for entry, own, told in zip(found, shown, doubtful, strict=True)
    )
    header = header.with_issues(
        *joined.issues,
        *report_lone_columns(to_read, tables, roles),
        *report_texts_in_columns(to_read, tables),
        *find_header_issues(tables, header.annex, roles),
        *find_table_issues(tables, shown, doubtful, header.annex),
        *check_spec(header.spec, tables, to_read),
    )
    if header.failed:
        return Segmented(header)
    if not tables:
        # One line says it all: a small table of another kind is then no news of its own.
        small = [issue for issue in joined.issues if issue not in joined.large]
        kept = (issue for issue in header.issues if issue not in small)
        count = sum(issue.characters or 0 for issue in small)
        header = replace(header, issues=(*kept, _no_comment_table(header.annex, count)))
    return Segmented(header, tuple(_pages(pages, joined, shaped)), tables)


def _part_strips(pages: Sequence[Page], roles: HeaderRoles) -> list[Page]:
    """Part pages at strips of cards; one with the halves of a sheet has rows, and is left out."""
    halved = find_halved_pages(pages, roles)
    parted = [part_card_strips(page, roles) for page in pages]
    return [
        part
        for page, parts in zip(pages, parted, strict=True)
        for part in parts
        if len(parts) > 1 or page.header.number not in halved
    ]


def find_shaped_tables(pages: Sequence[Page], roles: HeaderRoles) -> list[ShapedTable]:
    """Find the tables whose labels, not a header, name what a text is."""
    tables = list(find_label_tables(pages, roles))
    return [*tables, *find_running_questions(remove_tables(pages, tables), roles)]


def _order_tables(
    joined: JoinedTables, shaped: Sequence[ShapedTable], roles: HeaderRoles
) -> tuple[_FoundTable, ...]:
    """The tables of all shapes in reading order."""
    placed: list[tuple[PieceKey, _FoundTable]] = []
    headings = share_titles([draft.heading for draft in joined.drafts])
    for draft, heading in zip(joined.drafts, headings, strict=True):
        draft.heading = heading
        table = join_rows(draft.finish(), roles)
        labels: list[Line] = []
        for lift in (part_answers, share_answers, lift_labelled_rows):
            table, own = lift(table, roles)
            labels += own
        entry = _FoundTable(table, draft.header.guessed, draft.header.doubtful)
        placed.append((draft.pieces[0], entry))
        if labels:
            file_lines(joined.headers, leave_out(labels, chain(*(r.lines for r in table.rows))))
    others = [(found.place, _FoundTable(found.table)) for found in shaped]
    # Of two sheets on a page the left one comes first, however low a table begins there.
    ordered = [
        (place, table)
        for found in (placed, others)
        for place, (_, table) in zip(accumulate((key for key, _ in found), max), found, strict=True)
    ]
    return tuple(table for _, table in sorted(ordered, key=lambda found: found[0]))


def _find_roles(entry: _FoundTable, roles: HeaderRoles) -> list[ShownRole]:
    """The roles that only the cells of a table show, those by which it was found included."""
    table, found = entry.table, find_shown_roles(entry.table, roles)
    if entry.guessed:
        found += [
            ShownRole(index, column.role)
            for index, column in enumerate(table.columns)
            if column.role is not None and roles.match(column.header) is None
        ]
    return found


def _find_doubtful(
    found: Sequence[_FoundTable], shown: Sequence[Sequence[ShownRole]], roles: HeaderRoles
) -> list[list[ShownRole]]:
    """The roles that are doubtful still, where the cells show other ones."""
    tables = [give_roles(entry.table, own) for entry, own in zip(found, shown, strict=True)]
    doubtful = [
        entry.doubtful - {one.role for one in own} for entry, own in zip(found, shown, strict=True)
    ]
    return find_doubtful_roles(tables, doubtful, roles)


def _pages(
    pages: Sequence[Page], joined: JoinedTables, shaped: Sequence[ShapedTable]
) -> Iterator[SegmentedPage]:
    for page in pages:
        number = page.header.number
        on_page = [found for found in shaped if number in found.pages]
        header_lines = joined.headers.get(number, [])
        # A heading may stand between the grids of its table.
        loose = leave_out(page.loose_lines, header_lines)
        yield SegmentedPage(
            header=page.header,
            tables=joined.pieces_on[number] + len(on_page),
            header_lines=(
                *header_lines,
                *(line for found in on_page for line in found.header_lines if line.page == number),
            ),
            furniture_lines=(
                *loose,
                *page.ruby,
                *page.overlays,
                *joined.others.get(number, ()),
                *(line for found in on_page for line in found.other_lines if line.page == number),
            ),
        )


def _no_comment_table(annex: str, characters: int) -> Issue:
    return Issue(
        Severity.WARNING,
        Stage.SEGMENT,
        "no_comment_table",
        "no table with the headers of a comment table was found; if there is one, say the "
        f"roles of its headers in {annex}.yml beside the PDF, or add its header "
        "words to pipeline/vocabulary/header_words.yml",
        characters=characters,
    )
