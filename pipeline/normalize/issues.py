"""What of the records and pages of an annex a person should look at."""

from collections.abc import Iterator, Sequence

from pipeline.model import Issue, PageAccount, Record, Severity, Stage


def tell_issues(records: Sequence[Record], pages: Sequence[PageAccount]) -> Iterator[Issue]:
    """Records that are cut off, then pages whose account does not close."""
    yield from _record_issues(records)
    yield from _account_issues(pages)


def _record_issues(records: Sequence[Record]) -> Iterator[Issue]:
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


def _account_issues(pages: Sequence[PageAccount]) -> Iterator[Issue]:
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
