"""checks: rules that the data must follow between the stages and in the files.

In: what a stage hands on, or rows that were written. Out: each fault in them. It must not know how
the data were made. msgspec checks types and ranges, which `model/records.py` declares; the rules
here say what one value demands of another. `check` applies them where a stage ends, `besshi verify`
to what was written.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pipeline.checks.faults import CheckError, Fault
from pipeline.checks.records import find_normalized, find_records, find_tokens
from pipeline.checks.stages import find_extracted, find_segmented
from pipeline.model import Extracted, Normalized, Segmented

__all__ = ["CheckError", "Fault", "check", "find_records", "find_tokens"]

Content = TypeVar("Content")

_FINDERS: dict[type, Callable[[Any], Iterator[Fault]]] = {
    Extracted: find_extracted,
    Segmented: find_segmented,
    Normalized: find_normalized,
}


def check(content: Content) -> Content:
    """Return what a stage hands on, if nothing is wrong with it.

    Raises:
        CheckError: Something is wrong; the message shows the row. Either besshi has a bug, or
            somebody changed a stage file.
    """
    for fault in _FINDERS[type(content)](content):
        raise CheckError(str(fault))
    return content
