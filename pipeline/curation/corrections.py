"""Reads what readers found wrong in the records of an annex: `corrections/<annex>.yml`.

A correction is about one exact text. If besshi now reads another text there, because the PDF or
besshi has changed, a person has to look again: that is an error, and nothing is corrected.
"""

import json
import reprlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.curation.strict_yaml import NotYamlError, parse_yaml
from pipeline.errors import CorrectionError, OutdatedCorrectionError
from pipeline.model import Correction

KEYS = Correction.__struct_fields__
"""The keys of an entry: it must have all of them and no other."""
_TEXTS = ("found", "right")
"""The keys whose value may be empty."""


def parse_corrections(content: bytes) -> tuple[Correction, ...]:
    """The entries of a file of corrections, in the order of the file.

    Raises:
        CorrectionError: It is no list of entries with the keys KEYS, each a text; or two entries
            are about the same field.
    """
    try:
        entries = parse_yaml(content)
    except NotYamlError as error:
        raise CorrectionError(str(error)) from error
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise CorrectionError(
            f"expected a list of entries that begin with `- record:`, found "
            f"{reprlib.repr(entries)}; see docs/corrections.md"
        )
    corrections = tuple(_read_entry(i, entry) for i, entry in enumerate(entries, start=1))
    _check_duplicates(corrections)
    return corrections


def _read_entry(number: int, entry: Any) -> Correction:
    if not isinstance(entry, dict):
        raise CorrectionError(
            f"entry {number}: expected the keys {', '.join(KEYS)}, found {reprlib.repr(entry)}"
        )
    unknown = [key for key in entry if key not in KEYS]
    missing = [key for key in KEYS if key not in entry]
    if unknown or missing:
        faults = [f"has no {', '.join(missing)}"] if missing else []
        faults += [f"has the unknown {', '.join(unknown)}"] if unknown else []
        raise CorrectionError(
            f"entry {number} {' and '.join(faults)}; its keys are {', '.join(KEYS)}"
        )
    correction = Correction(**{key: _read_text(number, key, entry[key]) for key in KEYS})
    if correction.found == correction.right:
        raise CorrectionError(f"entry {number} changes nothing: found and right are equal")
    return correction


def _read_text(number: int, key: str, value: Any) -> str:
    if not isinstance(value, str):
        shown = "nothing" if value is None else reprlib.repr(value)
        raise CorrectionError(
            f'entry {number}: {key}: expected a text, found {shown}; write "" for an empty one'
        )
    if key in _TEXTS:  # as in records, which keep no blank lines
        return "\n".join(line for line in value.split("\n") if line.strip())
    if key != "field" and not value.strip():  # a column may have an empty header
        raise CorrectionError(f"entry {number}: {key} is empty; fill it in")
    return value


def _check_duplicates(corrections: Sequence[Correction]) -> None:
    fields = Counter((correction.record, correction.field) for correction in corrections)
    for (record, field), count in fields.items():
        if count > 1:
            raise CorrectionError(
                f"{count} entries are about {field} of {record}; merge them into one"
            )


def check_corrections(
    corrections: Sequence[Correction], texts: Mapping[str, Mapping[str, str]]
) -> None:
    """Make sure that each correction is about a text that besshi has read.

    Args:
        texts: Record id → field → the text that was read.

    Raises:
        OutdatedCorrectionError: At least one is not; the message shows each, with both texts.
    """
    outdated = list(_find_outdated(corrections, texts))
    if outdated:
        raise OutdatedCorrectionError("; ".join(outdated))


def _find_outdated(
    corrections: Sequence[Correction], texts: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    for correction in corrections:
        record, field = correction.record, correction.field
        if record not in texts:
            yield f"{record}: there is no such record; {_describe_records(texts)}"
        elif field not in texts[record]:
            yield f"{record}: has no field {field!r}; it has {', '.join(texts[record])}"
        elif texts[record][field] != correction.found:
            yield (
                f"{record}, {field}: the text has changed; expected {_quote(correction.found)}, "
                f"now {_quote(texts[record][field])}: look at the record again, then copy "
                "the new text behind found, or remove the entry"
            )


def _describe_records(texts: Mapping[str, object]) -> str:
    ids = list(texts)
    return f"there are {len(ids)}, {ids[0]} to {ids[-1]}" if ids else "there are none"


def _quote(text: str) -> str:
    """The text as YAML takes it, so that it can be copied into the file."""
    return json.dumps(text, ensure_ascii=False)
