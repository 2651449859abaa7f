"""The layout engines of each family, and which of them this machine has."""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from random import Random
from types import ModuleType

from .annexes import Size, draw_annex
from .inline_marks import CSS, ODF, PLATYPUS, PRINTED
from .marked import draw_marked_annex
from .model import Annex, Laid
from .office import has_module
from .shaped.cards import draw_cards
from .shaped.one_to_many import draw_one_to_many
from .shaped.questions import draw_questions
from .spaced.content import draw_spaced_annex
from .titled.content import draw_titled_annex
from .vertical.content import draw_vertical_annex
from .wide.content import draw_wide_annex
from .wide.sections import draw_section_annex


@dataclasses.dataclass(frozen=True)
class Engine:
    """A program that lays out annexes; its module is imported when it is used.

    The module has `lay_out(annex, rng, path)`, which writes the PDF and says what the layout is
    like, in words or as a `Laid`, and may have `prepare(annex)`: what becomes of the annex's
    characters when they are typed into this program.
    """

    module: str
    libraries: tuple[str, ...] = ()
    """Python packages that it needs."""
    programs: tuple[str, ...] = ()
    """Commands that it needs."""
    office: tuple[str, ...] = ()
    """Modules of LibreOffice that it needs (see `has_module`)."""
    size: Size = dataclasses.field(default_factory=Size)
    draw: Callable[[str, Random, Size], Annex] = draw_annex
    """What draws the annexes that it lays out."""

    def is_available(self) -> bool:
        """All that it needs is installed."""
        return (
            all(map(importlib.util.find_spec, self.libraries))
            and all(map(shutil.which, self.programs))
            and all(map(has_module, self.office))
        )

    def prepare(self, annex: Annex) -> Annex:
        """The annex as it can be typed into this program."""
        prepare = getattr(self._imported(), "prepare", None)
        return annex if prepare is None else prepare(annex)

    def lay_out(self, annex: Annex, rng: Random, path: Path) -> Laid:
        """Write the PDF; returns what the layout is like."""
        laid = self._imported().lay_out(annex, rng, path)
        return laid if isinstance(laid, Laid) else Laid(str(laid))

    def _imported(self) -> ModuleType:
        return importlib.import_module(f"{__package__}.{self.module}")


SIMPLE: Mapping[str, Engine] = {
    "drawn": Engine("drawn", libraries=("reportlab",)),
    "flowed": Engine("flowed", libraries=("reportlab",)),
    "chromium": Engine("chromium", programs=("chromium",)),
    "calc": Engine(
        "calc",
        libraries=("openpyxl",),
        office=("sc",),
        size=Size(volumes=("short", "short", "medium"), characters=16_000, cell_characters=350),
    ),
    "writer": Engine("writer", office=("sw",)),
}
"""Fully ruled tables with the header on top, as in the annexes of the mission."""

_WIDE_SIZE = Size(records=(3, 34), characters=9_000, cell_characters=1_000)

WIDE: Mapping[str, Engine] = {
    "drawn": Engine(
        "wide.drawn", libraries=("reportlab", "pypdf"), size=_WIDE_SIZE, draw=draw_wide_annex
    ),
    "chromium": Engine(
        "wide.chromium", libraries=("reportlab", "pypdf"), programs=("chromium",), size=_WIDE_SIZE,
        draw=draw_wide_annex,
    ),
}  # fmt: skip
"""The layouts that nobody prepared for: other rulings, headers, merged cells, pages, texts."""

_MARKED_SIZE = Size(tables=(1, 1, 2), records=(3, 12), characters=5_000, cell_characters=400)

MARKED: Mapping[str, Engine] = {
    name: dataclasses.replace(engine, size=_MARKED_SIZE, draw=partial(draw_marked_annex, looks))
    for name, engine, looks in (
        ("flowed", SIMPLE["flowed"], PLATYPUS),
        ("chromium", SIMPLE["chromium"], CSS),
        ("writer", SIMPLE["writer"], ODF),
        ("printed", Engine("printed", libraries=("reportlab",)), PRINTED),
    )
}
"""Layouts of `simple` with marks in the text: underlines, strike-throughs, highlighter, colours."""

_ONE_TABLE = Size(
    tables=(1,), records=(4, 26), volumes=("short", "medium"), characters=6_000,
    cell_characters=350,
)  # fmt: skip

OVER_PAGES: Mapping[str, Engine] = {
    "markers": Engine("over_pages.markers", libraries=("reportlab",), size=_ONE_TABLE),
    "side_by_side": Engine("over_pages.side_by_side", libraries=("reportlab",), size=_ONE_TABLE),
    "two_up": Engine("over_pages.two_up_drawn", libraries=("reportlab", "pypdf"), size=_ONE_TABLE),
    "two_up_chromium": Engine(
        "over_pages.two_up_chromium", libraries=("pypdf",), programs=("chromium",), size=_ONE_TABLE
    ),
    "two_up_writer": Engine(
        "over_pages.two_up_writer", libraries=("pypdf",), office=("sw",), size=_ONE_TABLE
    ),
    "halves": Engine("over_pages.halves", libraries=("reportlab",), size=_ONE_TABLE),
    "columns": Engine("over_pages.columns", programs=("chromium",), size=_ONE_TABLE),
    "sizes": Engine("over_pages.sizes", libraries=("reportlab",), size=_ONE_TABLE),
}
"""Tables that go on over pages in other ways than from one page to the next."""

_VERTICAL_SIZE = Size(records=(3, 24), volumes=("short", "medium"), characters=8_000)

VERTICAL: Mapping[str, Engine] = {
    "drawn": Engine(
        "vertical.drawn", libraries=("reportlab",), size=_VERTICAL_SIZE, draw=draw_vertical_annex
    ),
    "chromium": Engine(
        "vertical.chromium", programs=("chromium",), size=_VERTICAL_SIZE, draw=draw_vertical_annex
    ),
    "writer": Engine(
        "vertical.writer", office=("sw",), size=_VERTICAL_SIZE, draw=draw_vertical_annex
    ),
}
"""縦書き: type that runs downwards, or was laid on its side."""
_SPACED_SIZE = Size(records=(2, 12), characters=8_000)

SPACED: Mapping[str, Engine] = {
    "drawn": Engine(
        "spaced.drawn", libraries=("reportlab",), size=_SPACED_SIZE, draw=draw_spaced_annex
    ),
    "chromium": Engine(
        "spaced.chromium", libraries=("reportlab",), programs=("chromium",), size=_SPACED_SIZE,
        draw=draw_spaced_annex,
    ),
    "writer": Engine(
        "spaced.writer", office=("sw",), size=_SPACED_SIZE, draw=draw_spaced_annex
    ),
}  # fmt: skip
"""Values set flush right, letter-spaced paragraphs, evenly spread labels, no space glyphs."""
_TYPED_SIZE = Size(
    tables=(1, 1, 2), records=(2, 14), volumes=("short", "short", "medium"), characters=4_000,
    cell_characters=300,
)  # fmt: skip

TYPED: Mapping[str, Engine] = {
    "drawn": Engine("typed.drawn", libraries=("reportlab",), size=_TYPED_SIZE),
    "writer": Engine("typed.writer", office=("sw",), size=_TYPED_SIZE),
    "chromium": Engine("typed.chromium", programs=("chromium",), size=_TYPED_SIZE),
}
"""Tables in plain text, whose rulings are characters."""

_TITLED_SIZE = Size(tables=(1, 1, 2, 2, 3), records=(3, 12), volumes=("short", "short", "medium"),
                    characters=4_000, cell_characters=300)  # fmt: skip

TITLED: Mapping[str, Engine] = {
    "flowed": Engine(
        "titled.flowed", libraries=("reportlab",), size=_TITLED_SIZE, draw=draw_titled_annex
    ),
    "chromium": Engine(
        "titled.chromium", programs=("chromium",), size=_TITLED_SIZE, draw=draw_titled_annex
    ),
}
"""Tables below titles, labels, dates, notes and a document's own heading."""

REVIEWED: Mapping[str, Engine] = {
    "drawn": Engine("reviewed", libraries=("reportlab",), size=Size(records=(3, 12)))
}
"""Tables beside which reviewers' comments stand in balloons."""
_SHAPED_SIZE = Size(records=(2, 20), cell_characters=600)


def _shaped(draw: Callable[[str, Random, Size], Annex]) -> Mapping[str, Engine]:
    return {
        "flowed": Engine("shaped.flowed", libraries=("reportlab",), size=_SHAPED_SIZE, draw=draw),
        "chromium": Engine("shaped.chromium", programs=("chromium",), size=_SHAPED_SIZE, draw=draw),
        "writer": Engine("shaped.writer", office=("sw",), size=_SHAPED_SIZE, draw=draw),
    }


SECTIONS: Mapping[str, Engine] = {
    name: dataclasses.replace(engine, draw=draw_section_annex) for name, engine in WIDE.items()
}
"""Wide tables with heading rows between their records."""

FAMILIES: Mapping[str, Mapping[str, Engine]] = {
    "simple": SIMPLE,
    "wide": WIDE,
    "marked": MARKED,
    "over_pages": OVER_PAGES,
    "vertical": VERTICAL,
    "spaced": SPACED,
    "typed": TYPED,
    "reviewed": REVIEWED,
    "cards": _shaped(draw_cards),
    "questions": _shaped(draw_questions),
    "one_to_many": _shaped(draw_one_to_many),
    "sections": SECTIONS,
    "titled": TITLED,
}
"""Engines by family; a family of other layouts is one more entry here."""

GROUPS: Mapping[str, tuple[str, ...]] = {"reportlab": ("drawn", "flowed")}
"""Names for several engines at once."""


def available_engines(family: str = "simple") -> tuple[str, ...]:
    """Names of the family's engines that are installed."""
    return tuple(name for name, engine in FAMILIES[family].items() if engine.is_available())
