"""How one drawn document of family `wide` looks."""

from __future__ import annotations

import dataclasses
from random import Random

from ..fonts import truetype_families
from ..line_breaking import RULES
from ..sheet import PAGE_NUMBERS, PAPERS, Sheet, draw_sheet
from .document import WideAnnex
from .looks import Frame, draw_frame, draw_make

SIZES = (6.5, 7.0, 8.0, 9.0, 10.0, 10.5)


@dataclasses.dataclass(frozen=True)
class Oddities:
    """What one document's texts carry besides themselves; most have one or two of these."""

    bold: str = ""
    """`headers` or `numbers`: drawn twice."""
    kerned_spaces: bool = False
    """Spaces are gaps, not glyphs."""
    ruby: bool = False
    lines: str = ""
    """`underline`, `strike-through` or `arrows`."""
    hidden: str = ""
    """`invisible`, `invisible copy` or `white`."""
    clip: str = ""
    """Low rows: `dropped` texts are not in the PDF, `covered` ones are behind a clip."""
    vertical_headers: bool = False

    @classmethod
    def draw(cls, rng: Random, *, may_clip: bool) -> Oddities:
        """Up to three of them."""
        choices = {
            "bold": ("headers", "numbers"), "kerned_spaces": (True,), "ruby": (True,),
            "lines": ("underline", "strike-through", "arrows"),
            "hidden": ("invisible", "invisible copy", "white"),
            "vertical_headers": (True,),
        }  # fmt: skip
        if may_clip:
            choices["clip"] = ("dropped", "covered")
        names = rng.sample(list(choices), k=rng.choice((0, 1, 1, 2, 2, 3)))
        return cls(**{name: rng.choice(choices[name]) for name in names})  # type: ignore[arg-type]

    def __str__(self) -> str:
        names = {
            "bold": f"{self.bold} drawn twice", "kerned_spaces": "kerned spaces", "ruby": "ruby",
            "lines": self.lines, "hidden": f"{self.hidden} text", "clip": f"clipped ({self.clip})",
            "vertical_headers": "vertical headers",
        }  # fmt: skip
        return ", ".join(name for field, name in names.items() if getattr(self, field))


@dataclasses.dataclass(frozen=True)
class Style:
    """How one document is drawn; lengths in points."""

    sheet: Sheet
    font: str
    rule: str
    frame: Frame
    make: str
    leading: float
    padding: tuple[float, float]
    """Left and right of a cell's text, and above and below."""
    row_gap: float
    """Added below each row where no ruling tells the rows."""
    line_width: float
    justified: bool
    cuts_rows: bool
    closes_cuts: bool
    opens_cuts: bool
    repeats_header: bool
    label_again: bool
    """The label of a merged cell is printed on each of its pages."""
    middle: bool
    dark_header: bool
    """The header's shade is dark, its text white."""
    new_pages: bool
    caption_right: bool
    page_number: str
    oddities: Oddities

    def __str__(self) -> str:
        ends = f"{'ruled' if self.closes_cuts else 'open'}/{'ruled' if self.opens_cuts else 'open'}"
        parts = (
            f"{self.sheet} {self.font}", self.frame.name, self.make, self.rule,
            f"rows cut ({ends})" if self.cuts_rows else f"rows kept ({ends})",
            "header repeated" if self.repeats_header else "header once",
            "labels again" if self.label_again else "", "justified" if self.justified else "",
            "white on dark header" if self.dark_header else "", str(self.oddities),
        )  # fmt: skip
        return "drawn: " + ", ".join(part for part in parts if part)


def draw_paper(rng: Random, annex: WideAnnex, sizes: tuple[float, ...]) -> Sheet:
    """A sheet for the tables, or for a document without any."""
    if annex.tables:
        return draw_sheet(rng, annex, sizes)
    width, height = PAPERS["A4"]
    return Sheet("A4", width, height, 56.7, 10.5)


def draw_style(rng: Random, annex: WideAnnex) -> Style:
    """A style in which the document can be drawn."""
    sheet, frame, rule = draw_paper(rng, annex, SIZES), draw_frame(rng, annex), _draw_rule(rng)
    oddities = Oddities.draw(rng, may_clip=frame.rows and bool(annex.tables))
    cuts = rng.random() < 0.65 and not frame.rowless and not oddities.clip
    least = 1.7 if oddities.ruby else 1.0
    side = rng.choice((2.5, 4.0)) if frame.columns else 0.9 * sheet.size
    return Style(
        sheet=sheet, font=rng.choice(truetype_families()), rule=rule, frame=frame,
        make=draw_make(rng, frame),
        leading=sheet.size * max(least, rng.choice((1.08, 1.15, 1.25, 1.5))),
        padding=(max(side, 0.7 * sheet.size) if RULES[rule].hanging else side,
                 rng.choice((1.5, 2.5, 4.0))),
        row_gap=sheet.size * rng.choice((0.7, 1.0)) if frame.rowless else 0.0,
        line_width=rng.choice((0.25, 0.5, 0.75, 1.0)),
        justified=rng.random() < 0.2,
        cuts_rows=cuts,
        closes_cuts=rng.random() < 0.5,
        opens_cuts=rng.random() < 0.6,
        repeats_header=rng.random() < 0.5,
        label_again=rng.random() < 0.5,
        middle=rng.random() < 0.3 and not frame.rowless,
        dark_header=frame.shaded_header and rng.random() < 0.4,
        new_pages=rng.random() < 0.3,
        caption_right=rng.random() < 0.3,
        page_number=rng.choice(PAGE_NUMBERS),
        oddities=oddities,
    )  # fmt: skip


def _draw_rule(rng: Random) -> str:
    return rng.choice(tuple(RULES))
