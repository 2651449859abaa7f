"""Line breakers of our own, as the many programs differ: which characters may start a line?"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping

_STOPS = "、。，．"
_CLOSING = "）〕］｝〉》」』】)]}"
_OPENING = "（〔［｛〈《「『【([{"
_MARKS = "・：；？！々ゝゞ％℃%!?:;,."
_SMALL = "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"


@dataclasses.dataclass(frozen=True)
class Rule:
    """What a program may not separate."""

    no_start: str
    """Characters that never start a line."""
    no_end: str
    """Characters that never end one."""
    hanging: str = ""
    """Characters that may stand outside the column rather than start a line."""
    keeps_words: bool = True
    """Latin words and numbers hold together."""
    breaks_urls: bool = False
    """A Latin run may be broken after a slash, a hyphen, a question mark."""


RULES: Mapping[str, Rule] = {
    "strict": Rule(_STOPS + _CLOSING + _MARKS + _SMALL, _OPENING),
    "strict-urls": Rule(_STOPS + _CLOSING + _MARKS + _SMALL, _OPENING, breaks_urls=True),
    "normal": Rule(_STOPS + _CLOSING + _MARKS, _OPENING, breaks_urls=True),
    "hanging": Rule(_STOPS + _CLOSING + _MARKS + _SMALL, _OPENING, hanging="、。"),
    "loose": Rule(_STOPS + _CLOSING, _OPENING),
    "stops-start": Rule("", _OPENING),
    "characters": Rule("", "", keeps_words=False),
}
"""By name; the last two let 。 start a line."""

_WORD = re.compile(r"[!-~]+")
_URL_PART = re.compile(r"[^/?&-]*[/?&-]+|[^/?&-]+")


def break_lines(
    text: str, rule: Rule, width: float, measure: Callable[[str], float]
) -> list[tuple[str, bool]]:
    """The printed lines of a text; the flag says that the author ended the line."""
    lines: list[tuple[str, bool]] = []
    for author_line in text.split("\n"):
        printed = _break_line(author_line, rule, width, measure)
        lines += [(line, False) for line in printed[:-1]] + [(printed[-1], True)]
    return lines


def _break_line(text: str, rule: Rule, width: float, measure: Callable[[str], float]) -> list[str]:
    lines, current = [], ""
    for unit in _narrowed(_units(text, rule), width, measure):
        hangs = bool(rule.hanging) and unit[-1] in rule.hanging
        inside = (current + unit)[:-1] if hangs else (current + unit).rstrip(" ")
        if measure(inside) <= width:
            current += unit
        else:
            lines.append(current.rstrip(" "))
            current = unit.lstrip(" ")
    return [*lines, current.rstrip(" ")]


def _units(text: str, rule: Rule) -> list[str]:
    """The text cut where the rule lets a line end."""
    units: list[str] = []
    for piece in _pieces(text, rule):
        bound = units and (piece[0] in rule.no_start or units[-1][-1] in rule.no_end)
        if bound:
            units[-1] += piece
        else:
            units.append(piece)
    return units


def _pieces(text: str, rule: Rule) -> list[str]:
    """Words and single characters."""
    pieces: list[str] = []
    at = 0
    while at < len(text):
        word = _WORD.match(text, at) if rule.keeps_words else None
        run = word.group() if word else text[at]
        pieces += _URL_PART.findall(run) if rule.breaks_urls and len(run) > 1 else [run]
        at += len(run)
    return pieces


def _narrowed(units: list[str], width: float, measure: Callable[[str], float]) -> list[str]:
    """The units; one that is wider than the column falls into its characters."""
    return [part for unit in units for part in ([unit] if measure(unit) <= width else unit)]
