"""Measure the type of each line: its size, and the width of kana in its font."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import compress, pairwise
from statistics import median

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.vocabulary.character_widths import full_form, is_ideograph, is_kana, reaches

_MIN_PAIRS = 3  # pairs of neighbouring kanji, or lines; judgement: enough for the size of type
_PROPORTIONAL = 0.94  # em between kana; judgement: in proportional fonts they stand closer
_MIN_KANJI = 2  # judgement: kanji differ in height by less than digits of two widths do
SPREAD = 0.1
"""em between characters; judgement: to fill a line that goes on, a program adds less."""
_ALIKE = 0.05  # share of a line's height; judgement: lines of one size differ by less
_NEAREST = 6  # kanji; judgement: so near, a line that is a little askew does not show


class TypeMetrics(Struct, frozen=True):
    """The metrics of a line's type."""

    em: float
    """The size of the type, in pixels."""
    kana: float
    """The width of kana, in em: 1 in a font that is not proportional."""

    @property
    def is_proportional(self) -> bool:
        """Whether full-width characters have different widths."""
        return self.kana < _PROPORTIONAL

    def find_reach(self, form: str) -> tuple[float, float]:
        """How far a character's box extends left and right of the middle of its ink, in em."""
        full = self.kana if self.is_proportional and is_kana(form) else 1.0
        return reaches(form, full)


def measure_type_metrics(
    lines: Sequence[Sequence[Character]], sizes: Sequence[float]
) -> list[TypeMetrics]:
    """Measure the type of each line of a page."""
    pitches = [_measure_pitch(line) for line in lines]
    known = [(size, pitch) for size, pitch in zip(sizes, pitches, strict=True) if pitch]
    ratio = median(pitch / size for size, pitch in known) if known else 1.0

    @cache
    def find_usual(size: float) -> float:
        """The pitch of the lines that are as high: close ones show more than their own height."""
        alike = [pitch for other, pitch in known if abs(other - size) < _ALIKE * size]
        return median(alike) if len(alike) >= _MIN_PAIRS else size * ratio

    # A line that a program spread does not show the size of its type.
    ems = [
        pitch if pitch and pitch < (1 + SPREAD) * find_usual(size) else find_usual(size)
        for pitch, size in zip(pitches, sizes, strict=True)
    ]
    # A line of digits alone does not show the size of its type.
    scaled = [*zip(lines, ems, strict=True)]
    kana = [*_measure_steps([*compress(scaled, pitches)] or scaled, is_kana)]
    width = min(median(kana), 1.0) if kana else 1.0
    return [TypeMetrics(em, width) for em in ems]


def measure_begins(
    lines: Sequence[Sequence[Character]], types: Sequence[TypeMetrics], places: Sequence[float]
) -> NDArray[np.float64]:
    """Where lines begin whose first character has one width, in pixels on the page."""
    return np.array(
        [
            place + line[0].middle - metrics.find_reach(line[0].text)[0] * metrics.em
            for line, metrics, place in zip(lines, types, places, strict=True)
            if line and full_form(line[0].text) is None
        ]
    )


def measure_rises(line: Sequence[Character], em: float) -> list[float | None]:
    """How far the middle of a character's ink stands above those of the nearest kanji, in em.

    Most fonts take half-width digits from a Latin font, whose digits stand lower than ５. It is not
    measured of a character with one width.
    """
    kanji = [other for other in line if is_ideograph(other.text)]
    known = len(kanji) >= _MIN_KANJI
    return [_measure_rise(c, kanji, em) if known and full_form(c.text) else None for c in line]


def _measure_rise(character: Character, kanji: Sequence[Character], em: float) -> float:
    nearest = sorted(kanji, key=lambda other: abs(other.middle - character.middle))[:_NEAREST]
    level = median(other.top + other.bottom for other in nearest)
    return (level - character.top - character.bottom) / 2 / em


def _measure_pitch(line: Sequence[Character]) -> float | None:
    """The median distance of neighbouring kanji, in pixels; None if a line has too few."""
    steps = [*_measure_steps([(line, 1.0)], is_ideograph)]
    return median(steps) if len(steps) >= _MIN_PAIRS else None


def _measure_steps(
    lines: Sequence[tuple[Sequence[Character], float]], is_kind: Callable[[str], bool]
) -> Iterator[float]:
    """Yield the distances of neighbouring characters of one kind, in the em of their line."""
    for line, em in lines:
        for one, other in pairwise(line):
            if is_kind(one.text) and is_kind(other.text):
                yield (other.middle - one.middle) / em
