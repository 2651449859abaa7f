"""Give a column that no header word names the role that its cells show.

◎○△× are dispositions, 市民 or 40代・女性 submitters, 1, 2, 3 numbers; two texts that nearly repeat
each other are an original and its revision; texts that ask beside texts that report what an office
does are comments and their answers.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Column, Role, Table
from pipeline.segment.headers.header_rows import assign_roles
from pipeline.segment.headers.neighbouring_words import match_neighbours
from pipeline.segment.headers.shown_versions import find_revision, find_versions
from pipeline.segment.rows.grid_rows import field_text
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.vocabulary.dialogue import answers, asks
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_roles import HeaderRoles

_LEAST_CELLS = 3  # filled cells; judgement: two may be alike by chance
_MOST = 0.8  # share of the filled cells; judgement: a cell may be typed otherwise
_LONG = 15  # characters, on average; judgement: shorter texts are alike by chance
_SAMPLE = 20  # rows that are compared; judgement: enough to tell, and a long table stays cheap
# Shares of the filled cells.
_ASKED = 0.5  # judgement: half of all comments only tell something
_ANSWERED = 0.6  # judgement: an answer may be cut, a note, or 同上
_CERTAINTY = 0.9  # judgement: one role in ten that only its cells show is another one
# judgement: a person should look at every record of a table that only its cells show.
_GUESSED_CERTAINTY = 0.7
_DISPOSITION = re.compile(
    r"[◎○〇●△▲×✕✖□■☆★◇◆―ー－\-]|[A-EＡ-Ｅa-e]|[ア-オ]|[有無要否]|不要|あり|なし|不?可|不採[用択]"
    r"|(?:一部|趣旨)?(?:反映|修正|採用|採択|掲載|記載|盛込|措置|対応|実施|改善|処理|検討)"
    r"(?:済み?|する|した|しない|せず|困難|不可|中|予定)?|既(?:記載|掲載|実施)"
    r"|済み?|(?:一部)?完了|継続中?|未(?:措置|対応|実施|処理|改善|反映|着手|定)|(?:今後の)?参考(?:意見|とする)?|対象外|その他|原案(?:(?:の?とお|どお)り|の?通り)"
)
_TICK = re.compile("[○〇◯●◎✓✔☑レ]")
_LETTER = re.compile("[A-Za-zＡ-Ｚａ-ｚア-オ]")
_OF_CLASSES = re.compile("(?:区分|分類|種別)$")
_OF_CHANGES = re.compile("修正|変更|反映|対応|採")
_SUBMITTER = re.compile(
    r"(?:市民|町民|村民|区民|県民|都民|府民|住民|国民|団体|法人|事業者|企業|個人|匿名|委員|議員|学生"
    r"|男性?|女性?|[1-9]0(?:歳)?代(?:以上)?|不明|[・、,/()\s])+"
)


class ShownRole(Struct, frozen=True):
    """A role that only the cells of a column show."""

    column: int
    role: Role


def find_shown_roles(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find the roles that the cells of a table's nameless columns show.

    Args:
        table: The table, whose columns may lack roles.
        roles: What headers mean in this annex.
    """
    named = _find_misnamed(table, roles) or _find_classes(table, roles) or _find_told(table, roles)
    table = give_roles(table, named)
    taken = {column.role for column in table.columns}
    open_columns = _list_open(table, roles)
    found = list(named)
    for index in open_columns:
        texts = _list_texts(table, index)
        for role, shows in _TESTS.items():
            if role not in taken and shows(texts) and _may_have(role, texts, table.columns[index]):
                found.append(ShownRole(index, role))
                taken.add(role)
                break
    find = find_revision if taken & {Role.ORIGINAL_TEXT, Role.REVISION} else find_versions
    versions = find(table, _leave_open(open_columns, found))
    if not any(c.role in versions and roles.find_given(c.header) for c in table.columns):
        found += [ShownRole(index, role) for role, index in versions.items()]
    if not taken >= {Role.COMMENT, Role.RESPONSE}:
        found += _find_dialogue(table, _leave_open(open_columns, found))
    return found


def share_shown_roles(
    tables: Sequence[Table], shown: Sequence[list[ShownRole]]
) -> list[list[ShownRole]]:
    """Give tables with the same columns the same roles: a short one may not show them.

    Args:
        tables: The tables of an annex.
        shown: For each the roles that its own cells show.
    """
    known: dict[tuple[Column, ...], list[ShownRole]] = {}
    for table, own in zip(tables, shown, strict=True):
        if own:
            known.setdefault(table.columns, own)
    return [own or known.get(table.columns, []) for table, own in zip(tables, shown, strict=True)]


def _may_have(role: Role, texts: Sequence[str], column: Column) -> bool:
    """Whether a header does not speak against a role: one mark alone (○) may tick anything."""
    ticks = role == Role.DISPOSITION and len(set(texts)) == 1
    return not ticks or bool(_OF_CHANGES.search(column.header))


def _find_misnamed(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find the text whose role a column of ticks or classes has by its header.

    種別 (要望 | 質問) stands beside 内容, 対応方針 (A, B, C) beside 対応内容, and 対応状況 (済)
    beside 事務局案, which names the answer where no other header does.
    """
    for index, column in enumerate(table.columns):
        role = column.role
        if role not in (Role.COMMENT, Role.RESPONSE) or roles.find_given(column.header):
            continue
        texts = _list_texts(table, index)
        ticks = bool(texts) and all(map(_TICK.fullmatch, texts))
        if ticks or _shows_disposition(texts):
            told = _find_longest(table, role, _name_others(table, index, roles), roles)
            return [] if told is None else [ShownRole(told, role)]
    return []


def _find_longest(
    table: Table, role: Role, named: Sequence[Role | None], roles: HeaderRoles
) -> int | None:
    """The column of long texts that lacks a role, before others one whose header asks for it.

    Args:
        table: The table.
        role: The role.
        named: The roles that headers name if no column has this one yet.
        roles: What headers mean in this annex.
    """
    lengths: dict[int, tuple[bool, float]] = {}
    asking = [index for index, own in enumerate(named) if own == role]
    for index in {*_list_open(table, roles), *asking}:
        texts = _list_texts(table, index)
        length = sum(map(len, texts)) / max(1, len(texts))
        match = roles.match(table.columns[index].header)
        if length >= _LONG:
            asks_for_it = index in asking or (match is not None and match.role == role)
            lengths[index] = (asks_for_it, length)
    return max(lengths, key=lengths.__getitem__, default=None)


def _find_classes(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find which column that names groups (区分) holds the classes of answers.

    Where it is the only such column, letters (A, B, C) may name the groups.
    """
    places = {column.role: index for index, column in enumerate(table.columns)}
    classes = places.get(Role.CATEGORY)
    if classes is None or Role.DISPOSITION in places:
        return []
    header, texts = table.columns[classes].header, _list_texts(table, classes)
    if roles.find_given(header) or not _shows_disposition(texts):
        return []
    others = _name_others(table, classes, roles)
    if Role.CATEGORY in others:
        swapped = ShownRole(others.index(Role.CATEGORY), Role.CATEGORY)
        return [ShownRole(classes, Role.DISPOSITION), swapped]
    if not _OF_CLASSES.search(header) or _is_most(texts, lambda text: bool(_LETTER.match(text))):
        return []
    return [ShownRole(classes, Role.DISPOSITION)]


def _name_others(table: Table, left_out: int, roles: HeaderRoles) -> list[Role | None]:
    """The roles that headers name where one column has none."""
    names = [column.header for column in table.columns]
    matches = map(roles.match, ("" if i == left_out else name for i, name in enumerate(names)))
    return assign_roles(match_neighbours(names, matches))


def _find_told(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find the comments below a header that seems to name groups (要望項目): sentences."""
    places = {column.role: index for index, column in enumerate(table.columns)}
    told = places.get(Role.CATEGORY)
    if told is None or Role.RESPONSE not in places or Role.COMMENT in places:
        return []
    sentences = _is_most(_list_texts(table, told), lambda text: "。" in text)
    given = roles.find_given(table.columns[told].header)
    return [ShownRole(told, Role.COMMENT)] if sentences and not given else []


def _list_open(table: Table, roles: HeaderRoles) -> list[int]:
    """The columns that have no role, and may have one."""
    return [
        index
        for index, column in enumerate(table.columns)
        if column.role is None and not roles.is_extra(column.header)
    ]


def _list_texts(table: Table, column: int) -> list[str]:
    """The texts of the filled cells of a column."""
    return list(filter(None, (field_text(row.fields[column]) for row in table.rows)))


def _leave_open(columns: Sequence[int], found: Sequence[ShownRole]) -> list[int]:
    return [index for index in columns if index not in {shown.column for shown in found}]


def give_roles(table: Table, shown: Sequence[ShownRole], guessed: bool = False) -> Table:
    """The table with these roles, each taken from any other column; its records are less certain.

    Args:
        table: The table.
        shown: The roles.
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
    rows = tuple(replace(row, confidence=row.confidence * certainty) for row in table.rows)
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


def _find_dialogue(table: Table, columns: Sequence[int]) -> Iterator[ShownRole]:
    """Find the column that asks most and one at its right that answers.

    Args:
        table: The table, in which comments or answers have no column yet.
        columns: Those without a role.
    """
    known = {column.role: index for index, column in enumerate(table.columns)}
    asking = known.get(Role.COMMENT, _choose(table, columns, asks, _ASKED))
    if asking is None:
        return
    right = [index for index in columns if index > asking]
    answering = known.get(Role.RESPONSE, _choose(table, right, answers, _ANSWERED))
    if answering is not None and answering > asking:
        found = ((asking, Role.COMMENT), (answering, Role.RESPONSE))
        yield from (ShownRole(*entry) for entry in found if entry[1] not in known)


def _choose(
    table: Table, columns: Sequence[int], test: Callable[[str], bool], least: float
) -> int | None:
    """Choose the column of sentences that passes a test in most cells, or in `least` of them."""
    shares: dict[int, float] = {}
    for index in columns:
        fields = (field_text(row.fields[index]) for row in table.rows[:_SAMPLE])
        texts = list(filter(None, fields))
        if len(texts) >= _LEAST_CELLS and sum(map(len, texts)) >= _LONG * len(texts):
            shares[index] = sum(map(test, texts)) / len(texts)
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= least else None
