"""The evidence of narrow columns: they break numbers, labels and names where nobody else would."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from pipeline.model import Line, Role, Segmented
from pipeline.normalize.line_ends.candidates import (
    Candidate,
    ColumnKey,
    FieldKey,
    list_column_lines,
)
from pipeline.normalize.line_ends.line_end_context import begins_with_name, classify_line_end
from pipeline.normalize.line_ends.line_widths import Fit
from pipeline.vocabulary.folding import fold, fold_width
from pipeline.vocabulary.line_marks import LineStart, is_mark, is_page_mark
from pipeline.vocabulary.punctuation import BRACKETS

_NUMBER = re.compile(r"\D{0,4}\d+(?:[-‐–.]\d+)*[^\d\-‐–.]?")
# Log-odds; judgement: nobody ends a line inside 意見１ or behind each character of a label, but a
# cell may hold a word above a number.
_INSIDE = -4.0
# Brackets below what they explain and behind it, before a narrow column shows more. Pseudo-counts;
# judgement: of eight authors, seven put what is in brackets on its own line.
_BELOW = 2.2
_BEHIND = 0.3  # judgement: as above
_MOST_BRACKETS = 4.0  # log-odds; judgement: an author may do both
# Log-odds; judgement: who types a body, an office and a name, or two members, in one line parts
# them with spaces.
_OFFICE = 4.0
_NARROW = 10.0  # em; judgement: columns of running text are wider
_IN_BRACKETS = re.compile(r"[（(][^（()）]+[)）]")
_WITH_BRACKETS = re.compile(r"[^（(]+[（(][^（()）]+[)）]")
# 第７章　７ / （３）, Ⅱ－３－ / (2): one place of a document, as its headings are numbered.
_PART_OF_NUMBER = re.compile(r"(?:^|[\s章節編部‐–—-])\d{1,2}[‐–—-]?$")
_NUMBER_GOES_ON = re.compile(r"[‐–—-]?\((?:\d{1,2}|[ア-ン])\)")
# Log-odds; judgement: few authors end a line behind a bare number.
_INSIDE_PLACE = -2.0
_DRAFT = re.compile(r"[（(]\w?案[)）]")  # belongs to the document's name: 契約書（案）
_OFFICE_HOLDER = re.compile(r"[^\sぁ-ん、。]{2,}\s+(\S{1,4}\s+\S{1,4})")  # 議長　平井　健
# 岡本委員 / 青山委員
_MEMBER = re.compile(r"[^\s、。・（()）]{1,8}(?:委員長?|議員|[会座部]長|教授|氏|様)")
# 総務省 / 経済産業省, 環境課 / 公園課: two of a kind; 環境部 / 公園課 may be one name.
_OFFICE_NAME = re.compile(r"[^\s、。・（()）と及]{1,10}?([省庁局部課室])")
_SPACE_INSIDE = re.compile(r"(?<=[^\s。])\u3000+(?=\S)")  # P.12　基本目標
# Authors who part words with a space, and with a line break, before a column shows its own.
# Pseudo-count of each; judgement: one of a kind in the column weighs more.
_PARTED = 0.5
_SPREAD = re.compile(r"\w(?:\s+\w)+")
_LETTERS = re.compile(r"\w(?:\s+\w)*")
_FULL_WIDTH = 1.1  # em; judgement: a space is as wide as a kanji, and may be letter-spaced too
_ONE_CHARACTER = 1.9  # em; judgement: two characters have no room, but for rounding


def weigh_narrow(
    segmented: Segmented, candidates: Sequence[Candidate], fits: Sequence[Fit]
) -> list[float]:
    """Weigh the line ends of narrow columns: 意見 | 1 is one number, 備 | 考 one word.

    Returns:
        The log-odds for each one that its author made the break.
    """
    numbers, submitters = (
        {(index, table.places.get(role)) for index, table in enumerate(segmented.tables)}
        for role in (Role.NUMBER, Role.SUBMITTER)
    )
    in_brackets = [
        fit.ems < _NARROW and _is_bracket(own, segmented)
        for own, fit in zip(candidates, fits, strict=True)
    ]
    ends: dict[ColumnKey, dict[str, float]] = defaultdict(dict)
    for own, fit, one in zip(candidates, fits, in_brackets, strict=True):
        if one:
            ends[own.column][own.before.text + own.after.text] = fit.odds
    brackets = _weigh_brackets(segmented, ends)
    figures = _find_figures(segmented, candidates)
    spaces = _weigh_lost_spaces(segmented, candidates, fits)
    weights = []
    for own, fit, is_bracket in zip(candidates, fits, in_brackets, strict=True):
        is_figure = own.field[::2] in numbers or own.column in figures
        if (is_figure and _is_inside_number(own, fit)) or _is_stacked(own, fit):
            weights.append(_INSIDE)
        elif fit.ems < _NARROW and fit.odds < 0 and _is_inside_place(own):
            weights.append(_INSIDE_PLACE)
        elif is_bracket:
            others = brackets[own.column] - fit.odds
            weights.append(max(-_MOST_BRACKETS, min(_MOST_BRACKETS, others)))
        elif fit.ems < _NARROW and (
            _is_office_holder(own)
            or _are_offices(own, segmented)
            or (own.field[::2] in submitters and _are_members(own))
        ):
            weights.append(_OFFICE)
        elif (own.field, own.context.start) in spaces and _may_have_lost_space(own, fit):
            weights.append(min(0.0, -fit.odds) + spaces[own.field, own.context.start])
        else:
            weights.append(_weigh_space(own, fit))
    return weights


def _weigh_lost_spaces(
    segmented: Segmented, candidates: Sequence[Candidate], fits: Sequence[Fit]
) -> dict[tuple[FieldKey, LineStart | None], float]:
    """The log-odds of each field that its author parts words with a line break, not a space.

    LibreOffice does not draw the space at a line's end. So the line looks as if its author had
    ended it: the next character had room, but not the space before it. Where other fields of the
    column hold spaces (森　誠, P.12　基本目標), it is one of them (山田 / 太郎). A space before a
    word (１－２　公園) tells nothing of a page (第１章　第２節 / 12頁), nor one before a number.

    Returns:
        The field and how its next line begins → the log-odds.
    """
    if any(own.before.tail for own in candidates):  # a program that draws such spaces
        return {}
    each = list(zip(candidates, fits, strict=True))
    near = {
        (own.field, own.context.start): own.column
        for own, fit in each
        if _may_have_lost_space(own, fit)
    }
    broken = Counter(
        own.column for own, fit in each if fit.slack >= _FULL_WIDTH and not own.surely_wrapped
    )
    spaced = {
        column: [
            {start for line in lines for start in _list_spaced(line.text)}
            for lines in list_column_lines(segmented, column)
        ]
        for column in set(near.values())
    }
    weights = {}
    for (field, start), column in near.items():
        rows = spaced[column]
        spaces = sum(start in own for own in rows) - (start in rows[field[1]])
        if spaces:
            weights[field, start] = min(0.0, log((broken[column] + _PARTED) / (spaces + _PARTED)))
    return weights


def _list_spaced(text: str) -> Iterator[LineStart | None]:
    """How what stands behind each ideographic space inside a line begins."""
    for match in _SPACE_INSIDE.finditer(text):
        yield classify_line_end(text[: match.start()], text[match.end() :]).start


def _may_have_lost_space(candidate: Candidate, fit: Fit) -> bool:
    """Whether an ideographic space behind the line, which is not drawn, left the next unit no room.

    A sentence has none behind its stop, and a mark (①) one that no other column tells of.
    """
    before = candidate.before.text.strip()
    is_narrow = fit.ems < _NARROW and fit.slack < _FULL_WIDTH and candidate.same_cell
    return is_narrow and not candidate.surely_wrapped and not is_mark(before) and before[-1] != "。"


def _find_figures(segmented: Segmented, candidates: Iterable[Candidate]) -> set[ColumnKey]:
    """The columns of other figures than numbers of records: pages, counts."""
    columns = {own.column for own in candidates if own.before.text.strip().isdecimal()}
    return {
        column
        for column in columns
        if all(
            line.text.strip().isdecimal()
            for lines in list_column_lines(segmented, column)
            for line in lines
        )
    }


def _weigh_brackets(
    segmented: Segmented, ends: Mapping[ColumnKey, Mapping[str, float]]
) -> dict[ColumnKey, float]:
    """The log-odds of each column that its author sets what is in brackets on its own line.

    Where brackets stand behind their words, he does not; nor where none that begins a line had room
    on the line above it.

    Args:
        ends: Of each column the lines that brackets begin, and what the widths say of these.
    """
    return {
        column: log(_BELOW / (_BEHIND + _count_brackets(list_column_lines(segmented, column))))
        + sum(odds.values())
        for column, odds in ends.items()
    }


def _count_brackets(fields: Sequence[Sequence[Line]]) -> int:
    """How many lines have brackets behind a word."""
    return sum(bool(_WITH_BRACKETS.fullmatch(line.text)) for field in fields for line in field)


def _is_inside_place(candidate: Candidate) -> bool:
    """Whether a full line ends inside the number of a document's part: 第７章　７ / （３）."""
    before, after = candidate.before.text.strip(), candidate.after.text.strip()
    numbered = _PART_OF_NUMBER.search(fold_width(before))
    return numbered is not None and _NUMBER_GOES_ON.match(fold_width(after)) is not None


def _is_inside_number(candidate: Candidate, fit: Fit) -> bool:
    """Whether two lines are a number: 意見 | 1, 10- | 1; or figures without room: 1 | 2, 10 | 1."""
    before, after = fold(candidate.before.text), fold(candidate.after.text)
    is_last = fit.odds < 0 and len(after) == 1 and (before + after).isdecimal()
    return bool(_NUMBER.fullmatch(before + after)) and (is_last or not _NUMBER.fullmatch(before))


def _weigh_space(candidate: Candidate, fit: Fit) -> float:
    """Take back what widths say where the space at the line's end had no room.

    It stands behind a mark (第１章 | 計画の), and between the letters of a name (池　田　 | 進).
    Some programs begin the next line with it, where an author's indent would be: 第１章 | 　計画の.
    """
    before, after = candidate.before.text.strip(), candidate.after.text.strip()
    if fit.slack < 0 and is_mark(before) and candidate.after.text[:1].isspace():
        return _INSIDE
    behind_mark = fit.slack < 1 and is_mark(before) and not after.isdigit()
    spread = _SPREAD.fullmatch(before) and _LETTERS.fullmatch(after)
    return min(0.0, -fit.odds) if behind_mark or spread else 0.0


def _is_bracket(candidate: Candidate, segmented: Segmented) -> bool:
    """Whether the next line, or the rest of the field, is in brackets: 遠藤 | （みらい会派）."""
    if not candidate.after.text.lstrip().startswith(BRACKETS):
        return False  # true of most lines
    table, row, column = candidate.field
    lines = segmented.tables[table].rows[row].fields[column].lines[candidate.index + 1 :]
    texts = candidate.after.text.strip(), "".join([line.text for line in lines]).strip()
    # （２） and （p.44） explain nothing: they are marks or the number of a place.
    is_place = is_mark(texts[0]) or is_page_mark(texts[0].strip("（()）"))
    is_name = _DRAFT.fullmatch(texts[0]) is not None or is_place
    is_latin = (candidate.before.text + texts[0]).isascii()  # an English phrase: Group | (Tokyo)
    return not (is_name or is_latin) and any(map(_IN_BRACKETS.fullmatch, texts))


def _is_office_holder(candidate: Candidate) -> bool:
    """Whether the next line is an office and a name, no space before: 組合 | 議長　平井　健."""
    holder = _OFFICE_HOLDER.fullmatch(candidate.after.text.strip())
    return holder is not None and not candidate.before.tail and begins_with_name(holder[1])


def _are_members(candidate: Candidate) -> bool:
    """Whether both lines are a member's name and title, and no space parts them."""
    lines = candidate.before.text.strip(), candidate.after.text.strip()
    return not candidate.before.tail and all(map(_MEMBER.fullmatch, lines))


def _are_offices(candidate: Candidate, segmented: Segmented) -> bool:
    """Whether names of offices of one kind stand on both sides, and no space parts them."""
    before = _OFFICE_NAME.fullmatch(candidate.before.text.strip())
    if before is None or candidate.before.tail:
        return False
    table, row, column = candidate.field
    lines = segmented.tables[table].rows[row].fields[column].lines[candidate.index + 1 :]
    after = _OFFICE_NAME.match("".join([line.text.strip() for line in lines]))
    return after is not None and after[1] == before[1]


def _is_stacked(candidate: Candidate, fit: Fit) -> bool:
    """Whether two lines are a character each, no figures, because no more have room."""
    before, after = candidate.before.text, candidate.after.text
    alone = len(before) == len(after) == 1 and not (before + after).isdigit()
    return alone and fit.ems < _ONE_CHARACTER
