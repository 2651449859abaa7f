"""segment: pieces of one table whose records are no rows."""

from pipeline.model import Column, Role
from pipeline.segment.headings.table_heading import Heading
from pipeline.segment.shapes.label_piece import LabelPiece
from pipeline.segment.shapes.label_run import LabelRun
from tests.support.grids import grid, page, segment


def test_a_later_page_may_have_more_columns_beside_its_labels() -> None:
    number, unnamed = Column("番号", Role.NUMBER), Column("", None)
    pieces = [LabelPiece(grid([[""]]), None, leads=own) for own in ((number,), (unnamed,) * 2)]
    assert LabelRun(Heading(None, None), pieces).leads == (number, unnamed)


def test_columns_beside_labels_below_the_values_of_the_page_before() -> None:
    above = [["提出者", "修正後", "区分"]]
    below = [
        ["市民", "直した。", "採用"],
        ["1", "意見", "道が狭い。"],
        ["1", "回答", "広げます。"],
        ["2", "意見", "橋が古い。"],
        ["2", "回答", "直します。"],
    ]
    found = segment(page(1, [grid(above)]), page(2, [grid(below, page=2)]))
    texts = [[field.text for field in row.fields] for t in found.tables for row in t.rows]
    assert texts == below


def test_cells_beside_each_other_in_a_value_stand_in_its_text_only() -> None:
    rows = [
        ["番号", "1", ""],
        ["意見", "道が狭い。", ""],
        ["", "1号線", "5m"],
        ["回答", "広げます。", ""],
    ]
    spans = {(1, 0): (2, 1), (1, 1): (1, 2), (3, 1): (1, 2)}
    found = segment(page(1, [grid(rows, spans=spans, top=top) for top in (100, 300)]))
    assert [row.fields[1].text for row in found.tables[0].rows] == ["道が狭い。1号線5m"] * 2
    assert found.pages[0].furniture_lines == ()
