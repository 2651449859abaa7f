"""Two sets of figures in one proportional font, told by what the page shows of them.

In a proportional font ３ takes about as much room as 3, so room tells nothing. But the half-width
figures are made to stand below each other in columns, all equally wide, and a 1 is drawn wide to
fill its place; the full-width ones are not. Where the 1s of a page come in two widths, the page
has both sets. The figures beside a narrow 1 then show what the others of its set look like.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import hypot
from statistics import fmean, median

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.vocabulary.character_widths import half_form

# In em.
_APART = 0.03  # between the usual wide 1 and the usual narrow one (fonts: 0.055-0.08)
_ONE = (0.16, 0.36)  # widths that a 1 can have; what is narrower is I or l
_NOISE = 0.01  # standard deviation of an ink's width or height: of the print, in em,
_BLUR = 0.25  # and of the scan, in pixels (tests' lines)
_WORST = 3.0  # log-odds; one figure alone does not speak louder than 20 to 1
# Width to height of a 1: 0.25-0.36 where it is of full width, 0.38-0.5 in the half-width figures of
# a proportional font (Gothic and Mincho), but in 1-bit scans. Full-width 1s stand closer by
# 0.04-0.08 em than other figures do, half-width ones do not.
_BREADTH = 0.368
_CLOSER = 0.025
_FEW = 3  # ones; fewer may all be something else
_LIKE = 1.0  # log-odds, where only one of two looks is known
_SURE = 2.0  # log-odds from which a number teaches
_ROUNDS = 3

Look = tuple[float, float]
"""Width and height of a figure's ink, in em."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the figures of a page look like: figure → look, full and half width."""

    full: Mapping[str, Look]
    half: Mapping[str, Look]
    usual: float = 0.0
    """Log-odds that the page's figures are of full width, where all its 1s are alike."""

    def know(self, character: Character) -> bool:
        """Whether the page shows both looks of a figure."""
        figure = _figure(character)
        return figure in self.full and figure in self.half

    def odds(self, character: Character, em: float) -> float:
        """Log-odds that a figure is one of full width; 0 where the page does not tell."""
        figure, look = _figure(character), _look(character, em)
        full, half = self.full.get(figure), self.half.get(figure)
        if full is not None and half is not None:
            return _within(_distance(look, half, em) - _distance(look, full, em), _WORST)
        # Only one of the two was seen: what looks like it is it, more likely than not.
        if not full and not half:
            return self.usual
        likeness = _LIKE - _distance(look, full or half, em)
        return _within(likeness if full else -likeness, _LIKE)


def _within(odds: float, most: float) -> float:
    return max(-most, min(most, odds))


def _figure(character: Character) -> str:
    """A figure of either width as 0-9; "" for all else."""
    half = half_form(character.text) or ""
    return half if half.isdigit() else ""


def _look(character: Character, em: float) -> Look:
    return (character.x1 - character.x0) / em, (character.bottom - character.top) / em


def _distance(one: Look, other: Look | None, em: float) -> float:
    if other is None:
        return 0.0
    noise = hypot(_NOISE, _BLUR / em)
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) / (2 * noise**2)


_Number = list[tuple[str, Look]]


def learn_figures(lines: Sequence[Sequence[Character]], ems: Sequence[float]) -> Figures | None:
    """Learn both sets of figures from a page.

    Args:
        lines: As recognised.
        ems: The size of each line's type in pixels.

    Returns:
        None where the page's 1s are all alike.
    """
    numbers = [
        [(figure, _look(character, em)) for figure, character in run]
        for line, em in zip(lines, ems, strict=True)
        for run in _runs(line)
    ]
    between = _between(look[0] for number in numbers for figure, look in number if figure == "1")
    if between is None:
        usual = max(_usual(lines, ems), 0.0)
        return Figures({}, {}, usual) if usual else None
    odds = [_seed(number, between) for number in numbers]
    em = fmean(ems)
    figures = _looks(numbers, odds)
    for _ in range(_ROUNDS):
        odds = [_seed(n, between) or _heard(n, figures, em) for n in numbers]
        figures = _looks(numbers, odds)
    return figures


def _usual(lines: Sequence[Sequence[Character]], ems: Sequence[float]) -> float:
    """What 1s that are all alike say: above 0 where they are narrow, and narrowly set."""
    runs = [
        ([figure for figure, _ in run], [character for _, character in run], em)
        for line, em in zip(lines, ems, strict=True)
        for run in _runs(line)
    ]
    beside: list[float] = []
    others: list[float] = []
    for figures, characters, em in runs:
        for pair, (one, other) in zip(pairwise(figures), pairwise(characters), strict=True):
            (beside if "1" in pair else others).append((other.middle - one.middle) / em)
    ones = [c for figures, run, _ in runs for f, c in zip(figures, run, strict=True) if f == "1"]
    if min(len(beside), len(others)) < _FEW:
        return 0.0
    breadth = fmean((one.x1 - one.x0) / max(one.bottom - one.top, 1.0) for one in ones)
    closer = median(others) - median(beside)
    return _within((closer - _CLOSER) / _NOISE, _SURE) if breadth < _BREADTH else 0.0


def _runs(line: Sequence[Character]) -> Iterator[list[tuple[str, Character]]]:
    """The numbers of a line: figures side by side."""
    for is_figure, run in groupby(((_figure(c), c) for c in line), key=lambda pair: pair[0] != ""):
        if is_figure:
            yield list(run)


def _between(widths: Iterator[float]) -> float | None:
    """The width halfway between narrow and wide 1s; None where there are not both."""
    known = sorted(width for width in widths if _ONE[0] < width < _ONE[1])
    parted = [
        (b - a, (a + b) / 2)
        for i, (a, b) in enumerate(pairwise(known), start=1)
        if fmean(known[i:]) - fmean(known[:i]) > _APART
        and max(known[i - 1] - known[0], known[-1] - known[i]) < b - a
    ]
    return max(parted)[1] if parted else None


def _seed(number: _Number, between: float) -> float:
    """What the 1s of a number say: above 0 for full width."""
    votes = [1 if look[0] < between else -1 for figure, look in number if figure == "1"]
    return _WORST * sum(votes)


def _heard(number: _Number, figures: Figures, em: float) -> float:
    odds = 0.0
    for figure, look in number:
        if figure in figures.full and figure in figures.half:
            odds += _distance(look, figures.half[figure], em)
            odds -= _distance(look, figures.full[figure], em)
    return odds


def _looks(numbers: Sequence[_Number], odds: Sequence[float]) -> Figures:
    """The mean look of each figure in the numbers that are surely of one width."""
    full: dict[str, list[Look]] = defaultdict(list)
    half: dict[str, list[Look]] = defaultdict(list)
    for number, own in zip(numbers, odds, strict=True):
        for figure, look in number:
            if abs(own) > _SURE:
                (full if own > 0 else half)[figure].append(look)
    return Figures(_means(full), _means(half))


def _means(looks: Mapping[str, Sequence[Look]]) -> dict[str, Look]:
    return {
        figure: (fmean(look[0] for look in own), fmean(look[1] for look in own))
        for figure, own in looks.items()
    }
