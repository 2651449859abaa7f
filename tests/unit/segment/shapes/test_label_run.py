"""segment: pieces of one table whose records are no rows."""

from pipeline.model import Column, Role
from pipeline.segment.headings.table_heading import Heading
from pipeline.segment.shapes.label_piece import LabelPiece
from pipeline.segment.shapes.label_run import LabelRun
from tests.support.grids import grid


def test_a_later_page_may_have_more_columns_beside_its_labels() -> None:
    number, unnamed = Column("番号", Role.NUMBER), Column("", None)
    pieces = [LabelPiece(grid([[""]]), None, leads=own) for own in ((number,), (unnamed,) * 2)]
    assert LabelRun(Heading(None, None), pieces).leads == (number, unnamed)
