"""Full or half width: what puts every character of a line where its ink is.

（１） and (1) look alike; what tells them is the room that they take. A character's box reaches
some way to the left and to the right of the middle of its ink, and boxes stand side by side. Of
all ways to read a line the one is taken whose boxes put the ink where it was found (Viterbi).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import exp, log

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.font_metrics import Type
from pipeline.model import Repair
from pipeline.vocabulary.character_widths import (
    EVEN,
    full_form,
    half_form,
    is_bracket,
    is_full,
    is_ideograph,
    is_kana,
    reaches,
)

_OPENING = frozenset("（［｛")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}

# Distances in em.
_NOISE = 0.07  # standard deviation of what is measured between two middles (tests' lines)
_LOOSE = 0.12  # the same beside kana of a proportional font, each of which has its own width
_UNEVEN = 0.2  # the same beside Latin letters, where their font is not monospaced
_WORST = 4.0  # standard deviations; what is farther off says nothing: white space, a lost glyph
_NARROWER = 0.55  # width of full-width marks in a proportional font
# Width to height of figures halfway between the widths: below are 0.49-0.56, above 0.59-0.71
# (Gothic and Mincho); of a 4 0.58-0.60 and 0.74-0.77.
_BREADTH, _BREADTH_4 = 0.58, 0.67
_BREADTH_NOISE = 0.03
# Costs, natural logarithms of odds.
_HEARD = 0.1  # share of the model's own opinion that counts: it sees shapes, not the room
_HEARD_BRACKET = 0.3  # the curve of a half-width bracket is another
_LEAST_HEARD = 0.002
_PUNCTUATION = 1.0  # half-width brackets beside Japanese text: one in four
_MIXED = 2.5  # one number or word in both widths
_UNLIKE = 0.5  # a figure and its bracket in different widths: two in five
_TYPED = 2.0  # white space that was typed between two characters
_TYPED_BEHIND = 0.7  # the same behind the number that a line begins with: one in two
_CRAMPED = 4.0  # more ink than half a width holds, or a － that is too short
_DASH = 0.55  # em; - is shorter, － longer
_FITS = 1.08  # of a half width; what is wider is no ink of a half-width mark
_TOLD = ":?!"  # what full- and half-width forms of these take differs by little, or not at all
_WIDE = frozenset("%@&")  # wider than half an em in most Latin fonts
_BROAD = frozenset("％＠＆＜＞")  # and in full width hardly narrowed
_BROAD_HALF = 0.8
_SPACES = (0.0, 0.3, 0.5, 1.0)  # em; the second in proportional fonts only
_HALF_FIGURE = 0.3  # where nothing tells, figures are of half width
_LONE = 1.2  # but a number of one figure is of full width: five in six in real annexes
_ANGLED = 2.0  # < and > for ＜ and ＞: one in nine
_BEARING = 0.04  # em of white before the ink of a line that begins with kanji or kana
_MOST_LEAN = 2.0  # what other lines say is never worth more
_FADING = 0.6  # what a line says is worth to the next
_REACH = 6  # lines
_ROOMY = 2.5  # a figure of a whole em in a proportional font: one in twelve


def settle_widths(
    lines: Sequence[Sequence[Character]], types: Sequence[Type]
) -> list[list[Character]]:
    """Give each character of a page that has two forms the one whose room it takes."""
    leaning = _lean(lines, types)
    return [_settled(line, kind) for line, kind in zip(lines, leaning, strict=True)]


def _lean(lines: Sequence[Sequence[Character]], types: Sequence[Type]) -> list[Type]:
    """The types of lines whose figures may be either, each with what the lines around show.

    An author writes the figures of one text in one width, mostly.
    """
    if not any(kind.figures for kind in types):
        return list(types)
    odds = [_figure_odds(line, kind) for line, kind in zip(lines, types, strict=True)]
    return [
        replace(kind, lean=max(-_MOST_LEAN, min(_MOST_LEAN, _around(odds, index))))
        # A number alone is not of the text beside it, and does not tell the size of its type.
        if any(_is_japanese(character.text) for character in line)
        else replace(kind, figures=None)
        for index, (line, kind) in enumerate(zip(lines, types, strict=True))
    ]


def _around(odds: Sequence[float], index: int) -> float:
    near = range(max(0, index - _REACH), min(len(odds), index + _REACH + 1))
    return sum(odds[i] * _FADING ** max(abs(i - index), 1) for i in near)


def _figure_odds(line: Sequence[Character], kind: Type) -> float:
    """Log-odds that all figures of a line are of full width."""
    forms = [_forms(character) for character in line]
    figures = [i for i, form in enumerate(forms) if form[-1].isascii() and form[-1].isdigit()]
    if not figures:
        return 0.0
    full, half = (_least(line, _tied(forms, figures, way), kind) for way in (0, 1))
    return max(-_WORST, min(_WORST, half - full))


def _settled(line: Sequence[Character], kind: Type) -> list[Character]:
    forms = [_forms(character) for character in line]
    costs = _costs(line, forms, kind)
    chosen = [form[cost.index(min(cost))] for form, cost in zip(forms, costs, strict=True)]
    odds = [max(cost) - min(cost) for cost in costs]
    for pair in _pairs(chosen):
        if chosen[pair[0]].isascii() != chosen[pair[1]].isascii():
            full, half = (_least(line, _tied(forms, pair, way), kind) for way in (0, 1))
            for place in pair:
                chosen[place] = forms[place][int(half < full)]
                odds[place] = abs(full - half)
    return [
        _as_form(character, form, own)
        for character, form, own in zip(line, chosen, odds, strict=True)
    ]


def _tied(
    forms: Sequence[tuple[str, ...]], places: Sequence[int], way: int
) -> list[tuple[str, ...]]:
    """The forms, those of some places limited to the full (0) or the half ones (1)."""
    return [form[way : way + 1] if i in places else form for i, form in enumerate(forms)]


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


def _least(line: Sequence[Character], forms: Sequence[tuple[str, ...]], kind: Type) -> float:
    """What speaks against the forms that fit best together."""
    return min(_costs(line, forms, kind)[0])


def _costs(
    line: Sequence[Character], forms: Sequence[tuple[str, ...]], kind: Type
) -> list[list[float]]:
    """For each form of each character what speaks against the best line that has it there."""
    own = [[_own_cost(line, i, form, kind) for form in forms[i]] for i in range(len(line))]
    joints = [
        [
            [_pair_cost(line, i, before, after, kind) for after in forms[i]]
            for before in forms[i - 1]
        ]
        for i in range(1, len(line))
    ]
    ahead = own[:1]
    for joint, costs in zip(joints, own[1:], strict=True):
        ahead.append(
            [
                cost + min(way + step[j] for way, step in zip(ahead[-1], joint, strict=True))
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


def _forms(character: Character) -> tuple[str, ...]:
    full, half = full_form(character.text), half_form(character.text)
    return (full, half) if full and half else (character.text,)


def _own_cost(line: Sequence[Character], index: int, form: str, kind: Type) -> float:
    """What speaks against a form of a character, but for its room."""
    character = line[index]
    if full_form(form) is None:
        return 0.0
    bracket = form in _BRACKETS or form in _BRACKETS.values()
    if kind.is_proportional and form.isdigit():
        odds = kind.figures.odds(character, kind.em) + kind.lean if kind.figures else 0.0
        told = kind.figures is not None and kind.figures.know(character)
        usual = _LONE if _is_lone(line, index) and not told else -_HALF_FIGURE
        return 0.0 if form.isascii() else -usual - odds
    heard = _HEARD_BRACKET if is_bracket(form) else _HEARD
    cost = -heard * log(max(character.probability_of(form), _LEAST_HEARD))
    monospaced = kind.half <= EVEN and not kind.is_proportional
    if form.isdigit() and not form.isascii() and monospaced:
        cost -= _breadth_odds(character)
    if index == 0 and kind.margin is not None and full_form(form) in _OPENING:
        cost += _start_cost(character, form, kind)
    if form in "<>":
        cost += _ANGLED
    if form == "－" and character.x1 - character.x0 < _DASH * kind.em:
        cost += _CRAMPED
    if form.isascii() and not form.isalnum():
        beside = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
        if bracket or form in _TOLD:
            cost += _PUNCTUATION * any(map(_is_japanese, beside))
            cost += _PUNCTUATION * kind.is_proportional
        if form not in _WIDE and character.x1 - character.x0 > _FITS * kind.half * kind.em:
            cost += _CRAMPED
    return cost


def _is_lone(line: Sequence[Character], index: int) -> bool:
    """Whether a figure is all of a number in Japanese text: many type it full, longer ones half.

    Numbers that a line begins with are as often of half width.
    """
    beside = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
    return index > 0 and not any(map(_is_written, beside)) and _is_japanese(beside[0])


def _start_cost(character: Character, form: str, kind: Type) -> float:
    """What speaks against a form of a line's first bracket: a half one stands at the margin."""
    indent = (character.middle - (kind.margin or 0.0)) / kind.em - room(form, kind)[0] + _BEARING
    return min(
        min(abs(indent - space) / _NOISE, _WORST) ** 2 / 2 + _TYPED * (space > 0)
        for space in _SPACES
    )


def _breadth_odds(character: Character) -> float:
    """Log-odds that a figure is too broad for half an em; where half an em is what it has."""
    figure, height = half_form(character.text), character.bottom - character.top
    if figure == "1" or height <= 0:  # as narrow in both
        return 0.0
    breadth = (character.x1 - character.x0) / height
    odds = (breadth - (_BREADTH_4 if figure == "4" else _BREADTH)) / _BREADTH_NOISE
    return max(-_MOST_LEAN, min(_MOST_LEAN, odds))


def _is_japanese(text: str) -> bool:
    return is_ideograph(text) or is_kana(text)


def _pair_cost(line: Sequence[Character], index: int, before: str, after: str, kind: Type) -> float:
    """What speaks against two forms side by side: where their ink is, and one of each width."""
    step = (line[index].middle - line[index - 1].middle) / kind.em
    reaches = [
        (one[1] + other[0], cost + other_cost)
        for one, cost in _rooms(before, kind)
        for other, other_cost in _rooms(after, kind)
    ]
    noise = _NOISE
    if kind.is_proportional and not all(map(_is_square, (before, after))):
        noise = _LOOSE
    if kind.half > EVEN and any(map(_is_latin, (before, after))):
        noise = _UNEVEN
    heading = all(_is_written(character.text) for character in line[:index])
    typed = _TYPED_BEHIND if heading else _TYPED
    fits = (
        min(abs(step - reach - space) / noise, _WORST) ** 2 / 2 + typed * (space > 0) + cost
        for space in _SPACES
        if space != _SPACES[1] or kind.is_proportional
        for reach, cost in reaches
    )
    mixed = _is_written(before) + _is_written(after) == 3
    held = is_bracket(before) != is_bracket(after) and _is_figure(before) != _is_figure(after)
    unlike = held and before.isascii() != after.isascii()
    return min(fits) + _MIXED * mixed + _UNLIKE * unlike


def _is_square(form: str) -> bool:
    return is_ideograph(form) or form.isalnum()


def _is_latin(form: str) -> bool:
    """Whether a form is one whose width differs from font to font: W, i, @."""
    return form.isascii() and (form.isalpha() or form in _WIDE)


def _is_figure(form: str) -> bool:
    return form.isdigit() and full_form(form) is not None


def _is_written(form: str) -> int:
    """1 for a letter, figure or point of full width, 2 for one of half width, 0 for all else."""
    half = half_form(form)
    if half is None or not (half.isalnum() or half in ".,/@_&-:"):
        return 0
    return 2 if form.isascii() else 1


def _rooms(form: str, kind: Type) -> Iterator[tuple[tuple[float, float], float]]:
    """The rooms that a form may take, and what speaks against each.

    Most proportional fonts narrow full-width figures and letters too.
    """
    narrowed = kind.is_proportional and is_full(form) and form.isalnum()
    yield room(form, kind), _ROOMY if narrowed else 0.0
    if narrowed:
        yield (kind.half / 2, kind.half / 2), 0.0


def room(form: str, kind: Type) -> tuple[float, float]:
    """How far a character's box reaches to both sides of the middle of its ink, in em."""
    full, half = 1.0, kind.half
    if kind.is_proportional and form not in _BROAD and not _is_square(form):
        full = kind.kana if is_kana(form) else _NARROWER
    if form in _WIDE and kind.half > EVEN:
        half = _BROAD_HALF
    return reaches(form, full, half)


def _as_form(character: Character, form: str, odds: float) -> Character:
    """A character in the form that log-odds speak for."""
    full, half = full_form(form), half_form(form)
    if not (full and half):
        return character
    seen = max(
        character.confidence, character.probability_of(full) + character.probability_of(half)
    )
    confidence = min(seen, 1.0) / (1 + exp(-odds))
    if form == character.text:
        return replace(character, confidence=confidence)
    return replace(
        character,
        text=form,
        confidence=confidence,
        others=((character.text, character.confidence), *character.others),
        repairs=(*character.repairs, Repair("width", character.text, form)),
    )
