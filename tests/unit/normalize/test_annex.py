"""normalize as a whole: receipts of exchanged characters, type without a size."""

from itertools import accumulate

import pytest
from msgspec.structs import replace

from pipeline.model import Field
from pipeline.normalize import normalize_annex
from tests.support.making import lay_out


def test_an_exchange_leaves_a_receipt() -> None:
    normalized = normalize_annex(lay_out([["⼈の意見⼈"]], ("comment",), (20.0,)))
    assert normalized.records[0].comment == "人の意見人"
    (receipt,) = normalized.receipts
    assert (receipt.step, receipt.found, receipt.made, receipt.count) == (
        "kangxi_radical",
        "⼈",
        "人",
        2,
    )


@pytest.mark.parametrize(("width", "read"), [(10.0, "直す、必ず。"), (5.0, "直す､必ず｡")])
def test_half_width_punctuation_drawn_as_wide_as_full_width_one(width: float, read: str) -> None:
    """A font that has one glyph for both widths calls 。 by the name of ｡."""
    segmented = lay_out([["直す､必ず｡"]], ("comment",), (20.0,))
    table = segmented.tables[0]
    (part,) = table.rows[0].fields[0].parts
    (own,) = part.lines
    widths = [width if character in "､｡" else 10.0 for character in own.text]
    drawn = replace(own, edges=list(accumulate(widths, initial=own.x0)))
    row = replace(table.rows[0], fields=(Field((replace(part, lines=(drawn,)),)),))
    normalized = normalize_annex(replace(segmented, tables=(replace(table, rows=(row,)),)))
    assert normalized.records[0].comment == read
    found = [(receipt.found, receipt.made) for receipt in normalized.receipts]
    assert found == ([("､", "、"), ("｡", "。")] if width > 5 else [])


def test_type_without_a_size_stops_nothing() -> None:
    segmented = lay_out([["あいう" * 9]], ("comment",), (9.0,))
    table = segmented.tables[0]
    (part,) = table.rows[0].fields[0].parts
    lines = tuple(replace(li, size=0.0) for li in part.lines)
    row = replace(table.rows[0], fields=(Field((replace(part, lines=lines),)),))
    normalized = normalize_annex(replace(segmented, tables=(replace(table, rows=(row,)),)))
    assert len(normalized.records) == 1
