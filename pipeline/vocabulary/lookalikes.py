"""Characters that look like others."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """What `lookalikes.yml` holds."""

    twins: dict[str, str]
    """Katakana → what looks like it outside of katakana."""
    katakana: dict[str, str]
    """The other way round."""
    rare: frozenset[str]
    """Twins of katakana that hardly begin or end a word beside katakana."""
    small: dict[str, tuple[str, float]]
    """Small kana → the large one, and the size of ink between the two (width + height, em)."""
    large: dict[str, str]
    """Large kana → the small one."""
    numerals: dict[str, str]
    """Roman numerals: Latin letters → one character."""
    unlearned: tuple[tuple[str, str, str, str], ...]
    """Before, as read, behind, what it is."""


@cache
def lookalikes() -> Lookalikes:
    """The vocabulary, read once."""
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
