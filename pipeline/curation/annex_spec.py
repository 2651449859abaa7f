"""Reads the file beside a PDF (`<annex>.yml`): where the PDF is from, and what not to guess."""

import re
import reprlib
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from pipeline.curation.strict_yaml import NotYamlError, parse_yaml
from pipeline.errors import SpecError
from pipeline.model import EXTRA, ROLES, AnnexSpec, remove_white_space
from pipeline.vocabulary.folding import fold_width

_DIGEST = re.compile(r"[0-9a-f]{64}")
_PART_OF_A_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")  # 2026, 2026-11
_NUMBER = re.compile(r"\d{1,6}")
# At most five digits, so that a slip such as 1-99999999 cannot fill the memory.
_RANGE = re.compile(r"([1-9]\d{0,4})(?:-([1-9]\d{0,4}))?")


def parse_annex_spec(file: str, content: bytes, source_sha256: str) -> AnnexSpec | None:
    """Read from the file beside a PDF what no stage should guess.

    Args:
        file: Its name, for messages.

    Returns:
        None if the file only says where the PDF is from.

    Raises:
        SpecError: A key or a value is wrong, or the file is about another PDF.
    """
    values = {key: _read_value(key, value) for key, value in _parse_mapping(content).items()}
    _check_digest(values.get("sha256"), source_sha256)
    roles, pages, records = (values.get(key) for key in ("roles", "pages", "records"))
    if not roles and pages is None and records is None:
        return None
    return AnnexSpec(file, roles or {}, pages, records)


def check_pages(spec: AnnexSpec | None, count: int) -> None:
    """Make sure that a PDF has all pages that its spec names.

    Args:
        spec: None: the annex has no spec.

    Raises:
        SpecError: It lacks one of them.
    """
    pages = spec.pages if spec is not None else None
    missing = [page for page in pages or () if page > count]
    if missing:
        raise SpecError(
            f"pages: expected page {missing[0]}, the PDF has {count} pages; correct the pages"
        )


def _parse_mapping(content: bytes) -> Mapping[str, Any]:
    try:
        parsed = parse_yaml(content)
    except NotYamlError as error:
        raise SpecError(str(error)) from error
    if parsed is None:
        return {}
    if not isinstance(parsed, dict):
        raise SpecError(
            f"expected lines of `key: value`, found {reprlib.repr(parsed)}; see docs/data.md"
        )
    return parsed


def _read_value(key: str, value: Any) -> Any:
    if key not in _KEYS:
        near = get_close_matches(key.casefold(), _KEYS, n=1)
        hint = f"write {near[0]}" if near else "remove it"
        raise SpecError(f"the key {key!r} is unknown; {hint} (the keys are {', '.join(_KEYS)})")
    read, expected = _KEYS[key]
    try:
        return None if value is None else read(value)
    except ValueError as error:
        raise SpecError(
            f"{key}: expected {expected}, found {error}; correct it or remove {key}"
        ) from error


def _wrong_value(value: object) -> ValueError:
    return ValueError(reprlib.repr(value))


def _read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong_value(value)
    return value


def _read_date(value: Any) -> str:
    text = _read_text(value)
    if not _PART_OF_A_DATE.fullmatch(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            raise _wrong_value(value) from None
    return text


def _read_digest(value: Any) -> str:
    text = _read_text(value).casefold()
    if not _DIGEST.fullmatch(text):
        raise _wrong_value(value)
    return text


def _read_roles(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _wrong_value(value)
    for header, role in value.items():
        if role not in (*ROLES, EXTRA):
            raise ValueError(f"{header!r}: {reprlib.repr(role)}")
    return value


def _items(value: Any) -> list[str]:
    """The items of a list, or of a text with commas."""
    texts = re.split("[,、]", _read_text(value)) if not isinstance(value, list) else value
    return [fold_width(_read_text(text)).strip() for text in texts]


def _read_pages(value: Any) -> tuple[int, ...]:
    pages: set[int] = set()
    for item in _items(value):
        match = _RANGE.fullmatch(remove_white_space(item))
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first > last:
            raise _wrong_value(value)
        pages.update(range(first, last + 1))
    if not pages:
        raise _wrong_value(value)
    return tuple(sorted(pages))


def _read_records(value: Any) -> int | tuple[int, ...]:
    items = _items(value)
    if not all(_NUMBER.fullmatch(item) for item in items):
        raise _wrong_value(value)
    counts = tuple(map(int, items))
    return counts if isinstance(value, list) or len(counts) > 1 else counts[0]


_A_DATE = "a date such as 2026-11-23, 2026-11 or 2026"
_KEYS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "title": (_read_text, "a text"),
    "publisher": (_read_text, "a text"),
    "source": (_read_text, "a text"),
    "retrieved": (_read_date, _A_DATE),
    "typeset": (_read_date, _A_DATE),
    "sha256": (_read_digest, "64 hexadecimal digits, as `sha256sum` prints them"),
    "note": (_read_text, "a text"),
    "roles": (
        _read_roles,
        f"lines of `printed header: role`, with a role of {', '.join((*ROLES, EXTRA))}",
    ),
    "pages": (_read_pages, "pages such as 2-5, 8"),
    "records": (_read_records, "the number of all records, or a list with that of each table"),
}
KEYS = tuple(_KEYS)
"""All keys that the file may have."""


def _check_digest(expected: str | None, found: str) -> None:
    if expected not in (None, found):
        raise SpecError(
            f"sha256: expected {expected}, the PDF has {found}; get the PDF that this file is "
            "about, or write a file about this PDF"
        )
