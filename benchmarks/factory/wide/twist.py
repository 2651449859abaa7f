"""What happens to finished pages: turned, boxed, shifted; they look the same to a reader."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from random import Random

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.pdfgen.canvas import Canvas

from ..fonts import truetype_families
from ..marks import register_font


@dataclasses.dataclass(frozen=True)
class Twist:
    """How the pages of one PDF are stored."""

    turn: int = 0
    """Degrees by which the content is turned counter-clockwise on its sheet."""
    declared: bool = True
    """/Rotate turns the page back for display; else its glyphs stand sideways."""
    only_odd: bool = False
    """Other pages are left as they are."""
    offset: tuple[float, float] = (0.0, 0.0)
    """Lower left corner of the media box."""
    bleed: float = 0.0
    """The media box is so much larger than the crop box on every side, in points."""
    slug: str = ""
    """Printed outside the crop box."""

    @classmethod
    def draw(cls, rng: Random, words: str) -> Twist:
        """No twist, or one or two; `words` may be printed outside the crop box."""
        kind = rng.random()
        if kind < 0.5:
            return cls()
        turn = rng.choice((90, 180, 270)) if kind < 0.8 else 0
        boxed = kind >= 0.68
        return cls(
            turn=turn,
            declared=turn != 0 and (turn == 180 or rng.random() < 0.7),
            only_odd=turn != 0 and rng.random() < 0.25,
            offset=rng.choice(((0.0, 0.0), (-40.0, 25.0), (120.5, 300.0))) if boxed else (0.0, 0.0),
            bleed=rng.choice((0.0, 34.0, 48.0)) if boxed else 0.0,
            slug=words if boxed else "",
        )

    def __str__(self) -> str:
        parts = []
        if self.turn:
            kind = f"/Rotate {self.turn}" if self.declared else f"sideways glyphs {self.turn}"
            parts.append(kind + (" on odd pages" if self.only_odd else ""))
        if self.offset != (0.0, 0.0):
            parts.append("MediaBox offset")
        if self.bleed:
            parts.append("CropBox" + (", text outside it" if self.slug else ""))
        return ", ".join(parts)

    def apply(self, path: Path) -> None:
        """Store the pages of this PDF so."""
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(path.read_bytes())))
        for number, page in enumerate(writer.pages, 1):
            turned = self.turn if number % 2 or not self.only_odd else 0
            self._apply_to(page, turned)
        with path.open("wb") as file:
            writer.write(file)

    def _apply_to(self, page: PageObject, turn: int) -> None:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        matrices = {
            0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width),
        }  # fmt: skip
        a, b, c, d, e, f = matrices[turn]
        x, y = self.offset[0] + self.bleed, self.offset[1] + self.bleed
        page.add_transformation((a, b, c, d, e + x, f + y))
        if turn in (90, 270):
            width, height = height, width
        edge = self.bleed
        media = (x - edge, y - edge, x + width + edge, y + height + edge)
        page.mediabox = RectangleObject(media)
        page.cropbox = RectangleObject((x, y, x + width, y + height))
        for name in ("/TrimBox", "/ArtBox", "/BleedBox"):
            page.pop(name, None)
        if edge and self.slug:
            page.merge_page(self._slug_page(media), expand=False)
        if turn and self.declared:
            page.rotate(turn)

    def _slug_page(self, media: tuple[float, float, float, float]) -> PageObject:
        """A page with words and register marks outside the crop box."""
        buffer = io.BytesIO()
        x0, y0, x1, y1 = media
        canvas = Canvas(buffer, pagesize=(x1, y1), invariant=1)
        font = truetype_families()[0]
        register_font(font)
        canvas.setFont(font, 8)
        canvas.drawString(x0 + self.bleed + 20, y0 + self.bleed / 3, self.slug)
        canvas.setLineWidth(0.3)
        for x in (x0 + self.bleed, x1 - self.bleed):
            canvas.line(x, y0 + 4, x, y0 + self.bleed - 8)
            canvas.line(x, y1 - self.bleed + 8, x, y1 - 4)
        canvas.save()
        page = PdfReader(buffer).pages[0]
        page.mediabox = RectangleObject(media)
        return page
