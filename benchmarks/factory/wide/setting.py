"""Lines of text as marks: broken, justified, with furigana, drawn twice, spaces as gaps."""

from __future__ import annotations

import dataclasses
from functools import partial
from random import Random

from ..line_breaking import RULES, break_lines
from ..marks import Mark, Stroke, Text, text_width
from ..model import LayoutError
from .document import CELL
from .ink import INVISIBLE, Line, Tinted
from .style import Style
from .words import READINGS


@dataclasses.dataclass(frozen=True)
class Printed:
    """One printed line of a cell."""

    text: str
    ended: bool
    """The author ended it."""

    @property
    def inner(self) -> tuple[str, ...]:
        """The cells of an inner table's row; none of a plain line."""
        return tuple(self.text.split(CELL)) if CELL in self.text else ()


Lines = list[Printed]


class Setter:
    """Breaks texts and turns their lines into marks; keeps what it printed or hid besides."""

    def __init__(self, style: Style, rng: Random) -> None:
        self._style = style
        self._rng = rng
        self.shown: list[str] = []
        self.hidden: list[str] = []

    def measure(self, text: str, size: float | None = None) -> float:
        """The width of a text."""
        return text_width(text, self._style.font, size or self._style.sheet.size)

    def broken(self, text: str, width: float, size: float | None = None) -> Lines:
        """The printed lines of a text in so much room."""
        rule, measure = RULES[self._style.rule], partial(self.measure, size=size)
        lines: Lines = []
        for line in text.split("\n"):
            if CELL in line:
                lines.append(Printed(self._narrow_enough(line, width), ended=True))
            else:
                lines += [Printed(*piece) for piece in break_lines(line, rule, width, measure)]
        return lines

    def _narrow_enough(self, line: str, width: float) -> str:
        """An inner row whose cells have room; else plain cells would overlap."""
        cells = line.split(CELL)
        room = width / len(cells) - 0.4 * self._style.sheet.size
        if any(self.measure(cell) > room for cell in cells):
            raise LayoutError("no room for an inner table")
        return line

    def line_marks(
        self, line: Printed, x: float, baseline: float, width: float, *, centred: bool = False,
        justifies: bool = True,
    ) -> list[Mark]:  # fmt: skip
        """The marks of one line in a cell's room."""
        if line.inner:
            return self._inner_marks(line, x, baseline, width)
        style, size = self._style, self._style.sheet.size
        slack = width - self.measure(line.text)
        spacing = 0.0
        if style.justified and justifies and not line.ended and len(line.text) > 4:
            spacing = slack / (len(line.text) - 1) if abs(slack) < 3 * size else 0.0
        left = x + slack / 2 if centred and line.ended else x
        marks = self._glyphs(line.text, left, baseline, spacing)
        if style.oddities.ruby and not spacing and not centred:
            marks += self._furigana(line.text, left, baseline)
        return marks

    def _glyphs(self, text: str, x: float, baseline: float, spacing: float) -> list[Mark]:
        """The text, its ASCII spaces as gaps where the style has them so."""
        font, size = self._style.font, self._style.sheet.size
        if not (self._style.oddities.kerned_spaces and " " in text):
            return [Text(x, baseline, text, font, size, spacing)] if text else []
        marks: list[Mark] = []
        for word in text.split(" "):
            if word:
                marks.append(Text(x, baseline, word, font, size, spacing))
            x += self.measure(word + " ") + spacing * (len(word) + 1)
        return marks

    def _furigana(self, text: str, x: float, baseline: float) -> list[Mark]:
        """Readings above the known words of a line, now and then."""
        size, marks = self._style.sheet.size, []
        for word, reading in READINGS.items():
            if word in text and self._rng.random() < 0.4:
                start = x + self.measure(text[: text.index(word)])
                shift = (self.measure(word) - self.measure(reading, size / 2)) / 2
                above = baseline - 0.95 * size
                marks.append(Text(start + shift, above, reading, self._style.font, size / 2))
                self.shown.append(reading)
        return list(marks)

    def _inner_marks(self, line: Printed, x: float, baseline: float, width: float) -> list[Mark]:
        """A row of an inner table with its rulings."""
        style, cells = self._style, line.inner
        top = baseline - 0.5 * style.leading - 0.38 * style.sheet.size
        step = width / len(cells)
        marks: list[Mark] = []
        for place, cell in enumerate(cells):
            left = x + place * step + (step - self.measure(cell)) / 2
            marks.append(Text(left, baseline, cell, style.font, style.sheet.size))
        bottom = top + style.leading
        for place in range(len(cells) + 1):
            at = x + place * step
            marks.append(Line(Stroke(at, top, at, bottom, 0.3)))
        return marks + [Line(Stroke(x, y, x + width, y, 0.3)) for y in (top, bottom)]

    def twice(self, marks: list[Mark]) -> list[Mark]:
        """The texts of the marks drawn again a little to the right, for bold."""
        texts = [mark for mark in marks if isinstance(mark, Text)]
        self.shown += [text.text for text in texts]
        return marks + [dataclasses.replace(text, x=text.x + 0.25) for text in texts]

    def hide(self, text: str, x: float, baseline: float) -> Mark:
        """A text that nobody sees."""
        size = self._style.sheet.size
        self.hidden.append(text)
        is_white = self._style.oddities.hidden == "white" and not self._style.frame.zebra
        shown = Text(x, baseline, text, self._style.font, size)
        return Tinted(shown, 1.0) if is_white else Tinted(shown, mode=INVISIBLE)

    def decorated(self, line: Printed, x: float, baseline: float) -> list[Mark]:
        """A line under or through some of a line's letters."""
        size, kind = self._style.sheet.size, self._style.oddities.lines
        if len(line.text) < 5 or line.inner or kind not in ("underline", "strike-through"):
            return []
        start = self._rng.randrange(len(line.text) - 3)
        end = min(len(line.text), start + self._rng.randint(3, 14))
        left, right = (x + self.measure(line.text[:at]) for at in (start, end))
        y = baseline + 0.15 * size if kind == "underline" else baseline - 0.35 * size
        return [Line(Stroke(left, y, right, y, 0.5))]
