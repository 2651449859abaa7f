"""What readers found wrong in an annex and wrote down once: `corrections/<annex>.yml`.

A correction is about one text. Where another stands in its place, because the publisher's file or
besshi has changed, somebody has to look again: that is an error, and nothing is corrected.
"""

import json
import reprlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from pipeline.curation.strict_yaml import NotYamlError, parse_yaml
from pipeline.errors import CorrectionError, OutdatedCorrectionError
from pipeline.model import Correction

KEYS = tuple(field.name for field in fields(Correction))
"""What an entry has to say, no more and no less."""
_TEXTS = ("found", "right")  # these may be empty


def parse_corrections(content: bytes) -> tuple[Correction, ...]:
    """The entries of a file of corrections, in its order.

    Raises:
        CorrectionError: It is no list of entries with the keys of KEYS, each a text; or two
            entries are about one field.
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
    read = tuple(_read_entry(place, entry) for place, entry in enumerate(entries, start=1))
    _check_twins(read)
    return read


def _read_entry(place: int, entry: Any) -> Correction:
    if not isinstance(entry, dict):
        raise CorrectionError(
            f"entry {place}: expected the keys {', '.join(KEYS)}, found {reprlib.repr(entry)}"
        )
    unknown = [key for key in entry if key not in KEYS]
    missing = [key for key in KEYS if key not in entry]
    if unknown or missing:
        said = [f"has no {', '.join(missing)}"] if missing else []
        said += [f"has the unknown {', '.join(unknown)}"] if unknown else []
        raise CorrectionError(f"entry {place} {' and '.join(said)}; its keys are {', '.join(KEYS)}")
    correction = Correction(**{key: _read_text(place, key, entry[key]) for key in KEYS})
    if correction.found == correction.right:
        raise CorrectionError(f"entry {place} changes nothing: found and right are equal")
    return correction


def _read_text(place: int, key: str, value: Any) -> str:
    if not isinstance(value, str):
        said = "nothing" if value is None else reprlib.repr(value)
        raise CorrectionError(
            f'entry {place}: {key}: expected a text, found {said}; write "" for an empty one'
        )
    if key in _TEXTS:  # as records have them: blank lines are not kept
        return "\n".join(line for line in value.split("\n") if line.strip())
    if key != "field" and not value.strip():  # a column may have an empty header
        raise CorrectionError(f"entry {place}: {key} is empty; say it")
    return value


def _check_twins(read: Sequence[Correction]) -> None:
    places = Counter((correction.record, correction.field) for correction in read)
    for (record, field), count in places.items():
        if count > 1:
            raise CorrectionError(
                f"{count} entries are about {field} of {record}; make one of them"
            )


def check_corrections(
    corrections: Sequence[Correction], texts: Mapping[str, Mapping[str, str]]
) -> None:
    """Make sure that each correction is about a text that was read.

    Args:
        corrections: Of one annex.
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
            yield f"{record}: there is no such record; {_span(texts)}"
        elif field not in texts[record]:
            yield f"{record}: has no field {field!r}; it has {', '.join(texts[record])}"
        elif texts[record][field] != correction.found:
            yield (
                f"{record}, {field}: the text has changed; expected {_quoted(correction.found)}, "
                f"now {_quoted(texts[record][field])}: look at it again, then write what "
                "stands there now behind found, or take the entry out"
            )


def _span(texts: Mapping[str, object]) -> str:
    ids = list(texts)
    return f"there are {len(ids)}, {ids[0]} to {ids[-1]}" if ids else "there is none at all"


def _quoted(text: str) -> str:
    """As YAML takes it, so that it can be copied into the file."""
    return json.dumps(text, ensure_ascii=False)
