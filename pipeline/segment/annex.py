"""One annex: its comment tables, and what of each page stands outside them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.model import Extracted, Issue, Page, PageFrame, Segmented, Table
from pipeline.segment.furniture import move_out_page_numbers
from pipeline.segment.header_roles import HeaderRoles
from pipeline.segment.join_tables import Assembly, assemble_tables
from pipeline.segment.rows import row_number
from pipeline.segment.spec_check import check_spec, exclude_pages, select_pages


def segment_annex(extracted: Extracted) -> Segmented:
    """Find the comment tables of an annex and their records.

    Args:
        extracted: What extract found; an annex that failed there is passed on as it is.
    """
    known, roles = extracted.known, HeaderRoles.from_spec(extracted.known)
    pages = exclude_pages(move_out_page_numbers(extracted.pages), known)
    to_read = select_pages(pages, known)
    assembly = assemble_tables(to_read, roles)
    tables = tuple(draft.finished() for draft in assembly.drafts)
    issues = [*extracted.issues, *assembly.issues]
    for index, table in enumerate(tables, start=1):
        issues += _table_issues(table, index, extracted.annex, roles)
    issues += check_spec(known, tables, to_read)
    if any(issue.level == "error" for issue in issues):
        return Segmented(extracted.annex, extracted.source_sha256, issues=tuple(issues))
    if not tables:
        # One line says it all: a table of another kind is then no news of its own.
        issues = [issue for issue in issues if issue.code != "not_a_comment_table"]
        issues.append(
            Issue(
                "warning",
                "segment",
                "no_comment_table",
                "no table with the headers of a comment table was found; if there is one, say the "
                f"roles of its headers in {extracted.annex}.yml beside the PDF, or add its header "
                "words to pipeline/vocabulary/header_words.yml",
            )
        )
    return Segmented(
        extracted.annex,
        extracted.source_sha256,
        tuple(_frames(pages, assembly)),
        tables,
        tuple(issues),
    )


def _frames(pages: Sequence[Page], assembly: Assembly) -> Iterator[PageFrame]:
    for page in pages:
        yield PageFrame(
            number=page.number,
            width=page.width,
            height=page.height,
            turn=page.turn,
            source=page.source,
            unread_ink=page.unread_ink,
            warp=page.warp,
            tables=assembly.tables_on.get(page.number, 0),
            glyphs=page.glyphs,
            hidden=page.hidden,
            header_lines=tuple(assembly.headers.get(page.number, ())),
            furniture_lines=(*page.loose, *page.ruby, *assembly.others.get(page.number, ())),
        )


def _table_issues(table: Table, index: int, annex: str, roles: HeaderRoles) -> Iterator[Issue]:
    """Headers nobody knows, and printed numbers that do not follow each other."""
    page = table.rows[0].pages[0] if table.rows else None
    for column in table.columns:
        if column.role is None and not roles.is_extra(column.header):
            yield Issue(
                "warning",
                "segment",
                "unknown_header",
                f"table {index}: the column {column.header!r} has no known role and is kept in "
                f"`extra`; to give it one, say so in {annex}.yml beside the PDF (roles, see "
                "docs/data.md), or add the word to pipeline/vocabulary/header_words.yml",
                page=page,
            )
    numbers = next((i for i, c in enumerate(table.columns) if c.role == "number"), None)
    numbered = [(i, row_number(row, numbers)) for i, row in enumerate(table.rows, start=1)]
    for (_, before), (position, number) in pairwise(numbered):
        if before is not None and number is not None and number not in (before + 1, 1):
            yield Issue(
                "warning",
                "segment",
                "number_gap",
                f"table {index}: number {number} follows {before}; look whether a row is missing",
                page=table.rows[position - 1].pages[0],
                record_id=f"{annex}-t{index}-r{position}",
            )
