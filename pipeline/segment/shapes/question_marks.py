"""Find labels of questions and answers in running text: 問１ … （答） …, 【意見】 … 【回答】 …"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Line, remove_white_space
from pipeline.segment.rows.row_numbers import read_printed_number
from pipeline.segment.shapes.running_items import Item, read_marked_label
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import (
    LineLabel,
    give_back_list_numbers,
    is_list_of_contents,
    read_card_label,
    read_cell_label,
    read_counted_label,
    read_item_number,
    read_plain_label,
)

_LEAST_PAIRS = 2  # questions with an answer; judgement: one may stand in any letter
_MOSTLY = 0.8  # share of the questions that are answered; judgement: others wait for an answer
_LEAST_CARDS = 3  # judgement: what stands in two texts at the same place may be chance
_BRACKETS = "()[]【】〔〕<>〈〉≪≫《》「」"


class Mark(Struct, frozen=True):
    """A label of a question or an answer."""

    place: int
    """Index of its line, or of the number above it."""
    label: LineLabel
    numbered: bool = False
    """A line above the label counts the records."""


def list_marks(items: Sequence[Item], roles: HeaderRoles) -> list[Mark]:
    """List whatever reads as the label of a question or an answer, in order."""
    marks: list[Mark] = []
    last: dict[bool, tuple[Line, LineLabel]] = {}
    for place, item in enumerate(items):
        if item.line is None:
            continue
        counted = (
            read_counted_label(item.line.text, above.text, label)
            for above, label in last.values()
            if abs(item.line.x0 - above.x0) < item.line.size
        )
        label = next(filter(None, counted), None) or read_marked_label(item.line, roles)
        if label is None and _is_alone(place, items):
            label = read_plain_label(item.line.text, roles)
        if label is not None and not is_list_of_contents(item.line.text):
            marks.append(Mark(place, label))
            last[label.asks] = item.line, label
    return marks


def find_series(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Find the questions of one form that follow each other: Q1 … A1 …, or 問１ … （答）."""
    runs = [list(run) for _, run in groupby(_pair(marks), lambda pair: [*map(_word, pair)])]
    kept = chain(*(run for run in runs if len(run) >= _LEAST_CARDS))
    return [list(chain(*run)) for _, run in groupby(kept, lambda pair: [*map(_word, pair)])]


def find_marks(items: Sequence[Item], roles: HeaderRoles) -> list[Mark]:
    """Find the labels that make questions with answers of running text.

    Args:
        items: The lines and tables in reading order.

    Returns:
        In order, beginning with a question; none where the text is something else.
    """
    marks = list_marks(items, roles)
    marks = _keep_family(marks if any(m.label.asks for m in marks) else _add_items(marks, items))
    marks = _drop_contents(_drop_quoted(marks))
    asked = [i for i, mark in enumerate(marks) if mark.label.asks]
    pairs = sum(i + 1 < len(marks) and not marks[i + 1].label.asks for i in asked)
    if pairs < _LEAST_PAIRS or pairs < _MOSTLY * len(asked):
        return []
    labels = give_back_list_numbers([mark.label for mark in marks])
    marks = [replace(mark, label=own) for mark, own in zip(marks, labels, strict=True) if own]
    return _add_card_labels(_add_numbers(marks, items, roles), items, roles)


def _add_items(marks: Sequence[Mark], items: Sequence[Item]) -> list[Mark]:
    """Add the items of a numbered list that the answers part, where no label names a question.

    １　防災について / … / 【回答】 / … / ２　福祉について. [] where they count no answers.
    """
    found: list[Mark] = []
    start = 0
    common = dict(Counter(map(_word, marks)).most_common(1))  # a title may end in 意見と回答
    answers = [mark for mark in marks if _word(mark) in common]
    for number, answer in enumerate(answers, 1):
        own = [
            Mark(place, label)
            for place in range(start, answer.place)
            if (line := items[place].line) is not None
            and (label := read_item_number(line.text)) is not None
            and label.label.ordinal == number
        ]
        if not own or (found and len(own) > 1):
            return []
        found += (own[-1], answer)
        start = answer.place + 1
    return found if len(answers) >= _LEAST_CARDS else []


def _is_alone(place: int, items: Sequence[Item]) -> bool:
    """Whether nothing stands beside a line: headers of columns (意見, 市の考え方) do."""
    own = items[place]
    near = (other for other in items[max(0, place - 1) : place + 2] if other is not own)
    return own.line is not None and not any(
        other.line is not None
        and (other.page, other.column) == (own.page, own.column)
        and other.line.top < own.line.bottom
        and own.line.top < other.line.bottom
        for other in near
    )


def _add_numbers(marks: Sequence[Mark], items: Sequence[Item], roles: HeaderRoles) -> list[Mark]:
    """Add the lines above the questions if they count them: 意見１ above 【意見の概要】.

    They would be the last lines of the answers before.
    """
    numbered = [
        replace(mark, place=mark.place - 1, numbered=True)
        if mark.label.asks and _is_number(items[mark.place - 1], roles)
        else mark
        for mark in marks
    ]
    found = sum(mark.numbered for mark in numbered)
    asked = sum(mark.label.asks for mark in marks)
    return numbered if found >= _MOSTLY * asked else list(marks)


def _is_number(item: Item, roles: HeaderRoles) -> bool:
    text = remove_white_space(item.line.text) if item.line is not None else ""
    label = read_cell_label(text, roles)
    counts = read_printed_number(text.strip(_BRACKETS)) is not None
    return counts or (label is not None and label.ordinal is not None)


def _add_card_labels(
    marks: Sequence[Mark], items: Sequence[Item], roles: HeaderRoles
) -> list[Mark]:
    """Add the labels that stand once in each card: 【質問者】 above 【質問】, 【答弁者】."""
    asked = [mark.place for mark in marks if mark.label.asks]
    if len(asked) < _LEAST_CARDS:
        return list(marks)
    taken = {place for mark in marks for place in (mark.place, mark.place + mark.numbered)}
    found: dict[str, list[Mark]] = defaultdict(list)
    for place, item in enumerate(items):
        label = read_card_label(item.line.text, roles) if item.line is not None else None
        if label is not None and place not in taken:
            found[label.label.header].append(Mark(place, label))
    own = (mark for group in found.values() if _is_once_a_card(group, asked) for mark in group)
    return sorted([*marks, *own], key=lambda mark: mark.place)


def _is_once_a_card(group: Sequence[Mark], asked: Sequence[int]) -> bool:
    """Whether one label stands between each question and the next, always on the same side."""
    places = [mark.place for mark in group]
    if len(places) != len(asked):
        return False
    order = list(chain(*zip(*sorted((places, list(asked))), strict=True)))
    return order == sorted(order)


def _keep_family(marks: Sequence[Mark]) -> list[Mark]:
    """Keep the labels of the words that mostly follow each other: 問 and 答, Q and A."""
    pairs = Counter((_word(a), _word(b)) for a, b in _pair(marks))
    if not pairs:
        return []
    family = set(pairs.most_common(1)[0][0])
    kept = [mark for mark in marks if _word(mark) in family]
    first = next((i for i, mark in enumerate(kept) if mark.label.asks), len(kept))
    return kept[first:]


def _pair(marks: Sequence[Mark]) -> list[tuple[Mark, Mark]]:
    """Each question with the answer right below it."""
    return [(a, b) for a, b in pairwise(marks) if a.label.asks and not b.label.asks]


def _word(mark: Mark) -> tuple[bool, str, bool]:
    """What labels of one kind share: the side, the word, and whether it has a number."""
    label = mark.label.label
    numbered = mark.label.asks and label.ordinal is not None
    return mark.label.asks, fold(label.header).strip(f"{_BRACKETS}.:"), numbered


def _drop_quoted(marks: Sequence[Mark]) -> list[Mark]:
    """Drop numbered questions that a text only quotes: unanswered, and out of the sequence."""
    kept: list[Mark] = []
    last = 0
    for index, mark in enumerate(marks):
        ordinal = mark.label.label.ordinal
        if mark.label.asks and ordinal is not None:
            answered = index + 1 < len(marks) and not marks[index + 1].label.asks
            if not answered and ordinal not in (last + 1, 1):
                continue
            last = ordinal
        kept.append(mark)
    return kept


def _drop_contents(marks: Sequence[Mark]) -> list[Mark]:
    """Drop the questions of a list of contents: unanswered, before the numbers begin again."""
    kept: list[Mark] = []
    waiting: list[Mark] = []
    for mark in marks:
        ordinal = mark.label.label.ordinal
        if mark.label.asks:
            before = waiting[-1].label.label.ordinal if waiting else None
            if ordinal is not None and before is not None and ordinal <= before:
                waiting = []
            waiting.append(mark)
        else:
            kept += [*waiting, mark]
            waiting = []
    return [*kept, *waiting]
