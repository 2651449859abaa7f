"""Full or half width: what puts every character of a line where its ink is.

（１） and (1) look alike; what tells them is the room that they take. A character's box reaches
some way to the left and to the right of the middle of its ink, and boxes stand side by side. Of
all ways to read a line the one is taken whose boxes put the ink where it was found (Viterbi).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from statistics import median

from pipeline.extract.scan.characters import Character
from pipeline.model import Repair
from pipeline.vocabulary.widths import (
    EVEN,
    full_form,
    half_form,
    is_bracket,
    is_ideograph,
    is_kana,
    reaches,
)

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}

# Distances in em.
_NOISE = 0.07  # standard deviation of what is measured between two middles (tests' lines)
_LOOSE = 0.12  # the same beside kana of a proportional font, each of which has its own width
_UNEVEN = 0.2  # the same beside Latin letters, where their font is not monospaced
_WORST = 4.0  # standard deviations; what is farther off says nothing: white space, a lost glyph
_PAIRS = 3  # pairs of neighbouring kanji that tell the size of a line's type
_NARROWER = 0.55  # width of full-width marks in a proportional font
_PROPORTIONAL = 0.94  # kana of such fonts stand closer than kanji
_NARROW = (0.4, 0.8)  # two digits so far apart are of half width
_HALF = 0.5  # where none are
# Costs, natural logarithms of odds.
_HEARD = 0.1  # share of the model's own opinion that counts: it sees shapes, not the room
_HEARD_BRACKET = 0.3  # the curve of a half-width bracket is another
_LEAST_HEARD = 0.002
_PUNCTUATION = 1.0  # half-width brackets beside Japanese text: one in four
_MIXED = 2.5  # one number or word in both widths
_TYPED = 2.0  # white space that was typed between two characters
_CRAMPED = 4.0  # more ink than half a width holds
_FITS = 1.08  # of a half width; what is wider is no ink of a half-width mark
_WIDE = frozenset("%@&")  # wider than half an em in most Latin fonts
_SPACES = (0.0, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Type:
    """How a line's type is set."""

    em: float
    """Pixels."""
    kana: float
    """Width of kana, in em: 1 in a font that is not proportional."""
    half: float
    """Width of a half-width digit, in em."""

    @property
    def is_proportional(self) -> bool:
        """Whether full-width characters are of different widths."""
        return self.kana < _PROPORTIONAL


def measure_type(lines: Sequence[Sequence[Character]], sizes: Sequence[float]) -> list[Type]:
    """Measure the type of each line of a page.

    Args:
        lines: As recognised.
        sizes: What the height of their ink says of their type's size, in pixels.
    """
    own = [_pitch(line) for line in lines]
    known = [pitch / size for pitch, size in zip(own, sizes, strict=True) if pitch]
    usual = median(known) if known else 1.0
    ems = [pitch or size * usual for pitch, size in zip(own, sizes, strict=True)]
    kana = [*_steps(lines, ems, is_kana)]
    digits = [s for s in _steps(lines, ems, _is_digit) if _NARROW[0] < s < _NARROW[1]]
    width = min(median(kana), 1.0) if kana else 1.0
    half = median(digits) if digits else _HALF
    return [Type(em, width, half) for em in ems]


def _pitch(line: Sequence[Character]) -> float | None:
    """The distance of neighbouring kanji, in pixels; None where a line has too few."""
    steps = [*_steps([line], [1.0], is_ideograph)]
    return median(steps) if len(steps) >= _PAIRS else None


def _steps(
    lines: Sequence[Sequence[Character]], ems: Sequence[float], kind: Callable[[str], bool]
) -> Iterator[float]:
    """The distances of neighbouring characters of one kind, in em."""
    for line, em in zip(lines, ems, strict=True):
        for one, other in pairwise(line):
            if kind(one.text) and kind(other.text):
                yield (other.middle - one.middle) / em


def _is_digit(text: str) -> bool:
    return text.isascii() and text.isdigit()


def settle_widths(line: Sequence[Character], kind: Type) -> list[Character]:
    """Give each character of a line that has two forms the one whose room it takes."""
    forms = [_forms(character) for character in line]
    chosen, _ = _best(line, forms, kind)
    for first, last in _pairs(chosen):
        if chosen[first].isascii() != chosen[last].isascii():
            tried = [_best(line, _tied(forms, (first, last), way), kind) for way in (0, 1)]
            chosen, _ = min(tried, key=lambda found: found[1])
            way = int(chosen[first].isascii())
            forms = _tied(forms, (first, last), way)
    return [_as_form(character, form) for character, form in zip(line, chosen, strict=True)]


def _tied(
    forms: Sequence[tuple[str, ...]], pair: tuple[int, int], way: int
) -> list[tuple[str, ...]]:
    """The forms, those of two brackets limited to the full (0) or the half ones (1)."""
    return [form[way : way + 1] if i in pair else form for i, form in enumerate(forms)]


def _pairs(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of brackets that close each other, whatever their widths."""
    opened: list[int] = []
    for index, text in enumerate(texts):
        half = half_form(text)
        if half in _BRACKETS:
            opened.append(index)
        elif opened and half in _BRACKETS.values():
            first = opened.pop()
            if _BRACKETS[half_form(texts[first]) or ""] == half:
                yield first, index


def _best(
    line: Sequence[Character], forms: Sequence[tuple[str, ...]], kind: Type
) -> tuple[list[str], float]:
    """The forms that fit best together, and what speaks against them all the same."""
    if not line:
        return [], 0.0
    own = [_own_costs(line, index, forms[index], kind) for index in range(len(line))]
    ways = own[0]
    back: list[list[int]] = []
    for index in range(1, len(line)):
        steps = [
            [
                way + _pair_cost(line, index, before, after, kind)
                for way, before in zip(ways, forms[index - 1], strict=True)
            ]
            for after in forms[index]
        ]
        back.append([step.index(min(step)) for step in steps])
        ways = [min(step) + cost for step, cost in zip(steps, own[index], strict=True)]
    chosen = [ways.index(min(ways))]
    for row in reversed(back):
        chosen.append(row[chosen[-1]])
    return [form[i] for form, i in zip(forms, reversed(chosen), strict=True)], min(ways)


def _forms(character: Character) -> tuple[str, ...]:
    full, half = full_form(character.text), half_form(character.text)
    return (full, half) if full and half else (character.text,)


def _own_costs(
    line: Sequence[Character], index: int, forms: Sequence[str], kind: Type
) -> list[float]:
    """What speaks against each form of a character, but for its room."""
    return [_own_cost(line, index, form, kind) if full_form(form) else 0.0 for form in forms]


def _own_cost(line: Sequence[Character], index: int, form: str, kind: Type) -> float:
    character = line[index]
    bracket = form in _BRACKETS or form in _BRACKETS.values()
    heard = _HEARD_BRACKET if is_bracket(form) else _HEARD
    cost = -heard * log(max(character.chance(form), _LEAST_HEARD))
    if form.isascii() and not form.isalnum():
        beside = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
        if bracket or form == ":":
            cost += _PUNCTUATION * any(map(_is_japanese, beside))
            cost += _PUNCTUATION * kind.is_proportional
        if form not in _WIDE and character.x1 - character.x0 > _FITS * kind.half * kind.em:
            cost += _CRAMPED
    return cost


def _is_japanese(text: str) -> bool:
    return is_ideograph(text) or is_kana(text)


def _pair_cost(line: Sequence[Character], index: int, before: str, after: str, kind: Type) -> float:
    """What speaks against two forms side by side: where their ink is, and one of each width."""
    step = (line[index].middle - line[index - 1].middle) / kind.em
    reach = room(before, kind)[1] + room(after, kind)[0]
    noise = _NOISE
    if kind.is_proportional and not all(map(_is_square, (before, after))):
        noise = _LOOSE
    if kind.half > EVEN and any(map(_is_latin, (before, after))):
        noise = _UNEVEN
    fits = (
        min(abs(step - reach - space) / noise, _WORST) ** 2 / 2 + _TYPED * (space > 0)
        for space in _SPACES
    )
    return min(fits) + _MIXED * (_is_written(before) + _is_written(after) == 3)


def _is_square(form: str) -> bool:
    return is_ideograph(form) or form.isalnum()


def _is_latin(form: str) -> bool:
    """Whether a form is one whose width differs from font to font: W, i, @."""
    return form.isascii() and (form.isalpha() or form in _WIDE)


def _is_written(form: str) -> int:
    """1 for a letter, figure or point of full width, 2 for one of half width, 0 for all else."""
    half = half_form(form)
    if half is None or not (half.isalnum() or half in ".,/@_&-:"):
        return 0
    return 2 if form.isascii() else 1


def room(form: str, kind: Type) -> tuple[float, float]:
    """How far a character's box reaches to both sides of the middle of its ink, in em."""
    full = 1.0
    if kind.is_proportional and not _is_square(form):
        full = kind.kana if is_kana(form) else _NARROWER
    return reaches(form, full, kind.half)


def _as_form(character: Character, form: str) -> Character:
    if form == character.text:
        return character
    receipt = Repair("width", character.text, form)
    return replace(
        character,
        text=form,
        others=((character.text, character.confidence), *character.others),
        repairs=(*character.repairs, receipt),
    )
