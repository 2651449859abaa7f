"""Roles that only the cells of a column show, and what they make of a table."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Column, Role, Table

LEAST_CELLS = 3  # filled cells; judgement: two may be alike by chance
MOST = 0.8  # share of the filled cells; judgement: a cell may be typed otherwise
LONG = 15  # characters, on average; judgement: shorter texts are alike by chance
SAMPLE = 20  # rows that are compared; judgement: enough to tell, and a long table stays cheap
_CERTAINTY = 0.9  # judgement: one role in ten that only its cells show is another one
# judgement: a person should look at every record of a table that only its cells show.
_GUESSED_CERTAINTY = 0.7


class ShownRole(Struct, frozen=True):
    """A role that only the cells of a column show."""

    column: int
    role: Role | None
    """None: it has none, although its header names one."""


def share_shown_roles(
    tables: Sequence[Table], shown: Sequence[list[ShownRole]]
) -> list[list[ShownRole]]:
    """Give tables with the same columns the same roles: a short one may not show them.

    Args:
        shown: For each the roles that its own cells show.
    """
    known: dict[tuple[Column, ...], list[ShownRole]] = {}
    for table, own in zip(tables, shown, strict=True):
        if own:
            known.setdefault(table.columns, own)
    return [own or known.get(table.columns, []) for table, own in zip(tables, shown, strict=True)]


def give_roles(table: Table, shown: Sequence[ShownRole], guessed: bool = False) -> Table:
    """The table with these roles, each taken from any other column; its records are less certain.

    Args:
        guessed: Whether nothing else shows that it is a comment table.
    """
    if not shown:
        return table
    roles = {entry.column: entry.role for entry in shown}
    given = set(roles.values())
    columns = tuple(
        replace(column, role=roles.get(index, None if column.role in given else column.role))
        for index, column in enumerate(table.columns)
    )
    certainty = _GUESSED_CERTAINTY if guessed else _CERTAINTY
    return replace(table, columns=columns, rows=tuple(row.doubted(certainty) for row in table.rows))


def list_texts(table: Table, column: int) -> list[str]:
    """The texts of the filled cells of a column."""
    return list(filter(None, (row.fields[column].text for row in table.rows)))
