"""Roles that no word of the vocabulary names, where the cells do not show them either.

改定料金 beside 現行料金 may be a revision, or a fee: without this it is as sure as 改正後.
"""

from collections.abc import Sequence, Set
from itertools import count

from msgspec.structs import replace

from pipeline.model import Column, Role, Table
from pipeline.segment.headers.content_roles import find_shown_roles
from pipeline.segment.headers.shown_roles import ShownRole
from pipeline.vocabulary.header_roles import HeaderRoles


def find_doubtful_roles(
    tables: Sequence[Table], doubtful: Sequence[Set[Role]], roles: HeaderRoles
) -> list[list[ShownRole]]:
    """Find the roles that only a header's form, or the columns beside it, tell.

    Args:
        doubtful: For each the roles that no word of its headers names.

    Returns:
        For each table those that neither its cells show nor those of a table with its columns.
    """
    shown: dict[tuple[Column, ...], set[ShownRole]] = {}
    for table, own in zip(tables, doubtful, strict=True):
        if own:
            shown.setdefault(table.columns, set()).update(_find_shown(table, own, roles))
    return [
        [
            entry
            for entry in map(ShownRole, count(), (column.role for column in table.columns))
            if entry.role in own and entry not in shown[table.columns]
        ]
        for table, own in zip(tables, doubtful, strict=True)
    ]


def _find_shown(table: Table, doubtful: Set[Role], roles: HeaderRoles) -> list[ShownRole]:
    """The roles that the cells show if the header names none of the doubtful ones."""
    columns = (replace(own, role=None) if own.role in doubtful else own for own in table.columns)
    return find_shown_roles(replace(table, columns=tuple(columns)), roles)
