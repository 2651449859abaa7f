"""Truth files: what the records of an annex should be, and who says so."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import DataError
from pipeline.files.atomic import write_whole
from pipeline.model import ROLES


@dataclass(frozen=True, slots=True)
class TruthTable:
    """A table of a truth file."""

    headers: list[str]
    roles: list[str]
    records: list[dict[str, Any]]
    title: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody has read a truth beside its PDF."""

    who: str
    when: str
    """A date, such as 2026-11-23."""
    digest: str
    """Of the tables that were read: it does not hold for others."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What the records of an annex should be."""

    annex: str
    description: str = ""
    draft: bool = False
    """What besshi read, and nobody else: not to be taken for the truth."""
    accepted: Acceptance | None = None
    """None: a person wrote it."""
    tables: list[TruthTable] = field(default_factory=list)

    @property
    def records(self) -> int:
        """How many records there are."""
        return sum(len(table.records) for table in self.tables)


def digest_tables(truth: Truth) -> str:
    """A hash of what a truth says, however its file is laid out."""
    tables = [asdict(table) for table in truth.tables]
    text = json.dumps(tables, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_truths(folder: Path) -> Iterator[tuple[Path, Truth]]:
    """The truth files (*.json) of a folder in the order of their names.

    Raises:
        DataError: A file is no truth file, or one that nobody vouches for.
    """
    for path in sorted(folder.glob("*.json")):
        truth = read_truth(path)
        if (doubt := doubt_truth(truth)) is not None:
            raise DataError(f"{path}: {doubt}")
        yield path, truth


def read_truth(path: Path) -> Truth:
    """A truth file, be it accepted, a draft, or neither any more.

    Raises:
        DataError: It is no truth file.
    """
    try:
        truth = msgspec.json.decode(path.read_bytes(), type=Truth)
    except msgspec.DecodeError as error:
        raise DataError(f"{path}: is no truth file ({error}); see docs/data.md") from error
    _check_texts(path, truth)
    return truth


def doubt_truth(truth: Truth) -> str | None:
    """Why a truth is not to be believed, and what to do; None: it is."""
    then = f"read it beside its PDF, then `besshi annex accept {truth.annex}`"
    if truth.draft:
        return f"is a draft that nobody has accepted; {then}"
    said = truth.accepted
    if said is not None and said.digest != digest_tables(truth):
        return f"is not as {said.who} accepted it on {said.when}; {then}"
    return None


def write_truth(path: Path, truth: Truth) -> None:
    """Write a truth file that a person can read in a diff."""
    said = msgspec.to_builtins(truth)
    said = {key: value for key, value in said.items() if value not in (None, False)}
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def _check_texts(path: Path, truth: Truth) -> None:
    for t, table in enumerate(truth.tables, start=1):
        for r, record in enumerate(table.records, start=1):
            extra = record.get("extra") or {}
            if not isinstance(extra, dict):
                raise DataError(
                    f"{path}: table {t}, record {r}: extra is {extra!r}; write header: text pairs"
                )
            for role, text in {**extra, **{role: record.get(role) for role in ROLES}}.items():
                if text is not None and not isinstance(text, str):
                    raise DataError(
                        f"{path}: table {t}, record {r}: {role} is {text!r}; "
                        "write a text in quotes, or null"
                    )
