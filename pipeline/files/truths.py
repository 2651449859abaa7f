"""Truth files: what the records of an annex should be, and who has confirmed it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import asdict

from pipeline.errors import DataError
from pipeline.files.atomic import write_content
from pipeline.files.hashing import digest
from pipeline.files.strict_json import NotJsonError, decode_json
from pipeline.model import ROLES


class TruthTable(Struct, frozen=True):
    """A table of a truth file."""

    headers: list[str]
    roles: list[str]
    records: list[dict[str, Any]]
    title: str | None = None
    caption: str | None = None


class Acceptance(Struct, frozen=True):
    """A person has compared a truth with its PDF and confirmed it."""

    who: str
    when: str
    """A date, such as 2026-11-23."""
    digest: str
    """Hash of the confirmed tables (`digest_tables`): the acceptance holds for no others."""


class Truth(Struct, frozen=True):
    """What the records of an annex should be."""

    annex: str
    description: str = ""
    draft: bool = False
    """True: only besshi has read it, so it is not the truth yet."""
    read: str | None = None
    """Of a draft, hash of what besshi read (`digest_reading`); None: it is no draft."""
    accepted: Acceptance | None = None
    """None: a person wrote it."""
    tables: list[TruthTable] = field(default_factory=list)

    @property
    def records(self) -> int:
        """How many records there are."""
        return sum(len(table.records) for table in self.tables)


def digest_tables(truth: Truth) -> str:
    """A hash of a truth's tables, independent of the layout of its file."""
    tables = [asdict(table) for table in truth.tables]
    return digest(json.dumps(tables, sort_keys=True, separators=(",", ":")))


def digest_reading(truth: Truth, corrections: bytes) -> str:
    """A hash of a draft's tables and of the corrections that they were read with.

    Args:
        corrections: The content of the annex's file of corrections; b"": there is none.
    """
    return digest(digest_tables(truth), corrections)


def read_truths(folder: Path) -> Iterator[tuple[Path, Truth]]:
    """The truth files (*.json) of a folder, sorted by name.

    Raises:
        DataError: A file is no truth file, or nobody has accepted it as it is.
    """
    for path in sorted(folder.glob("*.json")):
        truth = read_truth(path)
        if (doubt := find_reason_to_doubt(truth)) is not None:
            raise DataError(f"{path}: {doubt}")
        yield path, truth


def read_truth(path: Path) -> Truth:
    """Read a truth file: an accepted truth, a draft, or a truth that was changed afterwards.

    Raises:
        DataError: It is no truth file.
    """
    try:
        truth = decode_json(path.read_bytes(), Truth)
    except NotJsonError as error:
        raise DataError(f"{path}: is no truth file ({error}); see docs/data.md") from error
    _check_texts(path, truth)
    return truth


def find_reason_to_doubt(truth: Truth) -> str | None:
    """Why a truth cannot be trusted, and what to do; None: it can be."""
    advice = f"compare it with its PDF, then `besshi annex accept {truth.annex}`"
    if truth.draft:
        return f"is a draft that nobody has accepted; {advice}"
    acceptance = truth.accepted
    if acceptance is not None and acceptance.digest != digest_tables(truth):
        return f"has changed since {acceptance.who} accepted it on {acceptance.when}; {advice}"
    return None


def write_truth(path: Path, truth: Truth) -> None:
    """Write a truth file that a person can read in a diff."""
    content = msgspec.to_builtins(truth)
    content = {key: value for key, value in content.items() if value not in (None, False)}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_content(path, text)


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
