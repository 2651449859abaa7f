"""The characters that tables are typed with."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Border:
    """A level ruling from side to side: its ends, its crossings, and what lies between."""

    left: str
    level: str
    crossing: str
    right: str


@dataclasses.dataclass(frozen=True)
class RulingSet:
    """What one table is typed with; all characters are equally wide."""

    top: Border
    middle: Border
    bottom: Border
    side: str
    upright: str
    places: int
    """Half-width places of each character."""


def _ruling_set(top: str, middle: str, bottom: str, uprights: str, places: int = 2) -> RulingSet:
    side, upright = uprights
    return RulingSet(Border(*top), Border(*middle), Border(*bottom), side, upright, places)


RULING_SETS = {
    "light": _ruling_set("┌─┬┐", "├─┼┤", "└─┴┘", "││"),
    "heavy": _ruling_set("┏━┳┓", "┣━╋┫", "┗━┻┛", "┃┃"),
    "double": _ruling_set("╔═╦╗", "╠═╬╣", "╚═╩╝", "║║"),
    "mixed": _ruling_set("┏━┯┓", "┠─┼┨", "┗━┷┛", "┃│"),
    "full": _ruling_set("＋－＋＋", "＋－＋＋", "＋－＋＋", "｜｜"),
    "kana": _ruling_set("＋ー＋＋", "＋ー＋＋", "＋ー＋＋", "｜｜"),
    "ascii": _ruling_set("+-++", "+-++", "+-++", "||", places=1),
}
"""By name."""
