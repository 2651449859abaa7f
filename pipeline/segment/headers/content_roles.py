"""Give a column that no header word names the role that its cells show.

◎○△× are dispositions, 市民 or 40代・女性 submitters, 1, 2, 3 numbers, P.12 or 第３章 places in the
original; two texts that nearly repeat each other are an original and its revision; texts that ask
beside texts that report what an office does are comments and their answers.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from pipeline.model import DIALOGUE_ROLES, Role, Table
from pipeline.segment.headers.column_pairs import find_dialogue, find_versions
from pipeline.segment.headers.header_rows import assign_roles, match_headers
from pipeline.segment.headers.shown_roles import (
    LEAST_CELLS,
    LONG,
    MOST,
    ShownRole,
    give_roles,
    list_texts,
)
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import match_role
from pipeline.vocabulary.speaker_headers import PUBLIC

_CLASS = (
    r"(?:[◎○〇●△▲×✕✖□■☆★◇◆―ー－\-]|[A-EＡ-Ｅa-e]|[ア-オ]|[有無要否]|不要|あり|なし|不?可|不採[用択]"
    r"|(?:一部|趣旨)?(?:反映|修正|採用|採択|掲載|記載|盛込|措置|対応|実施|改善|処理|検討|着手)"
    r"(?:済み?|する|した|しない|せず|あり|なし|有り?|無し?|困難|不可|中|予定)?|既(?:記載|掲載|実施)"
    r"|済み?|(?:一部)?完了|継続中?|未(?:措置|対応|実施|処理|改善|反映|着手|定)?"
    r"|(?:今後の)?参考(?:意見|とする)?|対象外|その他|原案(?:(?:の?とお|どお)り|の?通り|維持)?)"
)
_DISPOSITION = re.compile(rf"{_CLASS}|(?:[□■☐☑☒]{_CLASS})+")
_TICK = re.compile("[○〇◯●◎✓✔☑レ]")
_LETTER = re.compile("[A-Za-zＡ-Ｚａ-ｚア-オ]")
_PLACE = re.compile(
    r"(?:第?[0-9一二三四五六七八九十]|p|頁|ページ|行目?|章|節|条|項|号|段落?|表|図|上から|下から"
    r"|[・,、～~\-－()\s.])+",
    re.IGNORECASE,
)
_PLACE_UNIT = re.compile("p|頁|ページ|行|章|節|条|表|図", re.IGNORECASE)
_OF_CLASSES = re.compile("(?:区分|分類|種別)$")
_OF_CHANGES = re.compile("修正|変更|反映|対応|採")
_OF_CHANGES_ALONE = re.compile("(?:修正|変更|反映|対応|採)(?:状況|結果|方針)?")
_CLASS_NUMBER = re.compile("[1-9]")
_TOLD = (
    (Role.CATEGORY, Role.RESPONSE, Role.COMMENT),
    (Role.DISPOSITION, Role.COMMENT, Role.RESPONSE),
)
"""The role by a header, the role beside it, and the one that sentences below the header show."""
_SUBMITTER = re.compile(
    rf"(?:{PUBLIC}|府民|法人|事業者|企業|個人|匿名"
    r"|教員|教職員|職員|小学生|中学生|高校生|会社員|公務員|自営業|主婦|無職"
    r"|男性?|女性?|[1-9]0(?:歳)?代(?:以上)?|不明|[・、,/()\s])+"
)


def find_shown_roles(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find the roles that the cells of a table's nameless columns show."""
    named = _find_misnamed(table, roles) or _find_classes(table, roles) or _find_told(table, roles)
    named += _find_ticked(table, roles) or _find_numbered_classes(table, roles)
    table = give_roles(table, named)
    taken = {column.role for column in table.columns}
    open_columns = _list_open(table, roles)
    found = list(named)
    for index in open_columns:
        texts = list_texts(table, index)
        for role, shows in _TESTS.items():
            if role not in taken and shows(texts) and _may_have(role, table, index, roles):
                found.append(ShownRole(index, role))
                taken.add(role)
                break
    versions = find_versions(table, _leave_open(range(len(table.columns)), found), roles)
    table = give_roles(table, versions)
    version_roles = {own.role for own in versions}
    found = [*(own for own in found if own.role not in version_roles), *versions]
    if not table.places.keys() >= DIALOGUE_ROLES:
        found += find_dialogue(table, _leave_open(open_columns, found))
    return found


def _may_have(role: Role, table: Table, index: int, roles: HeaderRoles) -> bool:
    """Whether nothing speaks against a role: one mark alone (○) may tick anything.

    Letters before the comments are the numbers of its place: 第１ | 1 | (1) | ア. Places beside a
    revision say where its original stands, and those below 章, beside 項目, are groups.
    """
    if role == Role.ORIGINAL_TEXT:
        match = roles.match(table.columns[index].header)
        groups = match is not None and match.role == Role.CATEGORY
        return not groups and Role.REVISION not in table.places
    if role != Role.DISPOSITION:
        return True
    texts = list_texts(table, index)
    if len(set(texts)) > 1:
        behind = any(own.role == Role.COMMENT for own in table.columns[:index])
        return behind or not _is_most(texts, _LETTER.match)
    changes = bool(_OF_CHANGES.search(table.columns[index].header))
    return changes and not _is_one_choice(table, index, roles)


def _find_misnamed(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find the text whose role a column of ticks, classes or places has by its header.

    種別 (要望 | 質問) stands beside 内容, 対応方針 (A, B, C) beside 対応内容, 対応状況 (済) beside
    事務局案, which names the answer where no other header does, and 指摘（頁・行） beside コメント.
    """
    for index, column in enumerate(table.columns):
        role = column.role
        if role not in DIALOGUE_ROLES or roles.find_given(column.header):
            continue
        texts = list_texts(table, index)
        places = _shows_place(texts)
        if places or _are_ticks(texts) or _shows_disposition(texts):
            told = _find_longest(table, role, _name_others(table, index, roles), roles)
            if told is None:
                return []
            original = places and Role.ORIGINAL_TEXT not in {own.role for own in table.columns}
            return [
                ShownRole(told, role),
                *([ShownRole(index, Role.ORIGINAL_TEXT)] if original else []),
            ]
    return []


def _find_ticked(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find a disposition that is spread over columns of ticks: 採用 | 一部採用 | 不採用."""
    for index, column in enumerate(table.columns):
        given = column.role == Role.DISPOSITION and not roles.find_given(column.header)
        if given and _is_one_choice(table, index, roles):
            return [ShownRole(index, None)]
    return []


def _find_numbered_classes(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find the classes of answers that have numbers: 対応, 対応状況 (１, ①) beside 市の考え方.

    The header is such a word alone: 修正頁 and 対応件数 count something.
    """
    if Role.DISPOSITION in table.places or Role.RESPONSE not in table.places:
        return []
    for index in _list_open(table, roles):
        texts = [fold(text) for text in list_texts(table, index)]
        if (
            _OF_CHANGES_ALONE.fullmatch(table.columns[index].header)
            and _is_most(texts, _CLASS_NUMBER.fullmatch)
            and len(set(texts)) < len(texts)
        ):
            return [ShownRole(index, Role.DISPOSITION)]
    return []


def _is_one_choice(table: Table, index: int, roles: HeaderRoles) -> bool:
    """Whether a column of ticks stands beside another one: each says a part of one answer."""
    beside = {index - 1, index + 1} & set(_list_open(table, roles))
    ticked = _are_ticks(list_texts(table, index))
    return ticked and any(_are_ticks(list_texts(table, at)) for at in beside)


def _are_ticks(texts: Sequence[str]) -> bool:
    return bool(texts) and all(map(_TICK.fullmatch, texts))


def _find_longest(
    table: Table, role: Role, named: Sequence[Role | None], roles: HeaderRoles
) -> int | None:
    """The column of long texts that lacks a role, before others one whose header asks for it.

    Args:
        named: The roles that headers name if no column has this one yet.
    """
    lengths: dict[int, tuple[bool, float]] = {}
    asking = [index for index, own in enumerate(named) if own == role]
    for index in {*_list_open(table, roles), *asking}:
        texts = list_texts(table, index)
        length = sum(map(len, texts)) / max(1, len(texts))
        match = roles.match(table.columns[index].header)
        if length >= LONG:
            asks_for_it = index in asking or (match is not None and match.role == role)
            lengths[index] = (asks_for_it, length)
    return max(lengths, key=lengths.__getitem__, default=None)


def _find_classes(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find which column that names groups (区分) holds the classes of answers.

    Where it is the only such column, letters (A, B, C) may name the groups, but behind the answers.
    """
    places = table.places
    classes = places.get(Role.CATEGORY)
    if classes is None or Role.DISPOSITION in places:
        return []
    header, texts = table.columns[classes].header, list_texts(table, classes)
    if roles.find_given(header) or not _shows_disposition(texts):
        return []
    others = _name_others(table, classes, roles)
    if Role.CATEGORY in others:
        swapped = ShownRole(others.index(Role.CATEGORY), Role.CATEGORY)
        return [ShownRole(classes, Role.DISPOSITION), swapped]
    letters = _is_most(texts, _LETTER.match)
    behind = Role.RESPONSE in places and places[Role.RESPONSE] < classes
    if not _OF_CLASSES.search(header) or (letters and not behind):
        return []
    return [ShownRole(classes, Role.DISPOSITION)]


def _name_others(table: Table, left_out: int, roles: HeaderRoles) -> list[Role | None]:
    """The roles that headers name where one column has none."""
    names = ["" if i == left_out else own.header for i, own in enumerate(table.columns)]
    return assign_roles(match_headers(names, map(match_role, names), roles))


def _find_told(table: Table, roles: HeaderRoles) -> list[ShownRole]:
    """Find the sentences below a header that seems to name groups (要望項目) or classes (取扱い).

    They are the comments beside answers, or the answers beside comments.
    """
    places = table.places
    for named, beside, told in _TOLD:
        place = places.get(named)
        if place is None or beside not in places or told in places:
            continue
        sentences = _is_most(list_texts(table, place), lambda text: "。" in text)
        if sentences and not roles.find_given(table.columns[place].header):
            return [ShownRole(place, told)]
    return []


def _list_open(table: Table, roles: HeaderRoles) -> list[int]:
    """The columns that have no role, and may have one."""
    return [
        index
        for index, column in enumerate(table.columns)
        if column.role is None and not roles.is_extra(column.header)
    ]


def _leave_open(columns: Sequence[int], found: Sequence[ShownRole]) -> list[int]:
    return [index for index in columns if index not in {shown.column for shown in found}]


def _shows_disposition(texts: Sequence[str]) -> bool:
    return _is_most(texts, _DISPOSITION.fullmatch)


def _shows_submitter(texts: Sequence[str]) -> bool:
    return _is_most(texts, lambda text: _SUBMITTER.fullmatch(fold(text)))


def _shows_number(texts: Sequence[str]) -> bool:
    numbers = [read_printed_number(text) for text in texts]
    steps = [a is not None and b is not None and b in (a + 1, 1) for a, b in pairwise(numbers)]
    if _shows_place(texts):  # P5, P6, P7 are pages, although they run
        return False
    return len(steps) >= LEAST_CELLS and sum(steps) >= MOST * len(steps) and len(set(numbers)) > 2


def _shows_place(texts: Sequence[str]) -> bool:
    folded = list(map(fold, texts))
    return _is_most(folded, lambda text: _PLACE.fullmatch(text) and _PLACE_UNIT.search(text))


_TESTS: dict[Role, Callable[[Sequence[str]], bool]] = {
    Role.DISPOSITION: _shows_disposition,
    Role.SUBMITTER: _shows_submitter,
    Role.NUMBER: _shows_number,
    Role.ORIGINAL_TEXT: _shows_place,
}


def _is_most(texts: Sequence[str], test: Callable[[str], object]) -> bool:
    passed = sum(bool(test(text)) for text in texts)
    return len(texts) >= LEAST_CELLS and passed >= MOST * len(texts)
