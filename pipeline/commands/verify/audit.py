"""The results of annexes against a second count of their PDFs.

Both parsers read the same page: what one of them never saw is in no count of its own, but in the
other's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from pipeline.batch.process_pool import Loss, work_on
from pipeline.batch.resource_limits import Limits, allow_page
from pipeline.commands.verify.characters import Character, hide_doubles
from pipeline.commands.verify.compare import (
    Audited,
    Rows,
    compare_fields,
    compare_pages,
    find_fields,
)
from pipeline.commands.verify.findings import Finding
from pipeline.errors import DataError
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
"""Dataset → what its rows are."""


@dataclass(slots=True)
class Recount:
    """How to count again, and how much was counted."""

    jobs: int
    """Processes; 0: this one alone, without limits."""
    limits: Limits
    pages: int = 0
    fields: int = 0
    characters: int = 0
    """Drawn on these pages."""
    left_out: int = 0
    """Pages that were recognised from their picture: pdfplumber reads no pictures."""

    def __str__(self) -> str:
        counts = f"pages {self.pages:,}, fields {self.fields:,}, characters {self.characters:,}"
        left_out = f"; left out as pictures: pages {self.left_out:,}" if self.left_out else ""
        return f"counted again by pdfplumber: {counts}{left_out}"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of an annex."""

    annex: str
    findings: tuple[Finding, ...]
    pages: int = 0
    fields: int = 0
    characters: int = 0
    left_out: int = 0


def count_again(annexes: Iterable[Audited], how: Recount) -> Iterator[Finding]:
    """What the second count of annexes finds, in their order; `how` is told how much was counted.

    The PDFs are read in processes of their own: one that hangs or breaks pdfplumber is a warning.
    """
    outcomes = []
    made = work_on(_audit, annexes, how.jobs, how.limits) if how.jobs else map(_audit, annexes)
    for outcome in made:
        if isinstance(outcome, Loss):
            outcome = _Outcome(outcome.item.annex, (_unread(outcome.item, str(outcome.error)),))
        outcomes.append(outcome)
        for name in ("pages", "fields", "characters", "left_out"):
            setattr(how, name, getattr(how, name) + getattr(outcome, name))
    for outcome in sorted(outcomes, key=lambda outcome: outcome.annex):
        yield from outcome.findings


def _unread(annex: Audited, why: str) -> Finding:
    what = f"pdfplumber cannot count it again ({printable(why)}); look at its pages yourself"
    return Finding(annex.pdf, what, level="warning")


def _audit(annex: Audited) -> _Outcome:
    try:
        rows = _read_rows(annex)
    except (DataError, msgspec.ValidationError, KeyError):  # told where the files were verified
        return _Outcome(annex.annex, ())
    left_out = {page.page for page in rows.pages if page.source != "text_layer"}
    sheets: dict[int, list[Character]] = {}
    findings = [*_read_sheets(annex, left_out, sheets)]
    findings += compare_pages(annex, rows.pages, sheets)
    fields = list(find_fields(rows, sheets))
    findings += compare_fields(annex, fields, sheets)
    drawn = sum(map(len, sheets.values()))
    return _Outcome(annex.annex, tuple(findings), len(sheets), len(fields), drawn, len(left_out))


def _read_sheets(
    annex: Audited, left_out: Collection[int], sheets: dict[int, list[Character]]
) -> Iterator[Finding]:
    """Read the PDF page by page into `sheets`; where that fails, the pages before it stay."""
    from pipeline.commands.verify.recount.pages import read_pages

    try:
        for number, characters in read_pages(read_file(annex.pdf), left_out):
            sheets[number] = hide_doubles(characters)
            allow_page(number)
    except MemoryError:  # the process had too little: its limit is told, with another advice
        raise
    except Exception as error:  # pdfplumber fails in as many ways as PDFs are odd
        after = f"after page {max(sheets)}: " if sheets else ""
        yield _unread(annex, f"{after}{_reason(error)}")


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _read_rows(annex: Audited) -> Rows:
    names = {kind: annex_file(kind, annex.annex) for kind in _KINDS}
    contents = open_folder(annex.folder).read(list(names.values()))
    rows = {
        kind: msgspec.convert(decode_rows(names[kind], contents[names[kind]]), rows)
        for kind, rows in _KINDS.items()
    }
    return Rows(**rows)
