"""What a person has to look at before a draft can be called true."""

from collections.abc import Iterator
from operator import attrgetter

from pipeline.model import Normalized, Record

_HARMLESS = {"continued", "corrected"}
"""Flags that ask nothing of a person: records go on over pages all the time."""


def list_attention(normalized: Normalized) -> Iterator[str]:
    """A line for each matter: the issues in the order of pages, then records, least sure first.

    An issue about a record is told with the record.
    """
    for issue in sorted(normalized.issues, key=lambda issue: issue.page or 0):
        if issue.record_id is None:
            where = f"page {issue.page}" if issue.page else "the whole"
            yield f"{where}: {issue.code}: {issue.message}"
    for record in sorted(normalized.records, key=attrgetter("confidence")):
        codes = [issue.code for issue in normalized.issues if issue.record_id == record.record_id]
        flags = [flag for flag in record.flags if flag not in _HARMLESS]
        matters = list(dict.fromkeys([*codes, *flags]))  # `clipped` is both
        if matters:
            yield f"{_pages(record)}: {record.record_id}: {', '.join(matters)} ({_sure(record)})"


def _pages(record: Record) -> str:
    if record.page_first == record.page_last:
        return f"page {record.page_first}"
    return f"pages {record.page_first}-{record.page_last}"


def _sure(record: Record) -> str:
    return f"confidence {record.confidence:.2f}"
