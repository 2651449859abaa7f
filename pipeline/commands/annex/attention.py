"""Lists what a person has to look at before accepting a draft."""

from collections.abc import Container, Iterator
from operator import attrgetter

from pipeline.model import Issue, Normalized, Record

_HARMLESS = {"continued", "corrected"}
"""Flags that a person can ignore: many records continue over pages."""
_MAX_RECORDS = 40
"""Lines; judgement: one screen."""


def list_attention(normalized: Normalized) -> list[str]:
    """A line for each issue in the order of pages, then for each flagged record.

    The records with the lowest confidence come first: a long annex has many flagged records.
    """
    lines = [_issue(issue) for issue in sorted(normalized.header.issues, key=lambda i: i.page or 0)]
    reported = {(issue.record_id, issue.code) for issue in normalized.header.issues}
    records = list(_records(normalized, reported))
    more = len(records) - _MAX_RECORDS
    return [*lines, *records[:_MAX_RECORDS], *([f"and {more} more records"] if more > 0 else [])]


def _issue(issue: Issue) -> str:
    where = f"page {issue.page}: " if issue.page else ""
    record = f"{issue.record_id}: " if issue.record_id else ""
    return f"{where}{record}{issue.code}: {issue.message}"


def _records(normalized: Normalized, reported: Container[tuple[str | None, str]]) -> Iterator[str]:
    for record in sorted(normalized.records, key=attrgetter("confidence")):
        flags = [
            flag
            for flag in record.flags
            if flag not in _HARMLESS and (record.record_id, flag) not in reported
        ]
        if flags:
            where = f"{_pages(record)}: {record.record_id}"
            yield f"{where}: {', '.join(flags)} (confidence {record.confidence:.2f})"


def _pages(record: Record) -> str:
    if record.page_first == record.page_last:
        return f"page {record.page_first}"
    return f"pages {record.page_first}-{record.page_last}"
