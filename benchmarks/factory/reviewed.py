"""Drawn tables with reviewers' comments: balloons in the margin, connectors to the words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

from .drawn import Press, draw_style
from .marks import Mark, Text, register_font, text_width
from .model import Annex, Laid
from .sheet import column_widths

REMARKS = (
    "人数を書くこと。課長に確認。", "三週間では？", "回答を要再考", "表現を前の回答にそろえる",
    "根拠の条番号を入れる。", "この文は削除してよいか", "数字は最新のものか、要確認。",
)  # fmt: skip
NAMES = ("コメント [{who}{n}]: ", "コメント [A{n}]: ", "[{who}]　", "{who}{n}：")
WHO = ("担当", "係長", "高橋", "R")
COLORS = ((0.8, 0.2, 0.2), (0.2, 0.3, 0.7), (0.4, 0.4, 0.4), (0.1, 0.5, 0.2))
MARGIN = 150.0
"""Points that the balloons' margin is wide."""


@dataclasses.dataclass(frozen=True)
class Look:
    """How balloons look; lengths in points."""

    rounded: bool
    outlined: bool
    tinted: bool
    color: tuple[float, float, float]
    connector: str
    dash: tuple[float, float] | None
    highlights: bool
    at_left: bool
    over: bool
    """Drawn after the table; else before it."""
    size: float
    name: str

    def __str__(self) -> str:
        shape = "round" if self.rounded else "square"
        side = "left" if self.at_left else "right"
        return f"{shape} balloons at the {side}, {self.connector} connectors"


def draw_look(rng: Random) -> Look:
    """A look of balloons, as one of several programs prints them."""
    outlined, highlights = rng.random() < 0.75, rng.random() < 0.5
    return Look(
        rounded=rng.random() < 0.6,
        outlined=outlined,
        tinted=not outlined or rng.random() < 0.6,
        color=rng.choice(COLORS),
        connector=rng.choice(("bent", "one path", "straight", "knee", "dashes", "level")),
        dash=rng.choice((None, (1.0, 1.0), (2.0, 1.5))),
        highlights=highlights,
        at_left=rng.random() < 0.25,
        over=not highlights and rng.random() < 0.5,
        size=rng.choice((6.0, 7.0, 8.0)),
        name=rng.choice(NAMES),
    )


@dataclasses.dataclass(frozen=True)
class Balloon:
    """A remark beside the page, and the words that it is about."""

    look: Look
    font: str
    lines: tuple[str, ...]
    word: Text
    left: float
    top: float

    @property
    def width(self) -> float:
        return MARGIN - 30.0

    @property
    def height(self) -> float:
        return self.look.size * 1.25 * len(self.lines) + 6.0

    def draw(self, canvas: Canvas, height: float) -> None:
        """Draw the box, the connector and the remark."""
        look, low = self.look, height - self.top - self.height
        canvas.saveState()
        canvas.setStrokeColorRGB(*look.color)
        canvas.setFillColorRGB(*(0.88 + 0.12 * part for part in look.color))
        canvas.setLineWidth(0.4)
        paint = {"stroke": int(look.outlined), "fill": int(look.tinted)}
        if look.rounded:
            canvas.roundRect(self.left, low, self.width, self.height, 3, **paint)
        else:
            canvas.rect(self.left, low, self.width, self.height, **paint)
        if look.highlights:
            word = self.word
            tinted = text_width(word.text[1:4], word.font, word.size)
            canvas.rect(word.x + word.size, height - word.baseline - 0.15 * word.size, tinted,
                        word.size, stroke=0, fill=1)  # fmt: skip
        if look.dash and look.connector != "dashes":
            canvas.setDash(*look.dash)
        self._connect(canvas, height)
        canvas.restoreState()
        for row, line in enumerate(self.lines, 1):
            baseline = self.top + 2.0 + row * look.size * 1.2
            Text(self.left + 4, baseline, line, self.font, look.size).draw(canvas, height)

    def _connect(self, canvas: Canvas, height: float) -> None:
        x0 = self.word.x + self.word.size
        y0 = height - self.word.baseline - 1.5
        x1 = self.left + self.width if self.look.at_left else self.left
        y1 = height - self.top - min(self.height / 2, 8.0)
        knee = x1 + 12 if self.look.at_left else x1 - 12
        if self.look.connector == "straight":
            canvas.line(x0, y0, x1, y1)
        elif self.look.connector == "level" and abs(y0 - (height - self.top)) < self.height:
            canvas.line(x0, y0, x1, y0)
        elif self.look.connector == "knee":
            canvas.lines([(x0, y0, knee, y0), (knee, y0, knee, y1), (knee, y1, x1, y1)])
        elif self.look.connector == "one path":
            path = canvas.beginPath()
            path.moveTo(x0, y0)
            path.lineTo(knee, y0)
            path.lineTo(x1, y1)
            canvas.drawPath(path)
        elif self.look.connector == "dashes":
            canvas.lines(list(_dashes(x0, knee, y0)))
            canvas.line(knee, y0, x1, y1)
        else:
            canvas.lines([(x0, y0, knee, y0), (knee, y0, x1, y1)])


def _dashes(x0: float, x1: float, y: float) -> Iterator[tuple[float, float, float, float]]:
    """Pieces of a dashed line, from the connector's bend on."""
    step = 3.0 if x0 < x1 else -3.0
    for number in range(int((x1 - x0) / step)):
        yield x1 - number * step, y, x1 - number * step - step * 0.6, y


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Draw the annex to a PDF; returns what the layout is like."""
    style, look = draw_style(rng, annex), draw_look(rng)
    register_font(style.font)
    press = Press(style)
    for table in annex.tables:
        press.put_table(table, column_widths(rng, table, style.sheet))
    width, height = style.sheet.width + MARGIN, style.sheet.height
    canvas = Canvas(str(path), pagesize=(width, height), invariant=1)
    shown: list[str] = []
    for marks in press.numbered_pages():
        balloons = list(_comment(rng, marks, look, style.font, style.sheet.width))
        canvas.translate(MARGIN if look.at_left else 0, 0)
        for part in (marks, balloons) if look.over else (balloons, marks):
            for mark in part:
                mark.draw(canvas, height)
        shown += [line for balloon in balloons for line in balloon.lines]
        canvas.showPage()
    canvas.save()
    return Laid(f"{style}, {look}", shown=tuple(shown))


def _comment(
    rng: Random, marks: Sequence[Mark], look: Look, font: str, width: float
) -> Iterator[Balloon]:
    """Balloons beside a page, from the top; none stands in another."""
    words = [mark for mark in marks if isinstance(mark, Text) and len(mark.text) > 3]
    chosen = rng.sample(words, min(len(words), rng.choice((1, 2, 3, 5))))
    top = 0.0
    left = -MARGIN + 15 if look.at_left else width + 5
    for number, word in enumerate(sorted(chosen, key=lambda word: word.baseline), 1):
        remark = look.name.format(who=rng.choice(WHO), n=number) + rng.choice(REMARKS)
        top = max(top, word.baseline - word.size - rng.choice((0.0, 2.0, 15.0)))
        lines = tuple(_wrapped(remark, font, look.size, MARGIN - 40))
        yield Balloon(look, font, lines, word, left, top)
        top += look.size * 1.25 * len(lines) + 6 + rng.choice((-2.0, 3.0))


def _wrapped(text: str, font: str, size: float, width: float) -> Iterator[str]:
    line = ""
    for char in text:
        if text_width(line + char, font, size) > width:
            yield line
            line = ""
        line += char
    yield line
