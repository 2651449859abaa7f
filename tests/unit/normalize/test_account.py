"""Every glyph is accounted for, and a loss is seen."""

import pytest
from msgspec.structs import replace

from pipeline.model import Segmented
from pipeline.normalize import normalize_annex
from tests.support.making import lay_out


@pytest.mark.parametrize("lost", ["line", "character"])
def test_a_loss_anywhere_shows_in_the_account(ota_segmented: Segmented, lost: str) -> None:
    """The account is no tautology: take something away behind extract and it is missed."""
    table = ota_segmented.tables[0]
    row = table.rows[3]
    (part,) = row.fields[1].parts
    first = part.lines[0]
    if lost == "line":
        lines, missing = part.lines[1:], first.glyphs
    else:
        lines = (replace(first, glyphs=first.glyphs - 1), *part.lines[1:])
        missing = 1
    field = replace(row.fields[1], parts=(replace(part, lines=lines),))
    rows = list(table.rows)
    rows[3] = replace(row, fields=(row.fields[0], field, *row.fields[2:]))
    tables = (replace(table, rows=tuple(rows)), *ota_segmented.tables[1:])
    normalized = normalize_annex(replace(ota_segmented, tables=tables))
    assert [p.unaccounted for p in normalized.pages] == [missing] + [0] * 9
    assert "unaccounted_glyphs" in {issue.code for issue in normalized.header.issues}


def test_a_merged_cell_is_counted_once() -> None:
    segmented = lay_out([["総論", "あ"], ["総論", "い"]], ("category", "comment"), (5.0, 9.0))
    table = segmented.tables[0]
    shared = table.rows[0].fields[0]
    second = replace(table.rows[1], fields=(shared, table.rows[1].fields[1]))
    merged = replace(table, rows=(table.rows[0], second))
    (frame,) = segmented.pages
    normalized = normalize_annex(
        replace(
            segmented,
            tables=(merged,),
            pages=(replace(frame, header=replace(frame.header, glyphs=4)),),
        )
    )
    assert [record.category for record in normalized.records] == ["総論", "総論"]
    assert normalized.pages[0].unaccounted == 0
