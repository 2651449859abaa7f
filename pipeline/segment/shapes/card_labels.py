"""Find the other labels of cards in running text: 【質問者】 above 【質問】, 【答弁者】."""

from collections import defaultdict
from collections.abc import Sequence

from pipeline.segment.shapes.question_marks import Item, Mark
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import read_card_label

_LEAST_CARDS = 3  # judgement: what stands in two texts at the same place may be chance


def add_card_labels(marks: Sequence[Mark], items: Sequence[Item], roles: HeaderRoles) -> list[Mark]:
    """Add the marked labels that stand once in each card, beside those of question and answer.

    Their texts would be the end of the answer before.

    Args:
        marks: The labels of the questions and their answers, in order.
        items: The lines and tables in reading order.
        roles: What headers mean in this annex.
    """
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
    above = places[0] < asked[0]
    both = zip(places, asked, strict=True) if above else zip(asked, places, strict=True)
    order = [place for pair in both for place in pair]
    return order == sorted(order)
