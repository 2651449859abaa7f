"""Characters that look like others, from lookalikes.yml."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """The content of `lookalikes.yml`."""

    twins: dict[str, str]
    """Katakana → the character outside of katakana that looks like it."""
    katakana: dict[str, str]
    """That character → the katakana."""
    rare: frozenset[str]
    """Twins of katakana that hardly begin or end a word beside katakana."""
    small: dict[str, tuple[str, float]]
    """Small kana → the large one, and the size of ink halfway between (width + height, em)."""
    large: dict[str, str]
    """Large kana → the small one."""
    numerals: dict[str, str]
    """Roman numerals: Latin letters → one character."""
    unlearned: tuple[tuple[str, str, str, str], ...]
    """The character before, the one as read, the one behind, and what the one as read is."""


@cache
def lookalikes() -> Lookalikes:
    """Read the vocabulary (once)."""
    text = files(__package__).joinpath("lookalikes.yml").read_text("utf-8")
    listed: dict[str, Any] = yaml.safe_load(text)
    small = {kana: (large, float(size)) for kana, (large, size) in listed["small"].items()}
    return Lookalikes(
        twins=listed["katakana"],
        katakana={twin: kana for kana, twin in listed["katakana"].items()},
        rare=frozenset(listed["rare"]),
        small=small,
        large={large: kana for kana, (large, _) in small.items()},
        numerals=listed["numerals"],
        unlearned=tuple(tuple(entry) for entry in listed["unlearned"]),
    )
