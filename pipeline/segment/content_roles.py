"""Give a column that no header word names the role that its cells show.

◎○△× are dispositions, 市民 or 40代・女性 submitters, 1, 2, 3 numbers; two texts that nearly repeat
each other are an original and its revision.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from pipeline.model import Role, Table
from pipeline.segment.row_numbers import read_printed_number
from pipeline.segment.rows import field_text
from pipeline.vocabulary.folding import fold

_LEAST_CELLS = 3  # filled cells; judgement: two may be alike by chance
_MOST = 0.8  # share of the filled cells; judgement: a cell may be typed otherwise
_ALIKE = 0.6  # similarity of two texts, 0-1; judgement: unrelated texts on one subject stay below
_LONG = 15  # characters, on average; judgement: shorter texts are alike by chance
_SAMPLE = 20  # rows that are compared; judgement: enough to tell, and a long table stays cheap
_CERTAINTY = 0.9  # judgement: one role in ten that only its cells show is another one
_DISPOSITION = re.compile(r"[◎○〇●△▲×✕✖□■☆★◇◆―ー－\-]|[A-EＡ-Ｅa-e]|[ア-オ]")
_SUBMITTER = re.compile(
    r"(?:市民|町民|村民|区民|県民|都民|府民|住民|国民|団体|法人|事業者|企業|個人|匿名|委員|議員|学生"
    r"|男性?|女性?|[1-9]0(?:歳)?代(?:以上)?|不明|[・、,/()\s])+"
)


@dataclass(frozen=True, slots=True)
class ShownRole:
    """A role that only the cells of a column show."""

    column: int
    role: Role


def find_shown_roles(table: Table, is_known: Callable[[str], bool]) -> list[ShownRole]:
    """Find the roles that the cells of a table's nameless columns show.

    Args:
        table: The table, whose columns may lack roles.
        is_known: Whether a header is known to have no role.
    """
    taken = {column.role for column in table.columns}
    open_columns = [
        index
        for index, column in enumerate(table.columns)
        if column.role is None and not is_known(column.header)
    ]
    found: list[ShownRole] = []
    for index in open_columns:
        texts = [field_text(row.fields[index]) for row in table.rows]
        for role, shows in _TESTS.items():
            if role not in taken and shows([text for text in texts if text]):
                found.append(ShownRole(index, role))
                taken.add(role)
                break
    rest = [index for index in open_columns if index not in {shown.column for shown in found}]
    if not taken & {Role.ORIGINAL_TEXT, Role.REVISION}:
        found += _find_versions(table, rest)
    return found


def give_roles(table: Table, shown: Sequence[ShownRole]) -> Table:
    """The table with these roles; its records are less certain."""
    if not shown:
        return table
    roles = {entry.column: entry.role for entry in shown}
    columns = tuple(
        replace(column, role=roles.get(index, column.role))
        for index, column in enumerate(table.columns)
    )
    rows = tuple(replace(row, confidence=row.confidence * _CERTAINTY) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def _shows_disposition(texts: Sequence[str]) -> bool:
    return _is_most(texts, lambda text: bool(_DISPOSITION.fullmatch(text)))


def _shows_submitter(texts: Sequence[str]) -> bool:
    return _is_most(texts, lambda text: bool(_SUBMITTER.fullmatch(fold(text))))


def _shows_number(texts: Sequence[str]) -> bool:
    numbers = [read_printed_number(text) for text in texts]
    steps = [a is not None and b is not None and b in (a + 1, 1) for a, b in pairwise(numbers)]
    return len(steps) >= _LEAST_CELLS and sum(steps) >= _MOST * len(steps) and len(set(numbers)) > 2


_TESTS: dict[Role, Callable[[Sequence[str]], bool]] = {
    Role.DISPOSITION: _shows_disposition,
    Role.SUBMITTER: _shows_submitter,
    Role.NUMBER: _shows_number,
}


def _is_most(texts: Sequence[str], test: Callable[[str], bool]) -> bool:
    return len(texts) >= _LEAST_CELLS and sum(map(test, texts)) >= _MOST * len(texts)


def _find_versions(table: Table, columns: Sequence[int]) -> Iterator[ShownRole]:
    """Find the first two neighbours among some columns whose texts nearly repeat each other."""
    for left, right in pairwise(columns):
        pairs = [
            (field_text(row.fields[left]), field_text(row.fields[right]))
            for row in table.rows[:_SAMPLE]
        ]
        pairs = [pair for pair in pairs if all(pair)]
        length = sum(len(one) for one, _ in pairs)
        alike = sum(SequenceMatcher(None, *pair).quick_ratio() >= _ALIKE for pair in pairs)
        is_text = len(pairs) >= _LEAST_CELLS and length >= _LONG * len(pairs)
        if is_text and alike >= _MOST * len(pairs):
            yield ShownRole(left, Role.ORIGINAL_TEXT)
            yield ShownRole(right, Role.REVISION)
            return
