"""Compares the pages' accounts and the records with the second count of the same pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.checks.records import texts_of
from pipeline.commands.verify.characters import Character, without_overlays, without_raised
from pipeline.commands.verify.findings import Finding
from pipeline.commands.verify.typed_rulings import without_typed_rulings
from pipeline.files.parquet.tables import annex_file
from pipeline.model import (
    CORRECTED,
    FieldBox,
    PageAccount,
    Receipt,
    Record,
    group_neighbours,
    remove_white_space,
)

_SHOWN = 20
"""Characters in a finding; judgement: enough to find them; an emptied field may lack thousands."""

Sheets = Mapping[int, Sequence[Character]]
"""Page → its characters."""

_SAYS = r"(?:続|つづ|次頁|次ページ|前頁|前ページ|[Cc]ont)"
_MARK = re.compile(
    rf"[（(［\[〔【〈<《{{][^（）()]{{0,12}}{_SAYS}[^（）()]{{0,12}}[）)］\]〕】〉>》}}]"
    rf"|[※→⇒*].{{0,6}}{_SAYS}.{{0,8}}|^.{{0,6}}(?:頁|ページ).{{0,6}}(?:続|つづ).{{0,4}}$"
)


class RecountInput(Struct, frozen=True):
    """An annex whose PDF is to be counted again."""

    folder: str
    """Address of the results."""
    annex: str
    pdf: str
    """Address of the PDF that the results were made from."""


class AnnexRows(Struct, frozen=True):
    """The results of an annex."""

    records: Sequence[Record]
    pages: Sequence[PageAccount]
    receipts: Sequence[Receipt]


def compare_pages(
    annex: RecountInput, pages: Sequence[PageAccount], sheets: Sheets
) -> Iterator[Finding]:
    """Find pages whose account has other numbers of drawn or hidden glyphs than pdfplumber."""
    accounts = {page.page: page for page in pages}
    for number, characters in sheets.items():
        seen = sum(one.seen for one in characters)
        if (page := accounts.get(number)) is None:
            what = f"lacks the page, on which pdfplumber reads {len(characters)} glyphs"
        elif page.glyphs != len(characters):
            what = f"counts {page.glyphs} glyphs, pdfplumber {len(characters)}"
        elif page.glyphs - page.hidden != seen:
            what = f"counts {page.hidden} hidden glyphs, pdfplumber {len(characters) - seen}"
        else:
            continue
        what += f"; {_advice(annex, number)}"
        yield Finding(annex_file("pages", annex.annex), what, f"{annex.annex}, page {number}")


def _advice(annex: RecountInput, page: int) -> str:
    return f"compare with `besshi inspect {annex.pdf} --page {page}`"


class SpelledField(Struct, frozen=True):
    """The characters that should stand in a field's boxes."""

    record: str
    name: str
    page: int
    """The page on which the field begins."""
    characters: Counter[str]
    """As the PDF has them: changes by corrections and repairs are undone."""
    boxes: tuple[FieldBox, ...]


def spell_fields(rows: AnnexRows, sheets: Sheets) -> Iterator[SpelledField]:
    """The fields of which all pages were counted again."""
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
                yield SpelledField(record.record_id, name, min(pages), spelled, own)


def _as_drawn(text: str, receipts: Iterable[Receipt]) -> Counter[str]:
    """The characters of a field before any change, without white space."""
    changes = list(receipts)
    for receipt in changes:
        if receipt.step == CORRECTED:
            text = receipt.found
    characters = _count(text)
    for receipt in changes:
        if receipt.step != CORRECTED:
            characters.subtract(_count(receipt.made * receipt.count))
            characters.update(_count(receipt.found * receipt.count))
    return characters


def _count(text: str) -> Counter[str]:
    return Counter(remove_white_space(text))


def compare_fields(
    annex: RecountInput, fields: Sequence[SpelledField], sheets: Sheets
) -> Iterator[Finding]:
    """Find fields with other characters than their boxes; the order is not compared."""
    seen = {number: [one for one in sheet if one.seen] for number, sheet in sheets.items()}
    texts = {
        number: without_typed_rulings(without_overlays(without_raised(one)))
        for number, one in seen.items()
    }
    for field in fields:
        inside = [_find_inside(field, page, texts[page]) for page in {b.page for b in field.boxes}]
        differs = _differences(field.characters, _count_all(inside))
        if differs:
            differs = _differences(field.characters, _count_all(map(without_marks, inside)))
        if differs:
            what = f"{field.name!r} {differs}; {_advice(annex, field.page)}"
            yield Finding(annex_file("records", annex.annex), what, field.record)


def _find_inside(
    field: SpelledField, page: int, characters: Sequence[Character]
) -> list[Character]:
    """The characters of a page in the boxes of a field."""
    boxes = [box for box in field.boxes if box.page == page]
    return [one for one in characters if _stands_in(one, boxes)]


def _count_all(pages: Iterable[Sequence[Character]]) -> Counter[str]:
    return _count("".join(one.text for page in pages for one in page))


def _stands_in(one: Character, boxes: Iterable[FieldBox]) -> bool:
    x, y = one.middle
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)


def _differences(expected: Counter[str], found: Counter[str]) -> str:
    """The characters that only one of two counts has; "": there are none."""
    lacks, has = _spell(found, expected), _spell(expected, found)
    parts = [f"lacks {lacks}, which pdfplumber reads there"] if lacks else []
    return " and ".join(
        [*parts, f"has {has}, which pdfplumber does not read there"] if has else parts
    )


def _spell(more: Counter[str], less: Counter[str]) -> str:
    """The characters that one count has more than the other, in quotation marks."""
    left = Counter(more)
    left.subtract(less)
    over = "".join((+left).elements())
    rest = f" and {len(over) - _SHOWN} more" if len(over) > _SHOWN else ""
    return f"「{over[:_SHOWN]}」{rest}" if over else ""


def without_marks(characters: Iterable[Character]) -> list[Character]:
    """The characters of a field's box without marks of continuation (（次頁へ続く）), line by line.

    The rule is that of docs/data.md, implemented a second time and more simply: it is asked only
    where a field lacks characters.
    """
    left: list[Character] = []
    for line in _group_lines(characters):
        letters = [(one, letter) for one in line for letter in one.text]
        text = "".join(letter for _, letter in letters)
        spans = [match.span() for match in _MARK.finditer(text)]
        marked = {id(one) for a, b in spans for one, _ in letters[a:b]}
        left += [one for one in line if id(one) not in marked]
    return left


def _group_lines(characters: Iterable[Character]) -> Sequence[list[Character]]:
    """Group characters whose middles are level, within half their size; from left to right."""
    lines = group_neighbours(
        sorted(characters, key=lambda one: one.middle[1]),
        lambda line, one: abs(one.middle[1] - line[0].middle[1]) * 2 < one.size,
    )
    return [sorted(line, key=lambda one: one.x0) for line in lines]
