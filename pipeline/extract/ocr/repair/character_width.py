"""Choose full or half width for each character of a line, such that the line is consistent.

The recogniser tells （１） from (1) by shape and by room, but it looks at one character at a time.
An author writes one number in one width, and both brackets of a pair. Of all readings of a line,
the likeliest wins (Viterbi).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.model import Repair
from pipeline.model.log_odds import probability
from pipeline.vocabulary.character_widths import (
    full_form,
    half_form,
    is_bracket,
    is_ideograph,
    is_kana,
)
from pipeline.vocabulary.punctuation import CLOSING, OPENING, STOPS

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_SET_TIGHT = frozenset(mark for mark in OPENING | CLOSING | STOPS if not mark.isascii())
_SIMILAR = ":?!"  # as brackets, their two forms differ little
# Costs are natural logarithms of odds.
# Weight of the recogniser's probability; measured: on 2,700 characters of scans, 0.6-0.8 is best.
_WEIGHT = 0.7
_MIN_PROBABILITY = 1e-4  # judgement: probability of a form that the recogniser did not offer
_HALF_PUNCTUATION = 2.0  # of a half-width bracket beside Japanese; measured: on the same scans
_FULL_DIGIT = 0.3  # cost of full-width digits; judgement: without evidence, digits have half width
_MIXED = 2.0  # cost; judgement: one number or word rarely has both widths
_UNLIKE_PAIR = 3.0  # cost; judgement: authors type one pair of brackets in twenty in two widths
_PLAY = 0.08  # em; measured: of 0.04-0.1, on ten scans, the fewest widths are wrong
_MOST = 4.0  # cost; judgement: characters that touch are no proof
_FEW = 0.2  # other lines; judgement: one that begins there is more than chance
_UNLIKE = 1.0  # cost; judgement: a digit and its bracket differ in width in one of four cases

_Costs = NDArray[np.float64]
"""Of the forms of a character."""


def choose_widths(
    line: Sequence[Character], metrics: TypeMetrics, begins: NDArray[np.float64]
) -> list[Character]:
    """Choose the form of each character that has a full and a half width; others stay.

    `begins`: where other lines begin on the page, in pixels from this one's picture.
    """
    forms = [_list_forms(character) for character in line]
    costs = _find_form_costs(line, forms, metrics, begins)
    for first, last in _match_brackets(line):
        opening, closing = costs[first], costs[last]
        costs[first], costs[last] = _pair(opening, closing), _pair(closing, opening)
    return [
        _set_width(character, float(cost[-1] - cost[0])) if len(cost) > 1 else character
        for character, cost in zip(line, costs, strict=True)
    ]


def _list_forms(character: Character) -> tuple[str, ...]:
    full, half = full_form(character.text), half_form(character.text)
    return (full, half) if full and half else (character.text,)


def _match_brackets(line: Sequence[Character]) -> Iterator[tuple[int, int]]:
    """Yield the indices of matching brackets, whatever their widths."""
    opened: list[int] = []
    for index, character in enumerate(line):
        half = half_form(character.text)
        if half in _BRACKETS:
            opened.append(index)
        elif opened and half in _BRACKETS.values():
            first = opened.pop()
            if _BRACKETS[half_form(line[first].text) or ""] == half:
                yield first, index


def _pair(own: _Costs, other: _Costs) -> _Costs:
    """The costs of the forms of a bracket together with the better form of its partner."""
    beside = other + _UNLIKE_PAIR * (1 - np.eye(len(own)))
    return np.asarray(own + beside.min(axis=1))


def _find_form_costs(
    line: Sequence[Character],
    forms: Sequence[tuple[str, ...]],
    metrics: TypeMetrics,
    begins: NDArray[np.float64],
) -> list[_Costs]:
    """For each form of each character, the cost of the best line that contains it (Viterbi)."""
    own = [np.array([_form_cost(line, i, form) for form in given]) for i, given in enumerate(forms)]
    if line and not metrics.is_proportional:
        own[0] += [_begin_cost(line[0], form, metrics, begins) for form in forms[0]]
    pairs = [
        np.array(
            [[_pair_cost(a, b) + _overlap_cost(*two, a, b, metrics) for b in after] for a in before]
        )
        for two, (before, after) in zip(pairwise(line), pairwise(forms), strict=True)
    ]
    ahead = _sweep(own, pairs)
    back = _sweep(own[::-1], [pair.T for pair in pairs[::-1]])[::-1]
    return [one + other - cost for one, other, cost in zip(ahead, back, own, strict=True)]


def _sweep(own: Sequence[_Costs], pairs: Sequence[NDArray[np.float64]]) -> list[_Costs]:
    """The costs of the best paths to each form, from one end of the line."""
    paths = [*own[:1]]
    for cost, pair in zip(own[1:], pairs, strict=True):
        paths.append(cost + (paths[-1][:, None] + pair).min(axis=0))
    return paths


def _overlap_cost(
    one: Character, other: Character, form: str, after: str, metrics: TypeMetrics
) -> float:
    """The cost of two forms whose boxes would overlap where the characters stand.

    Programs take the white between ） and 」 away, so their room says nothing.
    """
    if metrics.is_proportional or (form in _SET_TIGHT and after in _SET_TIGHT):
        return 0.0
    room = (other.middle - one.middle) / metrics.em
    reach = metrics.find_reach(form)[1] + metrics.find_reach(after)[0]
    return min((max(reach - room, 0.0) / _PLAY) ** 2 / 2, _MOST)


def _begin_cost(
    first: Character, form: str, metrics: TypeMetrics, begins: NDArray[np.float64]
) -> float:
    """The cost of a form whose box begins where few other lines do, as those of its column."""
    off = (begins - first.middle) / metrics.em + metrics.find_reach(form)[0]
    return -log(float(np.exp(-((off / _PLAY) ** 2) / 2).sum()) + _FEW)


def _form_cost(line: Sequence[Character], index: int, form: str) -> float:
    """The cost of a form by itself."""
    if full_form(form) is None:
        return 0.0
    cost = -_WEIGHT * log(max(line[index].probability_of(form), _MIN_PROBABILITY))
    if form.isdigit() and not form.isascii():
        cost += _FULL_DIGIT
    if form in _BRACKETS or form in _BRACKETS.values() or form in _SIMILAR:
        neighbours = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
        cost += _HALF_PUNCTUATION * any(is_ideograph(text) or is_kana(text) for text in neighbours)
    return cost


def _pair_cost(one: str, other: str) -> float:
    """The cost of two forms side by side: different widths in a number, or at its bracket.

    A colon belongs to what stands before it: 目標値：12 is no number of two widths.
    """
    if one.isascii() == other.isascii():
        return 0.0
    bracketed = is_bracket(one) != is_bracket(other) and _is_digit(one) != _is_digit(other)
    written = _is_written(one) and one not in ":：" and _is_written(other)
    return _MIXED * written + _UNLIKE * bracketed


def _is_digit(form: str) -> bool:
    return form.isdigit() and full_form(form) is not None


def _is_written(form: str) -> bool:
    """Whether a form is a letter, a digit or a mark of a number."""
    half = half_form(form)
    return half is not None and (half.isalnum() or half in ".,/@_&-:")


def _set_width(character: Character, odds: float) -> Character:
    """Set the width of a character and the probabilities of both, by the log-odds of full width."""
    full, half = _list_forms(character)
    form, other = (full, half) if odds > 0 else (half, full)
    either = character.probability_of(full) + character.probability_of(half)
    confidence = min(either, 1.0) * probability(abs(odds))
    rest = [pair for pair in character.others if pair[0] not in (full, half)]
    others = sorted([(other, min(either, 1.0) - confidence), *rest], key=lambda pair: -pair[1])
    changed = (Repair("width", character.text, form),) if form != character.text else ()
    return replace(
        character,
        text=form,
        confidence=confidence,
        others=tuple(others),
        repairs=(*character.repairs, *changed),
    )
