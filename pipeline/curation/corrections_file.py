"""Changes one entry in a file of corrections, and leaves all else in it as people wrote it."""

import contextlib
import json
import re
from collections.abc import Mapping, Sequence

from pipeline.curation.corrections import KEYS, parse_corrections
from pipeline.curation.strict_yaml import Entry, Span, locate_entries
from pipeline.errors import CorrectionError
from pipeline.model import Correction

_CHANGED = ("right", "why", "who")
"""The keys of an entry that another correction of the same text changes."""
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML takes for a line's end, or does not take at all."""
_CONTROL = re.compile(r"^[ \t]|[\x00-\x1f]")


def put_correction(content: bytes, correction: Correction) -> bytes:
    """Add a correction to a file, or put it in the place of the one of the same field.

    Args:
        content: Of the file; b"": there is none yet.

    Returns:
        The new content. Other entries and all comments stand in it as before.

    Raises:
        CorrectionError: The file is malformed, or written in a way that only a person can change.
    """
    before = parse_corrections(content)
    text = content.decode("utf-8-sig")
    entries = locate_entries(text)
    place = _find(before, correction.record, correction.field)
    if place is None:
        made = _append(text, entries, correction)
        expected = (*before, correction)
    else:
        made = _replace_values(text, entries[place].values, correction)
        expected = (*before[:place], correction, *before[place + 1 :])
    return _checked(made, expected)


def drop_correction(content: bytes, record: str, field: str) -> bytes:
    """Remove the correction of a field from a file; without one the file stays as it is.

    Raises:
        CorrectionError: As for `put_correction`.
    """
    before = parse_corrections(content)
    place = _find(before, record, field)
    if place is None:
        return content
    text = content.decode("utf-8-sig")
    entry = locate_entries(text)[place]
    start = text.rfind("\n", 0, entry.start) + 1
    last = max(span.end for span in entry.values.values())
    end = last if text[:last].endswith("\n") else (text.find("\n", last) + 1 or len(text))
    return _checked(text[:start] + text[end:], before[:place] + before[place + 1 :])


def _find(corrections: Sequence[Correction], record: str, field: str) -> int | None:
    for place, one in enumerate(corrections):
        if (one.record, one.field) == (record, field):
            return place
    return None


def _append(text: str, entries: Sequence[Entry], correction: Correction) -> str:
    if not entries:  # only comments may stand there, or an empty list: []
        kept = (line for line in text.splitlines() if line.lstrip().startswith("#"))
        text = "".join(f"{line}\n" for line in kept)
    elif not text.endswith("\n"):
        text += "\n"
    dash = " " * (entries[0].column if entries else 0)
    lines = (
        f"{dash}{'  ' if i else '- '}{key}: {_scalar(getattr(correction, key), len(dash) + 4)}\n"
        for i, key in enumerate(KEYS)
    )
    return text + "".join(lines)


def _replace_values(text: str, values: Mapping[str, Span], correction: Correction) -> str:
    for key in sorted(_CHANGED, key=lambda key: -values[key].start):
        span, value = values[key], getattr(correction, key)
        made = _quoted(value) if span.inline else _scalar(value, span.indent + 2)
        end = "\n" if text[span.start : span.end].endswith("\n") else ""
        text = text[: span.start] + made + end + text[span.end :]
    return text


def _scalar(text: str, indent: int) -> str:
    """A text as a YAML value: as lines where nothing can be mistaken, else in quotes."""
    lines = text.split("\n")
    if len(lines) == 1 or _ESCAPED.search(text) or any(map(_cannot_stand, lines)):
        return _quoted(text)
    return "|-\n" + "\n".join(" " * indent + line for line in lines)


def _cannot_stand(line: str) -> bool:
    return not line or _CONTROL.search(line) is not None


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _checked(text: str, expected: tuple[Correction, ...]) -> bytes:
    """The content, which must say what is expected: a file may be written in unforeseen ways."""
    content = text.encode()
    with contextlib.suppress(CorrectionError):
        if parse_corrections(content) == expected:
            return content if text.strip() else b""
    raise CorrectionError(
        "is written in a way that only a person can change; write the correction into it by hand "
        "(docs/corrections.md)"
    )
