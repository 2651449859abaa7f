"""Whatever grids extract finds: nothing fails, and no character is lost or taken twice."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pytest

from pipeline.checks.records import find_normalized
from pipeline.model import Extracted, Field, Line, Segmented, TableRow
from pipeline.segment import segment_annex
from pipeline.stages import normalize_segmented
from tests.support.random_grids import make_annex

LOTS, LOT = 8, 125  # annexes; judgement: half a minute on two busy cores
# Seeds; labels merged over headings alone, cells beside cells that are one text, and labels that
# head records and stand in one were lost or counted twice.
FOUND = (1225, 1344, 1635, 2372, 2444, 3116, 3436, 5294)
NORMALIZED = 10  # of how many one is normalized, which takes as long as the rest of a lot


@pytest.mark.parametrize("lot", range(LOTS))
def test_no_character_of_random_grids_is_lost_or_taken_twice(lot: int) -> None:
    for seed in range(lot * LOT, (lot + 1) * LOT):
        check_annex(seed)


@pytest.mark.parametrize("seed", FOUND)
def test_what_larger_budgets_found(seed: int) -> None:
    check_annex(seed)


def check_annex(seed: int) -> None:
    extracted = make_annex(seed)
    segmented = segment_annex(extracted)
    assert not segmented.header.failed, seed
    assert count_found(segmented) == count_drawn(extracted), seed
    assert all(are_in_order(table.rows) for table in segmented.tables), seed
    assert segment_annex(extracted) == segmented, seed
    if seed % NORMALIZED == 0:
        check_records(segmented, seed)


def check_records(segmented: Segmented, seed: int) -> None:
    normalized = normalize_segmented(segmented)
    assert not normalized.header.failed, seed
    assert not list(find_normalized(normalized)), seed
    assert not any(page.unaccounted for page in normalized.pages), seed


def count_drawn(extracted: Extracted) -> Counter[tuple[int, str]]:
    """How often each character stands on each page."""
    return count_characters(
        line
        for page in extracted.pages
        for lines in (*(g.lines for g in page.grids), page.loose_lines, page.ruby, page.overlays)
        for line in lines
    )


def count_found(segmented: Segmented) -> Counter[tuple[int, str]]:
    """The same of the result; the cell that is merged over several records counts once."""
    in_records = {
        (line.page, line.top, tuple(line.edges), line.text): line
        for table in segmented.tables
        for row in table.rows
        for line in row.lines
    }
    outside = (
        line for page in segmented.pages for line in (*page.header_lines, *page.furniture_lines)
    )
    return count_characters(in_records.values()) + count_characters(outside)


def count_characters(lines: Iterable[Line]) -> Counter[tuple[int, str]]:
    return Counter(
        (line.page, character) for line in lines for character in line.text if character.strip()
    )


def are_in_order(rows: Iterable[TableRow]) -> bool:
    """Whether the first lines of each column of a table follow each other down the pages."""
    columns = zip(*(row.fields for row in rows), strict=True)
    return all(map(_is_in_order, columns))


def _is_in_order(column: Iterable[Field]) -> bool:
    starts = [(field.lines[0].page, field.lines[0].top) for field in column if field.lines]
    return all(above <= below for above, below in pairwise(starts))
