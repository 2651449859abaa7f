"""Compares the results of annexes with a second count of their PDFs by another parser.

Both parsers read the same pages: what one of them never saw is missing in its own counts, but not
in the other's.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from pipeline.batch.page_progress import follow_pages
from pipeline.batch.process_pool import LostItem, run_in_processes
from pipeline.batch.resource_limits import Limits
from pipeline.commands.progress_display import showing_progress
from pipeline.commands.verify.characters import (
    Character,
    hide_duplicates,
    hide_unused_hyphens,
)
from pipeline.commands.verify.compare import (
    AnnexRows,
    RecountInput,
    compare_fields,
    compare_pages,
    spell_fields,
)
from pipeline.commands.verify.findings import Finding
from pipeline.errors import DataError, describe_error
from pipeline.files import open_folder, read_file
from pipeline.files.parquet import decode_rows
from pipeline.files.parquet.tables import annex_file
from pipeline.model import PageAccount, Receipt, Record
from pipeline.vocabulary.printable import printable

_KINDS: Mapping[str, Any] = {
    "records": list[Record],
    "pages": list[PageAccount],
    "receipts": list[Receipt],
}
"""Dataset → the type of its rows."""


class Recount(Struct):
    """Options of the second count, and how much it has counted."""

    jobs: int
    """Number of processes; 0: in this process, without limits."""
    limits: Limits
    pages: int = 0
    fields: int = 0
    characters: int = 0
    """Characters that are drawn on these pages."""
    left_out: int = 0
    """Pages that were recognised from their picture, which pdfplumber cannot read."""

    def __str__(self) -> str:
        counts = f"pages {self.pages:,}, fields {self.fields:,}, characters {self.characters:,}"
        left_out = f"; left out as pictures: pages {self.left_out:,}" if self.left_out else ""
        return f"counted again by pdfplumber: {counts}{left_out}"


class _Outcome(Struct, frozen=True):
    """The second count of an annex."""

    annex: str
    findings: tuple[Finding, ...]
    pages: int = 0
    fields: int = 0
    characters: int = 0
    left_out: int = 0


def recount_annexes(annexes: Sequence[RecountInput], recount: Recount) -> Iterator[Finding]:
    """The findings of a second count, sorted by annex; the counts are added to `recount`.

    PDFs are read in separate processes: one on which pdfplumber hangs or crashes is a warning.
    """
    outcomes = []
    for outcome in _audit_all(annexes, recount):
        outcomes.append(outcome)
        for name in ("pages", "fields", "characters", "left_out"):
            setattr(recount, name, getattr(recount, name) + getattr(outcome, name))
    for outcome in sorted(outcomes, key=lambda outcome: outcome.annex):
        yield from outcome.findings


def _audit_all(annexes: Sequence[RecountInput], recount: Recount) -> Iterator[_Outcome]:
    if not recount.jobs:
        yield from map(_audit, annexes)
        return
    with showing_progress("verify", [annex.annex for annex in annexes]) as display:
        for outcome in run_in_processes(
            _audit, annexes, recount.jobs, recount.limits, display.watch
        ):
            if isinstance(outcome, LostItem):
                lost = outcome.item
                outcome = _Outcome(lost.annex, (_warn_unread(lost, str(outcome.error)),))
            display.finish(outcome.annex)
            yield outcome


def _warn_unread(annex: RecountInput, why: str) -> Finding:
    what = f"pdfplumber cannot count it again ({printable(why)}); look at its pages yourself"
    return Finding(annex.pdf, what, level="warning")


def _audit(annex: RecountInput) -> _Outcome:
    try:
        rows = _read_rows(annex)
    except (DataError, msgspec.ValidationError, KeyError):  # a finding of `datasets` already
        return _Outcome(annex.annex, ())
    left_out = {page.page for page in rows.pages if page.source != "text_layer"}
    sheets: dict[int, list[Character]] = {}
    findings = [*_read_sheets(annex, len(rows.pages), left_out, sheets)]
    findings += compare_pages(annex, rows.pages, sheets)
    fields = list(spell_fields(rows, sheets))
    findings += compare_fields(annex, fields, sheets)
    drawn = sum(map(len, sheets.values()))
    return _Outcome(annex.annex, tuple(findings), len(sheets), len(fields), drawn, len(left_out))


def _read_sheets(
    annex: RecountInput, pages: int, left_out: Collection[int], sheets: dict[int, list[Character]]
) -> Iterator[Finding]:
    """Read the PDF page by page into `sheets`; if that fails, the pages before stay there."""
    from pipeline.commands.verify.recount.pages import read_pages

    reached = follow_pages(annex.annex)
    try:
        for number, characters in read_pages(read_file(annex.pdf), left_out):
            sheets[number] = hide_duplicates(hide_unused_hyphens(characters))
            reached(number, pages)
    except MemoryError:  # reported with the process's memory limit
        raise
    except Exception as error:  # pdfplumber raises many kinds of errors for odd PDFs
        after = f"after page {max(sheets)}: " if sheets else ""
        yield _warn_unread(annex, f"{after}{describe_error(error)}")


def _read_rows(annex: RecountInput) -> AnnexRows:
    names = {kind: annex_file(kind, annex.annex) for kind in _KINDS}
    contents = open_folder(annex.folder).read(list(names.values()))
    rows = {
        kind: msgspec.convert(decode_rows(names[kind], contents[names[kind]]), rows)
        for kind, rows in _KINDS.items()
    }
    return AnnexRows(**rows)
