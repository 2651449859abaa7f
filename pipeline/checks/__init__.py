"""What must hold of the data between the stages and in the files, beyond their types.

Types and ranges are msgspec's (`model/records.py` declares them); here is what one value demands of
another. `check` holds it where a stage ends, `besshi verify` in what was written.
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
    """What a stage hands on, if nothing is wrong with it.

    Raises:
        CheckError: Something is; the message shows the row. It is a bug of besshi, or of whoever
            changed a stage file.
    """
    for fault in _FINDERS[type(content)](content):
        raise CheckError(str(fault))
    return content
