"""What the annexes are about: the words of each field of administration."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path
from typing import Any


@dataclasses.dataclass(frozen=True)
class Subject:
    """One field of administration and its words; things can be the object of an action."""

    name: str
    plan: str
    section: str
    slug: str
    """What addresses on the web call it."""
    things: tuple[str, ...]
    people: tuple[str, ...]
    issues: tuple[str, ...]
    actions: tuple[str, ...]
    documents: tuple[str, ...]
    laws: tuple[tuple[str, str], ...]
    """Name and number."""
    measures: tuple[tuple[str, str], ...]
    """A figure's name and its unit."""


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _load() -> tuple[Subject, ...]:
    path = Path(__file__).parent / "words" / "subjects.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["subject"]
    return tuple(Subject(**{key: _frozen(value) for key, value in e.items()}) for e in entries)


SUBJECTS = _load()
