"""Which records and pages of an annex a person should look at."""

from collections.abc import Iterator, Sequence

from pipeline.model import Issue, PageAccount, Record, Severity, Stage


def find_issues(records: Sequence[Record], pages: Sequence[PageAccount]) -> Iterator[Issue]:
    """Find records that are cut off or hold pictures, then pages with unaccounted glyphs."""
    yield from _find_clipped(records)
    yield from _find_pictured(records)
    yield from _find_unaccounted(pages)


def _find_clipped(records: Sequence[Record]) -> Iterator[Issue]:
    for record in records:
        if "clipped" in record.flags:
            yield Issue(
                Severity.WARNING,
                Stage.NORMALIZE,
                "clipped",
                "a cell's text is cut off by its row and ends unfinished; ask the publisher for "
                "the rest",
                page=record.page_last,
                record_id=record.record_id,
            )


def _find_pictured(records: Sequence[Record]) -> Iterator[Issue]:
    for record in records:
        if "pictured" in record.flags:
            yield Issue(
                Severity.WARNING,
                Stage.NORMALIZE,
                "pictured",
                "a picture is pasted into one of its cells and was not read; look for text in it",
                page=record.page_first,
                record_id=record.record_id,
            )


def _find_unaccounted(pages: Sequence[PageAccount]) -> Iterator[Issue]:
    for page in pages:
        if page.unaccounted:
            yield Issue(
                Severity.WARNING,
                Stage.NORMALIZE,
                "unaccounted_glyphs",
                f"{page.unaccounted} of {page.glyphs} glyphs are in no record, header or "
                "furniture; please report this file to besshi's maintainers",
                page=page.page,
            )
