"""What a person should know about the headers of an annex whose columns have no role."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.model import Issue, Severity, Stage, Table
from pipeline.vocabulary.header_roles import HeaderRoles


def find_header_issues(tables: Sequence[Table], annex: str, roles: HeaderRoles) -> Iterator[Issue]:
    """One issue for each header without a role, however many tables have it.

    Args:
        tables: The tables of the annex, in reading order.
        annex: Its id.
        roles: What its headers mean.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for index, table in enumerate(tables, start=1):
        for header in {column.header: None for column in table.columns if column.role is None}:
            if not roles.is_extra(header):
                found[header].append(index)
    for header, indices in found.items():
        first = tables[indices[0] - 1]
        message = _explain(_name(indices), header, annex, roles)
        page = first.rows[0].pages[0] if first.rows else None
        yield Issue(Severity.WARNING, Stage.SEGMENT, "unknown_header", message, page=page)


def _name(indices: Sequence[int]) -> str:
    if len(indices) == 1:
        return f"table {indices[0]}"
    return f"tables {', '.join(map(str, indices))}"


def _explain(where: str, header: str, annex: str, roles: HeaderRoles) -> str:
    """Why a column has no role, and what to do."""
    match = roles.match(header)
    if match is None:
        return (
            f"{where}: the column {header!r} has no known role and is kept in `extra`; to give it "
            f"one, say so in {annex}.yml beside the PDF (roles, see docs/data.md), or add the word "
            "to pipeline/vocabulary/header_words.yml"
        )
    return (  # to add the word to the vocabulary would change nothing
        f"{where}: the column {header!r} means {match.role}, which another column of its table "
        f"has, and is kept in `extra`; to choose the other one, say so in {annex}.yml beside the "
        "PDF (roles, see docs/data.md)"
    )
