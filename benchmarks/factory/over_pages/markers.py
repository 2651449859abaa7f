"""Tables with marks of continuation around or inside their pieces, drawn with reportlab."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from random import Random

from ..drawn import Lines, Press, Style
from ..marks import Text, register_font, write_pages
from ..model import Annex, Laid
from ..sheet import column_widths
from .looks import draw_plain_style

_AFTER = (
    "次頁へ続く", "次頁に続く", "次ページへ続く", "次ページに続く", "次頁へつづく", "続く",
    "次のページへ続く", "以下次頁",
)  # fmt: skip
_BEFORE = (
    "前頁から続く",
    "前頁の続き",
    "前ページの続き",
    "前ページから続く",
    "続き",
    "前頁からの続き",
    "前頁より続く",
)
_FORMS = ("（{}）", "（{}）", "({})", "［{}］", "〔{}〕", "【{}】", "※{}")


@dataclasses.dataclass(frozen=True)
class Marking:
    """How a document marks that it goes on."""

    after: str
    """On the page that ends."""
    before: str
    """On the page that begins; "": only the first says it."""
    inside: bool
    """The marks stand in the cells that are cut."""
    right: bool
    """The mark around the table stands at its right side."""
    number: str
    """What the number's cell holds on the next page: "", "again" or "mark"."""

    @staticmethod
    def draw(rng: Random) -> Marking:
        """A marking; 続き and 続く without their page stand in brackets."""
        form, inside = rng.choice(_FORMS), rng.random() < 0.5
        after, before = rng.choice(_AFTER), rng.choice(_BEFORE)
        if form == "※{}":
            after, before = "次頁に続く", "前頁の続き"
        both = rng.random()
        return Marking(
            after=form.format(after) if both < 0.8 else "",
            before=form.format(before) if both > 0.2 else "",
            inside=inside,
            right=rng.random() < 0.6,
            number=rng.choice(("", "", "again", "mark")),
        )


class MarkedPress(Press):
    """Puts a mark where it cuts a row, or a table."""

    def __init__(self, style: Style, marking: Marking) -> None:
        super().__init__(style)
        self._marking = marking
        self._bottom -= 2 * style.leading

    def put_mark_around(self, text: str) -> None:
        """Put a mark between the page's margin and the table."""
        if not text or self._marking.inside:
            return
        size = self._sheet.size
        shift = self._sheet.text_width - self._measure(text, size) if self._marking.right else 0.0
        place = self._sheet.margin + shift, self._y + 1.2 * size
        self._pages[-1].append(Text(*place, text, self._style.font, size))
        self._y += 1.8 * size

    def _put_row(
        self, cells: list[Lines], widths: Sequence[float], centred: Sequence[bool],
        header: list[Lines],
    ) -> None:  # fmt: skip
        rest, first = cells, True
        marking, style = self._marking, self._style
        while True:
            height = self.height(rest)
            room = self._bottom - self._y
            if height <= room:
                self._put_piece(rest, widths, centred, height,
                                top=first or style.opens_cuts, bottom=True)  # fmt: skip
                return
            count = int((room - 2 * style.padding) / style.leading)
            cut = count >= 2 and self._may_cut(height, header)
            if cut:
                now = [cell[:count] for cell in rest]
                rest = [cell[count:] for cell in rest]
                if marking.inside and marking.after:
                    room += style.leading
                    now = self._marked(now, rest, marking.after, at_end=True, widths=widths)
                self._put_piece(now, widths, centred, room, top=first or style.opens_cuts,
                                bottom=style.closes_cuts)  # fmt: skip
                if marking.inside and marking.before:
                    rest = self._marked(rest, rest, marking.before, at_end=False, widths=widths)
                if marking.number:
                    rest[0] = [*cells[0], *rest[0]]
                if marking.number == "mark":
                    rest[0] = [*cells[0], ("（続き）", True), *rest[0][len(cells[0]) :]]
                first = False
            self.put_mark_around(marking.after)
            self._new_page()
            self.put_mark_around(marking.before)
            if style.repeats_header:
                self._put_header(header, widths)

    def _marked(
        self, cells: list[Lines], rest: list[Lines], mark: str, *, at_end: bool,
        widths: Sequence[float],
    ) -> list[Lines]:  # fmt: skip
        """The cells that are cut with a mark at their end or start."""
        marked = []
        for cell, below, width in zip(cells, rest, widths, strict=True):
            fits = self._measure(mark, self._sheet.size) < width - 2 * self._style.padding
            own = [(mark, True)] if below and fits else []
            marked.append([*cell, *own] if at_end else [*own, *cell])
        return marked


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Draw the annex to a PDF with marks; returns what the layout is like."""
    numbered = annex.tables[0].columns[0].role == "number"
    style = dataclasses.replace(draw_plain_style(rng, annex), cuts_rows=True)
    marking = Marking.draw(rng)
    if not numbered:
        marking = dataclasses.replace(marking, number="")
    register_font(style.font)
    press = MarkedPress(style, marking)
    for table in annex.tables:
        press.put_table(table, column_widths(rng, table, style.sheet))
    write_pages(path, style.sheet.width, style.sheet.height, list(press.numbered_pages()))
    return Laid(f"{style}, {marking}", repeated=(marking.after, marking.before, "（続き）"))
