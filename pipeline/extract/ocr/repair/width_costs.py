"""The costs of full and half width: of one form alone, and of two forms side by side."""

from collections.abc import Iterator, Sequence
from math import log

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.box_extent import WIDE_MARKS, find_box_extent, is_square
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.vocabulary.character_widths import (
    EVEN,
    full_form,
    half_form,
    is_bracket,
    is_full,
    is_ideograph,
    is_kana,
)

_OPENING = frozenset("（［｛")
BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
# Standard deviation of the distance between two middles, in em; measured: on the lines of the
# tests.
_NOISE = 0.07
# The same beside kana of a proportional font, in em; judgement: each kana has its own width.
_NOISE_PROPORTIONAL = 0.12
# The same beside Latin letters of a font that is not monospaced, in em; judgement: the widths of
# letters differ even more.
_NOISE_LATIN = 0.2
# Standard deviations; judgement: larger deviations show nothing: white space, a lost glyph.
_MAX_DEVIATION = 4.0
# Width to height of digits, halfway between half and full width; measured: on Gothic and Mincho
# fonts, 0.49-0.56 in half and 0.59-0.71 in full width.
_DIGIT_ASPECT = 0.58
# The same for a 4; measured: on Gothic and Mincho fonts, 0.58-0.60 and 0.74-0.77.
_DIGIT_ASPECT_4 = 0.67
_MAX_ASPECT_ODDS = 2.0  # log-odds; judgement: the shape of one digit never counts for more
_ASPECT_NOISE = 0.03  # width to height; judgement: the spread within one width in these fonts
# Costs are natural logarithms of odds.
# Weight of the model's own probability; judgement: low, since it sees shapes and not the space.
_MODEL_WEIGHT = 0.1
# The same for brackets; judgement: higher, since a half-width bracket has another curve.
_MODEL_WEIGHT_BRACKET = 0.3
_MIN_PROBABILITY = 0.002  # judgement: probability of a form that the model did not offer
# Cost of half-width brackets beside Japanese text; judgement: one in four is of half width.
_HALF_PUNCTUATION = 1.0
_MIXED = 2.5  # cost; judgement: one number or word rarely has both widths
_UNLIKE = 0.5  # cost; judgement: a digit and its bracket differ in width in two of five cases
_SPACE_COST = 2.0  # cost; judgement: white space between two characters is rarely typed
# Cost behind the number that a line begins with; judgement: one of two is followed by a space.
_SPACE_COST_BEHIND_NUMBER = 0.7
# Cost; judgement: high for more ink than a half width holds, or for a － that is too short.
_CRAMPED = 4.0
_DASH = 0.55  # em; judgement: a - is shorter, a － longer
_MAX_HALF_INK = 1.08  # half widths; judgement: the ink of a half-width mark is not wider
_SIMILAR = ":?!"  # the space of their full- and half-width forms differs little, or not at all
# em; judgement: no space, a plain space of a proportional and of another font, an ideographic one.
_SPACES = (0.0, 0.3, 0.5, 1.0)
_PROPORTIONAL_SPACE = 0.3  # em; judgement: this space occurs in proportional fonts only
# Cost of full-width digits; judgement: without evidence, digits have half width.
_FULL_DIGIT = 0.3
# Log-odds that a number of one digit has full width; measured: on the real annexes, it has in five
# of six cases.
_LONE_DIGIT = 1.2
_ANGLE_BRACKET = 2.0  # cost; judgement: one in nine is < or > instead of ＜ or ＞
# em; judgement: the white before the ink of a line that begins with kanji or kana.
_SIDE_BEARING = 0.04
# Cost; judgement: one in twelve digits of a proportional font takes a whole em.
_WHOLE_EM_DIGIT = 2.5


def form_cost(line: Sequence[Character], index: int, form: str, metrics: TypeMetrics) -> float:
    """The cost of a form by itself, without the space that it takes."""
    character = line[index]
    if full_form(form) is None:
        return 0.0
    if metrics.is_proportional and form.isdigit():
        return 0.0 if form.isascii() else _find_full_digit_cost(line, index, metrics)
    weight = _MODEL_WEIGHT_BRACKET if is_bracket(form) else _MODEL_WEIGHT
    cost = -weight * log(max(character.probability_of(form), _MIN_PROBABILITY))
    monospaced = metrics.half <= EVEN and not metrics.is_proportional
    if form.isdigit() and not form.isascii() and monospaced:
        cost -= _measure_aspect_odds(character)
    if index == 0 and metrics.margin is not None and full_form(form) in _OPENING:
        cost += _start_cost(character, form, metrics)
    if form in "<>":
        cost += _ANGLE_BRACKET
    if form == "－" and character.x1 - character.x0 < _DASH * metrics.em:
        cost += _CRAMPED
    if form.isascii() and not form.isalnum():
        return _add_half_mark_costs(cost, line, index, form, metrics)
    return cost


def _find_full_digit_cost(line: Sequence[Character], index: int, metrics: TypeMetrics) -> float:
    """The cost of a full-width digit in a proportional font."""
    odds, is_known = 0.0, False
    if metrics.digits:
        odds = metrics.digits.odds(line[index], metrics.em) + metrics.full_width_prior
        is_known = metrics.digits.distinguishes(line[index])
    usual = _LONE_DIGIT if _is_lone_digit(line, index) and not is_known else -_FULL_DIGIT
    return -usual - odds


def _add_half_mark_costs(
    cost: float, line: Sequence[Character], index: int, form: str, metrics: TypeMetrics
) -> float:
    """Add the costs of a half-width mark: Japanese neighbours, and ink too wide for it."""
    width = line[index].x1 - line[index].x0
    if form in BRACKETS or form in BRACKETS.values() or form in _SIMILAR:
        neighbours = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
        cost += _HALF_PUNCTUATION * any(map(is_japanese, neighbours))
        cost += _HALF_PUNCTUATION * metrics.is_proportional
    if form not in WIDE_MARKS and width > _MAX_HALF_INK * metrics.half * metrics.em:
        cost += _CRAMPED
    return cost


def _is_lone_digit(line: Sequence[Character], index: int) -> bool:
    """Whether a digit is a whole number inside Japanese text.

    Many authors type such a digit in full width, but longer numbers in half width. A number at the
    start of a line is as often of half width, so it does not count.
    """
    neighbours = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
    return index > 0 and not any(map(_is_written, neighbours)) and is_japanese(neighbours[0])


def _start_cost(character: Character, form: str, metrics: TypeMetrics) -> float:
    """The cost of a form of a line's first bracket: a half-width bracket stands at the margin."""
    indent = (
        (character.middle - (metrics.margin or 0.0)) / metrics.em
        - find_box_extent(form, metrics)[0]
        + _SIDE_BEARING
    )
    return min(
        min(abs(indent - space) / _NOISE, _MAX_DEVIATION) ** 2 / 2 + _SPACE_COST * (space > 0)
        for space in _SPACES
    )


def _measure_aspect_odds(character: Character) -> float:
    """The log-odds that a digit is too broad for half an em, in a monospaced font."""
    digit, height = half_form(character.text), character.bottom - character.top
    if digit == "1" or height <= 0:  # a 1 is equally narrow in both widths
        return 0.0
    aspect = (character.x1 - character.x0) / height
    odds = (aspect - (_DIGIT_ASPECT_4 if digit == "4" else _DIGIT_ASPECT)) / _ASPECT_NOISE
    return max(-_MAX_ASPECT_ODDS, min(_MAX_ASPECT_ODDS, odds))


def is_japanese(text: str) -> bool:
    """Whether a character is a kanji or a kana."""
    return is_ideograph(text) or is_kana(text)


def pair_cost(
    line: Sequence[Character], index: int, before: str, after: str, metrics: TypeMetrics
) -> float:
    """The cost of two forms side by side: the position of their ink, and different widths."""
    step = (line[index].middle - line[index - 1].middle) / metrics.em
    extents = [
        (one[1] + other[0], cost + other_cost)
        for one, cost in _list_extents(before, metrics)
        for other, other_cost in _list_extents(after, metrics)
    ]
    noise = _NOISE
    if metrics.is_proportional and not all(map(is_square, (before, after))):
        noise = _NOISE_PROPORTIONAL
    if metrics.half > EVEN and any(map(_is_latin, (before, after))):
        noise = _NOISE_LATIN
    is_after_number = all(_is_written(character.text) for character in line[:index])
    typed = _SPACE_COST_BEHIND_NUMBER if is_after_number else _SPACE_COST
    fits = (
        min(abs(step - reach - space) / noise, _MAX_DEVIATION) ** 2 / 2 + typed * (space > 0) + cost
        for space in _SPACES
        if space != _PROPORTIONAL_SPACE or metrics.is_proportional
        for reach, cost in extents
    )
    mixed = _is_written(before) + _is_written(after) == 3
    is_bracketed_digit = is_bracket(before) != is_bracket(after) and _is_digit(before) != _is_digit(
        after
    )
    unlike = is_bracketed_digit and before.isascii() != after.isascii()
    return min(fits) + _MIXED * mixed + _UNLIKE * unlike


def _is_latin(form: str) -> bool:
    """Whether the width of a form differs from font to font: W, i, @."""
    return form.isascii() and (form.isalpha() or form in WIDE_MARKS)


def _is_digit(form: str) -> bool:
    return form.isdigit() and full_form(form) is not None


def _is_written(form: str) -> int:
    """1 for a full-width letter, digit or mark of a number, 2 for a half-width one, otherwise 0."""
    half = half_form(form)
    if half is None or not (half.isalnum() or half in ".,/@_&-:"):
        return 0
    return 2 if form.isascii() else 1


def _list_extents(form: str, metrics: TypeMetrics) -> Iterator[tuple[tuple[float, float], float]]:
    """Yield the extents that the box of a form may have, and the cost of each.

    Most proportional fonts also narrow full-width digits and letters.
    """
    narrowed = metrics.is_proportional and is_full(form) and form.isalnum()
    yield find_box_extent(form, metrics), _WHOLE_EM_DIGIT if narrowed else 0.0
    if narrowed:
        yield (metrics.half / 2, metrics.half / 2), 0.0
