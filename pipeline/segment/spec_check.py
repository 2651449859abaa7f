"""Apply an annex's spec and check what it says: pages, headers, numbers of records."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from pipeline.model import EXTRA, AnnexSpec, Issue, Page, Severity, Stage, Table
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import fold_header

_SHOWN = 200  # characters of headers in a message; judgement: two lines of a terminal


def exclude_pages(pages: Sequence[Page], spec: AnnexSpec | None) -> list[Page]:
    """Put all lines of the pages that the spec excludes outside of tables."""
    return [
        page if spec is None or spec.reads(page.header.number) else _without_grids(page)
        for page in pages
    ]


def _without_grids(page: Page) -> Page:
    inside = [line for grid in page.grids for line in grid.lines]
    lines = sorted((*page.loose_lines, *inside), key=lambda line: (line.top, line.x0))
    return replace(page, grids=(), loose_lines=tuple(lines))


def select_pages(pages: Sequence[Page], spec: AnnexSpec | None) -> list[Page]:
    """Select the pages to read tables and their headings on: all but those the spec excludes."""
    return [page for page in pages if spec is None or spec.reads(page.header.number)]


def check_spec(
    spec: AnnexSpec | None, tables: Sequence[Table], pages: Sequence[Page]
) -> Iterator[Issue]:
    """Find where an annex differs from its spec.

    Args:
        spec: What a person said; None: nothing.
        pages: The pages they were looked for on.

    Yields:
        An error for each difference.
    """
    if spec is None:
        return
    problems = (
        *_find_repeated_headers(spec.roles),
        *_find_missing_headers(spec.roles, tables, pages),
        *_find_repeated_roles(spec, tables),
        *_compare_counts(spec.records, [len(table.rows) for table in tables]),
    )
    for problem in problems:
        yield Issue(Severity.ERROR, Stage.SEGMENT, "not_as_known", f"{spec.file}: {problem}")


def _find_repeated_headers(headers: Iterable[str]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for header in headers:
        other = seen.setdefault(fold_header(header), header)
        if other != header:
            yield f"roles: {other!r} and {header!r} are the same header; remove one of them"


def _find_missing_headers(
    headers: Iterable[str], tables: Sequence[Table], pages: Sequence[Page]
) -> Iterator[str]:
    printed = [column.header for table in tables for column in table.columns]
    grids = (grid for page in pages for grid in page.grids)
    tops = [cell.text for grid in grids for cell in grid.row(0) if cell.text]
    for header in headers:
        if _is_among(header, printed):
            continue
        if _is_among(header, tops):
            found = "it over a ruled table that is not one; name the roles of its other headers too"
        else:
            shown = printed if tables else tops
            found = f"{_quote(shown) or 'none'}; write the header as it is printed, or take it out"
        yield f"roles: expected a column headed {header!r} in a comment table, found {found}"


def _is_among(header: str, others: Iterable[str]) -> bool:
    return fold_header(header) in map(fold_header, others)


def _quote(headers: Iterable[str]) -> str:
    listed = ", ".join(repr(header) for header in dict.fromkeys(headers))
    return listed if len(listed) <= _SHOWN else f"{listed[:_SHOWN]}…"


def _find_repeated_roles(spec: AnnexSpec, tables: Sequence[Table]) -> Iterator[str]:
    roles = HeaderRoles.from_spec(spec)
    for index, table in enumerate(tables, start=1):
        holders: dict[str, str] = {}
        for column in table.columns:
            role = roles.find_given(column.header)
            if role is None or role == EXTRA:
                continue
            other = holders.setdefault(role, column.header)
            if fold_header(other) != fold_header(column.header):
                yield (
                    f"roles: expected one {role} a table, found {other!r} and "
                    f"{column.header!r} in table {index}; give one of them another role, "
                    f"or {EXTRA}"
                )


def _compare_counts(expected: int | tuple[int, ...] | None, found: Sequence[int]) -> Iterator[str]:
    if expected is None:
        return
    counts = ", ".join(map(str, found)) or "no table"
    if isinstance(expected, int) and expected != sum(found):
        difference = f"expected {expected} in all, found {sum(found)} (table by table: {counts})"
    elif isinstance(expected, tuple) and expected != tuple(found):
        difference = f"expected {', '.join(map(str, expected))} table by table, found {counts}"
    else:
        return
    yield (
        f"records: {difference}; look on the pages for rows that are missing, split or joined, or "
        "correct the number"
    )
