"""Marks inside texts: signs that stand before and behind marked characters until they are printed.

A text with marks has for each of them two characters for private use, so that it can be drawn,
changed and cut like any other text. The truth and the printed PDF have neither.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

_FIRST = 0xE100  # of the private-use area: what the factory's vocabulary has not
_LINES = ("solid", "solid", "double", "wavy", "dotted", "dashed")
EMPHASIS_SIGNS = "•◦●○◉◎▲△﹅﹆・"
"""What programs print above emphasised characters."""


@dataclasses.dataclass(frozen=True)
class Look:
    """How one program prints a mark of a kind."""

    kind: str
    """As the contract names it."""
    html: str
    """The style of a span; for platypus the tag and its attributes; of drawn marks the name."""
    text: str = ""
    """The properties of a text style in OpenDocument."""


CSS = (
    *(Look("underline", f"text-decoration: underline {line}") for line in _LINES),
    Look("strike", "text-decoration: line-through"),
    Look("strike", "text-decoration: line-through double"),
    Look("box", "border: 0.5pt solid #000"),
    Look("box", "border: 1px solid #333; padding: 0 1px"),
    *(Look("highlight", f"background: {ink}") for ink in ("#ff0", "#c8f7c5", "#ffd9ec", "#ddd")),
    *(Look("emphasis", f"text-emphasis: {sign}") for sign in ("dot", "sesame", "open circle")),
    *(Look("colour", f"color: {ink}") for ink in ("#f00", "#c00000", "#00f", "#0070c0")),
)
ODF = (
    *(
        Look("underline", "", f'style:text-underline-style="{line}" {more}')
        for line, more in (
            ("solid", ""), ("solid", ""), ("wave", ""), ("dotted", ""), ("dash", ""),
            ("solid", 'style:text-underline-type="double"'),
        )
    ),
    Look("strike", "", 'style:text-line-through-style="solid"'),
    Look(
        "strike", "",
        'style:text-line-through-style="solid" style:text-line-through-type="double"',
    ),
    Look("box", "", 'fo:border="0.5pt solid #000000" fo:padding="0pt"'),
    *(Look("highlight", "", f'fo:background-color="{ink}"') for ink in ("#ffff00", "#ccffcc")),
    *(Look("colour", "", f'fo:color="{ink}"') for ink in ("#ff0000", "#c00000", "#0000ff")),
)  # fmt: skip
PLATYPUS = (
    Look("underline", "u"),
    Look("strike", "strike"),
    *(Look("colour", f'font color="{ink}"') for ink in ("red", "blue")),
)
_RUNS = re.compile(r"\+(?:[+ ]*\+)?")
"""White space between two marked characters is marked."""
PRINTED = (
    *(
        Look("underline", f"{line} below")
        for line in (
            "bar", "thick bar", "bar far", "red pen", "pieces", "two bars", "dotted pen",
            "dashed pen", "chained pen", "round dots", "zigzag", "wave",
        )
    ),
    *(
        Look("strike", f"{line} through")
        for line in ("bar", "pen", "two bars", "pieces", "red pen")
    ),
    *(Look("box", name) for name in ("frame", "sliced frame")),
    *(Look("highlight", name) for name in ("yellow ground", "yellow pitch", "grey ground")),
    *(Look("emphasis", name) for name in ("dots above", "discs above")),
    *(Look("colour", name) for name in ("red", "blue")),
)  # fmt: skip
_EMPHASISED_PUNCTUATION = "#%‰‱&@§¶"
"""No browser puts a sign above other punctuation (CSS Text Decoration 4, text-emphasis-skip)."""
_SIGN = re.compile(
    f"[{chr(_FIRST)}-{chr(_FIRST + 2 * max(map(len, (CSS, ODF, PLATYPUS, PRINTED))))}]"
)


def mark(text: str, rng: Random, numbers: Sequence[int]) -> str:
    """The text with marks on some of its characters; no mark runs over an author's line end.

    Args:
        text: A logical text.
        rng: Decides where.
        numbers: Of the looks to use.
    """
    return "\n".join(_mark_line(line, rng, numbers) for line in text.split("\n"))


def _mark_line(line: str, rng: Random, numbers: Sequence[int]) -> str:
    number, bare = rng.choice(numbers), line.strip()
    if rng.random() < 0.5 or len(bare) < 2:
        return line
    begin = line.index(bare)
    start, end = begin, begin + len(bare)
    if rng.random() < 0.75:  # else the whole line
        start = rng.randrange(begin, begin + len(bare) - 1)
        end = min(start + rng.randint(2, 40), end)
    while end > start and line[end - 1].isspace():
        end -= 1
    while end > start and line[start].isspace():
        start += 1
    if start == end:
        return line
    before, marked, after = line[:start], line[start:end], line[end:]
    opening, closing = signs(number)
    return f"{before}{opening}{marked}{closing}{after}"


def plain(text: str) -> str:
    """The text without the signs."""
    return _SIGN.sub("", text)


def find_marks(text: str, looks: Sequence[Look]) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each mark, in characters of the plain text."""
    opened, place = 0, 0
    for char in text:
        number = ord(char) - _FIRST
        if not _SIGN.fullmatch(char):
            place += 1
        elif number % 2 == 0:
            opened = place
        else:
            kind = looks[number // 2].kind
            bare = plain(text)[opened:place]
            flags = "".join(map(_flag_emphasised, bare)) if kind == "emphasis" else "+" * len(bare)
            runs = _RUNS.finditer(flags)
            yield from ((opened + run.start(), opened + run.end(), kind) for run in runs)


def _flag_emphasised(char: str) -> str:
    """A plus for a character that bears a sign, a space for white space, else a minus."""
    return " " if char.isspace() else "+" if bears_sign(char) else "-"


def bears_sign(char: str) -> bool:
    """Whether an emphasised character has a sign above it."""
    has_sign = unicodedata.category(char)[0] not in "ZCP"
    return has_sign or unicodedata.normalize("NFKC", char) in _EMPHASISED_PUNCTUATION


def look_number(text: str) -> int | None:
    """The number of the look that a sign opens or closes; None: the text is no sign."""
    return (ord(text) - _FIRST) // 2 if _SIGN.fullmatch(text) else None


def closes(sign: str) -> bool:
    """Whether a character is a sign behind marked characters."""
    return bool(_SIGN.fullmatch(sign)) and (ord(sign) - _FIRST) % 2 == 1


def signs(number: int) -> tuple[str, str]:
    """The signs before and behind characters in the look of a number."""
    return chr(_FIRST + 2 * number), chr(_FIRST + 2 * number + 1)


def split_signs(text: str) -> list[str]:
    """The text cut before and behind each sign."""
    return [part for part in re.split(f"({_SIGN.pattern})", text) if part]


def has_kind(text: str, kind: str, looks: Sequence[Look]) -> bool:
    """Whether a text has a mark of a kind."""
    numbers = map(look_number, _SIGN.findall(text))
    return any(number is not None and looks[number].kind == kind for number in numbers)


def mark_up(text: str, tags: Callable[[int], tuple[str, str]]) -> str:
    """The text with tags in place of the signs.

    Args:
        text: Escaped already.
        tags: What opens and closes the look of a number.
    """

    def tag(found: re.Match[str]) -> str:
        number = ord(found.group()) - _FIRST
        return tags(number // 2)[number % 2]

    return _SIGN.sub(tag, text)


def html_tags(number: int) -> tuple[str, str]:
    """The tags of a look in HTML."""
    return f'<span style="{CSS[number].html}">', "</span>"


def platypus_tags(number: int) -> tuple[str, str]:
    """The tags of a look in platypus."""
    name = PLATYPUS[number].html
    return f"<{name}>", f"</{name.split()[0]}>"


def odf_tags(number: int) -> tuple[str, str]:
    """The tags of a look in OpenDocument; `odf_styles` are what they name."""
    return f'<text:span text:style-name="mark{number}">', "</text:span>"


def odf_styles() -> str:
    """The text styles of all looks."""
    return "".join(
        f'<style:style style:name="mark{number}" style:family="text">'
        f"<style:text-properties {look.text}/></style:style>"
        for number, look in enumerate(ODF)
    )


def read_truth(texts: dict[str, str], looks: Sequence[Look]) -> list[dict[str, Any]]:
    """The marks of a record's fields in the form of the contract."""
    return [
        {"field": field, "start": start, "end": end, "kind": kind}
        for field, text in texts.items()
        for start, end, kind in find_marks(text, looks)
    ]
