"""How the type of each line is set: its size, and how wide kana and figures of its font are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.digit_width import Figures, learn_figures
from pipeline.vocabulary.character_widths import half_form, is_ideograph, is_kana

# Distances in em.
_PAIRS = 3  # pairs of neighbouring kanji that tell the size of a line's type
_PROPORTIONAL = 0.94  # kana of such fonts stand closer than kanji
_FIGURE = 0.755  # height of figures (0.74-0.78 in Gothic and Mincho)
_NARROW = (0.4, 0.8)  # two digits so far apart are of half width
_HALF = 0.5  # where none are


@dataclass(frozen=True, slots=True)
class Type:
    """How a line's type is set."""

    em: float
    """Pixels."""
    kana: float
    """Width of kana, in em: 1 in a font that is not proportional."""
    half: float
    """Width of a half-width digit, in em."""
    figures: Figures | None = None
    """What tells the page's full-width figures from the half-width ones, where room does not."""
    lean: float = 0.0
    """Log-odds, by the lines around, that figures of which nothing else tells are full-width."""
    margin: float | None = None
    """Where the lines around begin, in pixels from the line's left; None: not known."""

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
    ems = [
        pitch or _by_figures(line) or size * usual
        for line, pitch, size in zip(lines, own, sizes, strict=True)
    ]
    # A line of figures alone does not tell the size of its type.
    sure = [(line, em) for line, em, pitch in zip(lines, ems, own, strict=True) if pitch]
    measured, scale = ([*part] for part in zip(*sure, strict=True)) if sure else (lines, ems)
    kana = [*_steps(measured, scale, is_kana)]
    width = min(median(kana), 1.0) if kana else 1.0
    digits = [s for s in _steps(measured, scale, _is_digit) if _NARROW[0] < s < _NARROW[1]]
    half = median(digits) if digits else _HALF
    figures = learn_figures(measured, scale) if width < _PROPORTIONAL else None
    return [Type(em, width, half, figures) for em in ems]


def _by_figures(line: Sequence[Character]) -> float | None:
    """The size of the type of a line of figures, in pixels: they are equally high in all fonts."""
    heights = [c.bottom - c.top for c in line if _is_digit(half_form(c.text) or "")]
    return median(heights) / _FIGURE if len(heights) == len(line) > 0 else None


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
