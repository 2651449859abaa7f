"""Which records and pages of an annex a person should look at."""

from collections.abc import Iterator, Sequence

from pipeline.model import Issue, PageAccount, Record, Severity, Stage


def find_issues(records: Sequence[Record], pages: Sequence[PageAccount]) -> Iterator[Issue]:
    """Find records that are cut off, that hold pictures, and pages with unaccounted glyphs."""
    message = (
        "a cell's text is cut off by its row and ends unfinished; ask the publisher for the rest"
    )
    for record in _find_flagged(records, "clipped"):
        yield warn("clipped", message, record.page_last, record)
    message = "a picture or a drawn sign stands in one of its cells and was not read; look at it"
    for record in _find_flagged(records, "pictured"):
        yield warn("pictured", message, record.page_first, record)
    for page in pages:
        if page.unaccounted:
            message = (
                f"{page.unaccounted} of {page.glyphs} glyphs are in no record, header or "
                "furniture; please report this file to besshi's maintainers"
            )
            yield warn("unaccounted_glyphs", message, page.page)


def _find_flagged(records: Sequence[Record], flag: str) -> Iterator[Record]:
    return (record for record in records if flag in record.flags)


def warn(code: str, message: str, page: int, record: Record | None = None) -> Issue:
    """An issue of this stage, about a page or about a record on it."""
    record_id = record.record_id if record else None
    return Issue(Severity.WARNING, Stage.NORMALIZE, code, message, page=page, record_id=record_id)
