"""normalize as a whole: receipts of exchanged characters, type without a size."""

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


def test_type_without_a_size_stops_nothing() -> None:
    segmented = lay_out([["あいう" * 9]], ("comment",), (9.0,))
    table = segmented.tables[0]
    (part,) = table.rows[0].fields[0].parts
    lines = tuple(replace(li, size=0.0) for li in part.lines)
    row = replace(table.rows[0], fields=(Field((replace(part, lines=lines),)),))
    normalized = normalize_annex(replace(segmented, tables=(replace(table, rows=(row,)),)))
    assert len(normalized.records) == 1
