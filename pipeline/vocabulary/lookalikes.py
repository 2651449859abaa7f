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
    small: dict[str, str]
    """Small kana → the large one."""
    large: dict[str, str]
    """Large kana → the small one."""


@cache
def lookalikes() -> Lookalikes:
    """Read the vocabulary (once)."""
    text = files(__package__).joinpath("lookalikes.yml").read_text("utf-8")
    listed: dict[str, Any] = yaml.safe_load(text)
    return Lookalikes(
        twins=listed["katakana"],
        katakana={twin: kana for kana, twin in listed["katakana"].items()},
        rare=frozenset(listed["rare"]),
        small=listed["small"],
        large={large: kana for kana, large in listed["small"].items()},
    )
