"""The account and the records of an annex against the second count of its PDF.

Both parsers read the same page: what one of them never saw is in no count of its own, but in the
other's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from pipeline.checks.records import texts_of
from pipeline.errors import DataError
from pipeline.model import CORRECTED, FieldBox, PageAccount, Receipt, Record
from pipeline.printing import printable
from pipeline.running.crew import Loss, work_on
from pipeline.running.limits import Limits, allow_page
from pipeline.storage import open_folder, read_file
from pipeline.store import decode_rows
from pipeline.store.parquet import annex_file
from pipeline.verifying.characters import Character, hide_doubles, without_furigana
from pipeline.verifying.findings import Finding

_KINDS: Mapping[str, Any] = {
    "records": list[Record],
    "pages": list[PageAccount],
    "receipts": list[Receipt],
}
"""Dataset → what its rows are."""
_SHOWN = 20  # characters of a finding; a field that was emptied may have thousands


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
        counted = f"{self.pages:,} pages, {self.fields:,} fields, {self.characters:,} characters"
        said = f"counted twice, by two parsers: {counted}"
        if self.left_out:
            said += f"; left out, as they are pictures: {self.left_out:,} pages"
        return said


@dataclass(frozen=True, slots=True)
class Audited:
    """An annex to be counted again."""

    folder: str
    """Address of the results."""
    annex: str
    pdf: str
    """Address of the PDF that they were made from."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of an annex."""

    annex: str
    findings: tuple[Finding, ...]
    pages: int = 0
    fields: int = 0
    characters: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the results say of an annex."""

    records: Sequence[Record]
    pages: Sequence[PageAccount]
    receipts: Sequence[Receipt]


_Sheets = Mapping[int, Sequence[Character]]
"""Page → its characters."""


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
    findings: list[Finding] = []
    sheets: dict[int, list[Character]] = {}
    numbers = [page.page for page in rows.pages if page.source == "text_layer"]
    try:
        for number, characters in _read_sheets(annex, numbers):
            sheets[number] = hide_doubles(characters)
            allow_page(len(sheets))
    except MemoryError:
        raise
    except Exception as error:  # pdfplumber fails in as many ways as PDFs are odd
        findings.append(_unread(annex, f"page {numbers[len(sheets)]}: {_reason(error)}"))
    findings += _compare_pages(annex, rows.pages, sheets)
    fields = list(_fields(rows, sheets))
    findings += _compare_fields(annex, fields, sheets)
    drawn = sum(map(len, sheets.values()))
    left_out = len(rows.pages) - len(numbers)
    return _Outcome(annex.annex, tuple(findings), len(sheets), len(fields), drawn, left_out)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _read_rows(annex: Audited) -> _Rows:
    names = {kind: annex_file(kind, annex.annex) for kind in _KINDS}
    contents = open_folder(annex.folder).read(list(names.values()))
    rows = {
        kind: msgspec.convert(decode_rows(names[kind], contents[names[kind]]), rows)
        for kind, rows in _KINDS.items()
    }
    return _Rows(**rows)


def _read_sheets(annex: Audited, numbers: Sequence[int]) -> Iterator[tuple[int, list[Character]]]:
    if not numbers:  # a scan from the first page to the last
        return
    from pipeline.verifying.recount import read_pages

    yield from read_pages(read_file(annex.pdf), numbers)


def _compare_pages(
    annex: Audited, pages: Sequence[PageAccount], sheets: _Sheets
) -> Iterator[Finding]:
    for page in pages:
        if (characters := sheets.get(page.page)) is None:
            continue
        counts = {
            "glyphs": (page.glyphs, len(characters)),
            "glyphs that are seen": (
                page.glyphs - page.hidden,
                sum(one.seen for one in characters),
            ),
        }
        for kind, (said, found) in counts.items():
            if said != found:
                what = f"counts {said} {kind}, pdfplumber {found}; {_advice(annex, page.page)}"
                where = f"{annex.annex}, page {page.page}"
                yield Finding(annex_file("pages", annex.annex), what, where)
                break  # the other is another for the same reason


def _advice(annex: Audited, page: int) -> str:
    return f"compare with `besshi inspect {annex.pdf} --page {page}`"


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that stands on pages which were read again."""

    record: str
    name: str
    page: int
    """Where it begins."""
    characters: Counter[str]
    """As the PDF spells them: what corrections and repairs changed is changed back."""
    boxes: tuple[FieldBox, ...]


def _fields(rows: _Rows, sheets: _Sheets) -> Iterator[_Field]:
    receipts: dict[tuple[str, str], list[Receipt]] = {}
    for receipt in rows.receipts:
        receipts.setdefault((receipt.record_id, receipt.field), []).append(receipt)
    for record in rows.records:
        boxes: dict[str, list[FieldBox]] = {}
        for box in record.boxes:
            boxes.setdefault(box.field, []).append(box)
        for (_, name), text in texts_of([record]).items():
            own = tuple(boxes.get(name, ()))
            pages = {box.page for box in own} or {record.page_first}
            if pages <= sheets.keys():
                spelled = _as_drawn(text, receipts.get((record.record_id, name), ()))
                yield _Field(record.record_id, name, min(pages), spelled, own)


def _as_drawn(text: str, receipts: Iterable[Receipt]) -> Counter[str]:
    """The characters of a field before anything was changed in it, white space aside."""
    told = list(receipts)
    for receipt in told:
        if receipt.step == CORRECTED:
            text = receipt.found
    characters = _count(text)
    for receipt in told:
        if receipt.step != CORRECTED:
            characters.subtract(_count(receipt.made * receipt.count))
            characters.update(_count(receipt.found * receipt.count))
    return characters


def _count(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def _compare_fields(annex: Audited, fields: Sequence[_Field], sheets: _Sheets) -> Iterator[Finding]:
    seen = {number: [one for one in sheet if one.seen] for number, sheet in sheets.items()}
    texts = {number: without_furigana(characters) for number, characters in seen.items()}
    for field in fields:
        found = Counter[str]()
        for page in {box.page for box in field.boxes}:
            boxes = [box for box in field.boxes if box.page == page]
            inside = (one.text for one in texts[page] if _stands_in(one, boxes))
            found.update(_count("".join(inside)))
        if differs := _differences(field.characters, found):
            what = f"{field.name!r} {differs}; {_advice(annex, field.page)}"
            yield Finding(annex_file("records", annex.annex), what, field.record)


def _stands_in(one: Character, boxes: Iterable[FieldBox]) -> bool:
    x, y = one.middle
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)


def _differences(told: Counter[str], found: Counter[str]) -> str:
    """What only one of two counts has; "" where they are the same."""
    lacks, has = _spell(found, told), _spell(told, found)
    said = [f"lacks {lacks}, which pdfplumber reads there"] if lacks else []
    return " and ".join(
        [*said, f"has {has}, which pdfplumber does not read there"] if has else said
    )


def _spell(more: Counter[str], less: Counter[str]) -> str:
    """The characters that one count has and the other has not, in quotation marks."""
    left = Counter(more)
    left.subtract(less)
    over = "".join((+left).elements())
    rest = f" and {len(over) - _SHOWN} more" if len(over) > _SHOWN else ""
    return f"「{over[:_SHOWN]}」{rest}" if over else ""
