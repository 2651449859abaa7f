"""Choose full or half width for each character so that the boxes of a line match its ink.

（１） and (1) look alike; the space that they take distinguishes them. A character's box extends
some way to the left and to the right of the middle of its ink, and boxes stand side by side. Of
all readings of a line, the one wins whose boxes place the ink where it was found (Viterbi).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.extract.ocr.repair.width_costs import BRACKETS, form_cost, is_japanese, pair_cost
from pipeline.model import Repair
from pipeline.model.log_odds import probability
from pipeline.vocabulary.character_widths import full_form, half_form

_MAX_LINE_ODDS = 4.0  # log-odds; judgement: the evidence of one line never counts for more
_MAX_PRIOR = 2.0  # log-odds; judgement: the evidence of other lines never counts for more
_DECAY = 0.6  # judgement: the share of a line's evidence that counts for the next line
_REACH = 6  # lines; judgement: farther lines are of another text


def choose_widths(
    lines: Sequence[Sequence[Character]], types: Sequence[TypeMetrics]
) -> list[list[Character]]:
    """Choose the form of each character that has a full and a half width, by the space it takes.

    Args:
        lines: The lines of one page.
        types: The metrics of each line's type.

    Returns:
        The lines. Characters that have only one form are unchanged.
    """
    with_prior = _add_prior(lines, types)
    return [_choose_forms(line, metrics) for line, metrics in zip(lines, with_prior, strict=True)]


def _add_prior(
    lines: Sequence[Sequence[Character]], types: Sequence[TypeMetrics]
) -> list[TypeMetrics]:
    """Add the evidence of the lines around to the metrics of lines with ambiguous digits.

    An author mostly writes the digits of one text in one width.
    """
    if not any(metrics.digits for metrics in types):
        return list(types)
    odds = [_measure_line_odds(line, metrics) for line, metrics in zip(lines, types, strict=True)]
    return [
        replace(
            metrics, full_width_prior=max(-_MAX_PRIOR, min(_MAX_PRIOR, _sum_around(odds, index)))
        )
        # A number alone does not belong to the text beside it, nor show the size of its type.
        if any(is_japanese(character.text) for character in line)
        else replace(metrics, digits=None)
        for index, (line, metrics) in enumerate(zip(lines, types, strict=True))
    ]


def _sum_around(odds: Sequence[float], index: int) -> float:
    near = range(max(0, index - _REACH), min(len(odds), index + _REACH + 1))
    return sum(odds[i] * _DECAY ** max(abs(i - index), 1) for i in near)


def _measure_line_odds(line: Sequence[Character], metrics: TypeMetrics) -> float:
    """The log-odds that all digits of a line have full width."""
    forms = [_list_forms(character) for character in line]
    digits = [i for i, form in enumerate(forms) if form[-1].isascii() and form[-1].isdigit()]
    if not digits:
        return 0.0
    full, half = (
        _find_least_cost(line, _limit_forms(forms, digits, form_index), metrics)
        for form_index in (0, 1)
    )
    return max(-_MAX_LINE_ODDS, min(_MAX_LINE_ODDS, half - full))


def _choose_forms(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    forms = [_list_forms(character) for character in line]
    costs = _find_form_costs(line, forms, metrics)
    chosen = [form[cost.index(min(cost))] for form, cost in zip(forms, costs, strict=True)]
    odds = [max(cost) - min(cost) for cost in costs]
    for pair in _match_brackets(chosen):
        if chosen[pair[0]].isascii() != chosen[pair[1]].isascii():
            full, half = (
                _find_least_cost(line, _limit_forms(forms, pair, form_index), metrics)
                for form_index in (0, 1)
            )
            for place in pair:
                chosen[place] = forms[place][int(half < full)]
                odds[place] = abs(full - half)
    return [
        _apply_form(character, form, own)
        for character, form, own in zip(line, chosen, odds, strict=True)
    ]


def _limit_forms(
    forms: Sequence[tuple[str, ...]], places: Sequence[int], form_index: int
) -> list[tuple[str, ...]]:
    """The forms, limited at some indices to the full-width (0) or the half-width form (1)."""
    return [
        form[form_index : form_index + 1] if i in places else form for i, form in enumerate(forms)
    ]


def _match_brackets(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the indices of matching brackets, whatever their widths."""
    opened: list[int] = []
    for index, text in enumerate(texts):
        half = half_form(text)
        if half in BRACKETS:
            opened.append(index)
        elif opened and half in BRACKETS.values():
            first = opened.pop()
            if BRACKETS[half_form(texts[first]) or ""] == half:
                yield first, index


def _find_least_cost(
    line: Sequence[Character], forms: Sequence[tuple[str, ...]], metrics: TypeMetrics
) -> float:
    """The cost of the forms that fit best together."""
    return min(_find_form_costs(line, forms, metrics)[0])


def _find_form_costs(
    line: Sequence[Character], forms: Sequence[tuple[str, ...]], metrics: TypeMetrics
) -> list[list[float]]:
    """For each form of each character, the cost of the best line that contains it (Viterbi)."""
    own = [[form_cost(line, i, form, metrics) for form in forms[i]] for i in range(len(line))]
    joints = [
        [
            [pair_cost(line, i, before, after, metrics) for after in forms[i]]
            for before in forms[i - 1]
        ]
        for i in range(1, len(line))
    ]
    ahead = own[:1]
    for joint, costs in zip(joints, own[1:], strict=True):
        ahead.append(
            [
                cost + min(path + step[j] for path, step in zip(ahead[-1], joint, strict=True))
                for j, cost in enumerate(costs)
            ]
        )
    back = [[0.0] * len(costs) for costs in own]
    for i in range(len(line) - 2, -1, -1):
        back[i] = [
            min(
                step + cost + rest
                for step, cost, rest in zip(steps, own[i + 1], back[i + 1], strict=True)
            )
            for steps in joints[i]
        ]
    return [[a + b for a, b in zip(*both, strict=True)] for both in zip(ahead, back, strict=True)]


def _list_forms(character: Character) -> tuple[str, ...]:
    full, half = full_form(character.text), half_form(character.text)
    return (full, half) if full and half else (character.text,)


def _apply_form(character: Character, form: str, odds: float) -> Character:
    """Set the form of a character, and its confidence from the log-odds of that form."""
    full, half = full_form(form), half_form(form)
    if not (full and half):
        return character
    seen = max(
        character.confidence, character.probability_of(full) + character.probability_of(half)
    )
    confidence = min(seen, 1.0) * probability(odds)
    if form == character.text:
        return replace(character, confidence=confidence)
    return replace(
        character,
        text=form,
        confidence=confidence,
        others=((character.text, character.confidence), *character.others),
        repairs=(*character.repairs, Repair("width", character.text, form)),
    )
