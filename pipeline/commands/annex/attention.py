"""What a person has to look at before a draft can be called true."""

from collections.abc import Container, Iterator
from operator import attrgetter

from pipeline.model import Issue, Normalized, Record

_HARMLESS = {"continued", "corrected"}
"""Flags that ask nothing of a person: records go on over pages all the time."""
_SHOWN = 40  # lines: a screen


def list_attention(normalized: Normalized) -> list[str]:
    """A line for each matter: the issues in the order of pages, then records, least sure first.

    A long annex has many unsure records; a person begins with the least sure ones.
    """
    lines = [_issue(issue) for issue in sorted(normalized.header.issues, key=lambda i: i.page or 0)]
    told = {(issue.record_id, issue.code) for issue in normalized.header.issues}
    records = list(_records(normalized, told))
    more = len(records) - _SHOWN
    return [*lines, *records[:_SHOWN], *([f"and {more} more records"] if more > 0 else [])]


def _issue(issue: Issue) -> str:
    where = f"page {issue.page}: " if issue.page else ""
    record = f"{issue.record_id}: " if issue.record_id else ""
    return f"{where}{record}{issue.code}: {issue.message}"


def _records(normalized: Normalized, told: Container[tuple[str | None, str]]) -> Iterator[str]:
    for record in sorted(normalized.records, key=attrgetter("confidence")):
        flags = [
            flag
            for flag in record.flags
            if flag not in _HARMLESS and (record.record_id, flag) not in told
        ]
        if flags:
            yield f"{_pages(record)}: {record.record_id}: {', '.join(flags)} ({_sure(record)})"


def _pages(record: Record) -> str:
    if record.page_first == record.page_last:
        return f"page {record.page_first}"
    return f"pages {record.page_first}-{record.page_last}"


def _sure(record: Record) -> str:
    return f"confidence {record.confidence:.2f}"
