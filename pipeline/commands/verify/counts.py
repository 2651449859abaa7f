"""Checks that need only the records: the number of glyphs, and the printed numbers."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.checks.records import Texts, texts_of
from pipeline.commands.verify.findings import Finding
from pipeline.model import PageAccount, Record, remove_white_space
from pipeline.vocabulary.folding import fold_width

_NUMBER = re.compile(r"\D*(\d+)\D*")


def count_glyphs(
    file: str, annex: str, records: Sequence[Record], pages: Sequence[PageAccount], found: Texts
) -> Iterator[Finding]:
    """Compare the glyphs in the pages' accounts with the characters in the records.

    A ligature is one glyph with several characters, so more characters are a warning. Fewer mean
    that text was lost, which is an error.

    Args:
        file: The name of the file with the accounts.
        found: The texts of corrected fields before the correction, which the glyphs spell.
    """
    for page in pages:
        if page.unaccounted:
            what = f"{page.unaccounted} of {page.glyphs} glyphs are unaccounted for"
            yield Finding(file, what, f"{annex}, page {page.page}")
    glyphs, characters = sum(page.in_records for page in pages), _count_characters(records, found)
    if glyphs != characters:
        what = f"in_records counts {glyphs} glyphs, the records have {characters} characters"
        yield Finding(file, what, annex, "error" if characters < glyphs else "warning")


def _count_characters(records: Sequence[Record], found: Texts) -> int:
    """Count characters other than white space; a cell that several records share counts once."""
    fields: dict[tuple[object, ...], int] = {}
    texts = {**texts_of(records), **found}
    for record in records:
        boxes: dict[str, list[tuple[object, ...]]] = {}
        for b in record.boxes:
            boxes.setdefault(b.field, []).append((b.page, b.x0, b.top, b.x1, b.bottom))
        for name, places in boxes.items():
            text = texts.get((record.record_id, name), "")
            fields[(*places, text)] = len(remove_white_space(text))
    return sum(fields.values())


def find_gaps(file: str, records: Sequence[Record]) -> Iterator[Finding]:
    """Find printed numbers that do not follow each other; 1 starts again, a row may have none."""
    for _, rows in groupby(records, key=lambda record: record.table_index):
        last, without = None, 0
        for record in rows:
            if (number := _number(record)) is None:
                without += 1
                continue
            if last is not None and number != 1 and not last <= number <= last + 1 + without:
                what = f"number {number} follows {last}; check whether a row is missing"
                yield Finding(file, what, record.record_id, "warning")
            last, without = number, 0


def _number(record: Record) -> int | None:
    found = _NUMBER.fullmatch(fold_width(record.number or ""))
    return int(found[1]) if found else None
