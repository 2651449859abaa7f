"""Distinguish the full-width from the half-width digits of a proportional font by their shapes.

In a proportional font ３ takes about as much space as 3, so the space shows nothing. But half-width
digits are designed for columns: all are equally wide, and a 1 is drawn wide to fill its space.
Full-width digits are not. If the 1s of a page come in two widths, the page has both sets of digits.
The digits beside a narrow 1 then show what the other digits of its set look like.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import hypot
from statistics import fmean, median

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.vocabulary.character_widths import half_form

# em between the mean wide 1 and the mean narrow 1; judgement: half of the difference in fonts,
# which is 0.055-0.08.
_MIN_DIFFERENCE = 0.03
_ONE = (0.16, 0.36)  # em; judgement: widths that a 1 can have; narrower ink is I or l
# Standard deviation of an ink's width or height from printing, in em; measured: on the lines of the
# tests.
_PRINT_NOISE = 0.01
# The same from scanning, in pixels; measured: on the lines of the tests.
_SCAN_NOISE = 0.25
_MAX_ODDS = 3.0  # log-odds; judgement: one digit alone is never more evidence than 20 to 1
# Width to height of a 1; measured: on Gothic and Mincho fonts, it is 0.25-0.36 in full width and
# 0.38-0.5 in the half-width digits of a proportional font, except in 1-bit scans.
_ONE_ASPECT = 0.368
# em by which 1s stand closer than other digits; measured: on Gothic and Mincho fonts, full-width 1s
# stand closer by 0.04-0.08, half-width 1s do not.
_ONE_CLOSENESS = 0.025
_MIN_ONES = 3  # ones; judgement: fewer may all be something else
_MAX_ONE_SIDED = 1.0  # log-odds; judgement: weaker evidence, if only one of two shapes is known
_LEARNABLE = 2.0  # log-odds from which a number is used to learn; judgement: 7 to 1
_ROUNDS = 3  # judgement: enough for the two sets to settle

Shape = tuple[float, float]
"""Width and height of a digit's ink, in em."""


@dataclass(frozen=True, slots=True)
class DigitShapes:
    """The shapes of a page's digits in full and half width: digit (0-9) → shape."""

    full: Mapping[str, Shape]
    half: Mapping[str, Shape]
    prior: float = 0.0
    """Log-odds that the page's digits have full width, if all its 1s are alike."""

    def distinguishes(self, character: Character) -> bool:
        """Whether the page shows both shapes of a digit."""
        digit = _to_digit(character)
        return digit in self.full and digit in self.half

    def odds(self, character: Character, em: float) -> float:
        """The log-odds that a digit has full width; 0 if the page does not show it.

        Args:
            character: The digit.
            em: The size of its type, in pixels.
        """
        digit, shape = _to_digit(character), _measure_shape(character, em)
        full, half = self.full.get(digit), self.half.get(digit)
        if full is not None and half is not None:
            return _clip(_distance(shape, half, em) - _distance(shape, full, em), _MAX_ODDS)
        # Only one of the two is known: a digit of that shape is probably that one.
        if not full and not half:
            return self.prior
        likeness = _MAX_ONE_SIDED - _distance(shape, full or half, em)
        return _clip(likeness if full else -likeness, _MAX_ONE_SIDED)


def _clip(odds: float, most: float) -> float:
    return max(-most, min(most, odds))


def _to_digit(character: Character) -> str:
    """The digit 0-9 of a character in full or half width; "" for all other characters."""
    half = half_form(character.text) or ""
    return half if half.isdigit() else ""


def _measure_shape(character: Character, em: float) -> Shape:
    return (character.x1 - character.x0) / em, (character.bottom - character.top) / em


def _distance(one: Shape, other: Shape | None, em: float) -> float:
    if other is None:
        return 0.0
    noise = hypot(_PRINT_NOISE, _SCAN_NOISE / em)
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) / (2 * noise**2)


_Number = list[tuple[str, Shape]]


def learn_digit_shapes(
    lines: Sequence[Sequence[Character]], ems: Sequence[float]
) -> DigitShapes | None:
    """Learn the shapes of both sets of digits from a page.

    Args:
        lines: The lines as recognised.
        ems: The size of each line's type, in pixels.

    Returns:
        The shapes. If all 1s of the page are alike, only the log-odds that all digits have full
        width, or None if these are not above 0.
    """
    numbers = [
        [(digit, _measure_shape(character, em)) for digit, character in run]
        for line, em in zip(lines, ems, strict=True)
        for run in _find_numbers(line)
    ]
    threshold = _split_ones(
        shape[0] for number in numbers for digit, shape in number if digit == "1"
    )
    if threshold is None:
        prior = max(_odds_of_equal_ones(lines, ems), 0.0)
        return DigitShapes({}, {}, prior) if prior else None
    odds = [_odds_of_ones(number, threshold) for number in numbers]
    em = fmean(ems)
    digits = _average_shapes(numbers, odds)
    for _ in range(_ROUNDS):
        odds = [_odds_of_ones(n, threshold) or _odds_of_shapes(n, digits, em) for n in numbers]
        digits = _average_shapes(numbers, odds)
    return digits


def _odds_of_equal_ones(lines: Sequence[Sequence[Character]], ems: Sequence[float]) -> float:
    """The log-odds from 1s that are all alike: above 0 if they are narrow and stand close."""
    runs = [
        ([digit for digit, _ in run], [character for _, character in run], em)
        for line, em in zip(lines, ems, strict=True)
        for run in _find_numbers(line)
    ]
    beside: list[float] = []
    others: list[float] = []
    for digits, characters, em in runs:
        for pair, (one, other) in zip(pairwise(digits), pairwise(characters), strict=True):
            (beside if "1" in pair else others).append((other.middle - one.middle) / em)
    ones = [c for digits, run, _ in runs for f, c in zip(digits, run, strict=True) if f == "1"]
    if min(len(beside), len(others)) < _MIN_ONES:
        return 0.0
    aspect = fmean((one.x1 - one.x0) / max(one.bottom - one.top, 1.0) for one in ones)
    closer = median(others) - median(beside)
    return (
        _clip((closer - _ONE_CLOSENESS) / _PRINT_NOISE, _LEARNABLE) if aspect < _ONE_ASPECT else 0.0
    )


def _find_numbers(line: Sequence[Character]) -> Iterator[list[tuple[str, Character]]]:
    """Find the numbers of a line: runs of digits."""
    for is_digit, run in groupby(((_to_digit(c), c) for c in line), key=lambda pair: pair[0] != ""):
        if is_digit:
            yield list(run)


def _split_ones(widths: Iterator[float]) -> float | None:
    """The width halfway between narrow and wide 1s; None if there is only one kind."""
    known = sorted(width for width in widths if _ONE[0] < width < _ONE[1])
    parted = [
        (b - a, (a + b) / 2)
        for i, (a, b) in enumerate(pairwise(known), start=1)
        if fmean(known[i:]) - fmean(known[:i]) > _MIN_DIFFERENCE
        and max(known[i - 1] - known[0], known[-1] - known[i]) < b - a
    ]
    return max(parted)[1] if parted else None


def _odds_of_ones(number: _Number, threshold: float) -> float:
    """The log-odds from the 1s of a number: above 0 for full width."""
    votes = [1 if shape[0] < threshold else -1 for digit, shape in number if digit == "1"]
    return _MAX_ODDS * sum(votes)


def _odds_of_shapes(number: _Number, digits: DigitShapes, em: float) -> float:
    odds = 0.0
    for digit, shape in number:
        if digit in digits.full and digit in digits.half:
            odds += _distance(shape, digits.half[digit], em)
            odds -= _distance(shape, digits.full[digit], em)
    return odds


def _average_shapes(numbers: Sequence[_Number], odds: Sequence[float]) -> DigitShapes:
    """The mean shape of each digit, in the numbers whose width is clear."""
    full: dict[str, list[Shape]] = defaultdict(list)
    half: dict[str, list[Shape]] = defaultdict(list)
    for number, own in zip(numbers, odds, strict=True):
        for digit, shape in number:
            if abs(own) > _LEARNABLE:
                (full if own > 0 else half)[digit].append(shape)
    return DigitShapes(_means(full), _means(half))


def _means(shapes: Mapping[str, Sequence[Shape]]) -> dict[str, Shape]:
    return {
        digit: (fmean(shape[0] for shape in own), fmean(shape[1] for shape in own))
        for digit, own in shapes.items()
    }
