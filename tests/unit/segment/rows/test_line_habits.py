"""How the lines of a column end, inside its cells and where they close."""

from pipeline.segment.rows.line_habits import weigh_line_end
from tests.support.grids import grid, page, segment
from tests.support.making import line


def weigh(text: str, below: str = "市が定める") -> float:
    """Weigh a sentence's end at a page's end, below three cells with a text."""
    rows = [["No", "意見"], *([str(number), text] for number in (1, 2, 3)), ["4", "橋が古い。"]]
    (table,) = segment(page(1, [grid(rows)])).tables
    return weigh_line_end(table.rows, 1, line(below))


def test_a_sentences_end_closes_a_cell_where_few_lines_inside_cells_have_one() -> None:
    wrapped, paragraphs = "道が狭く車が通れ\nないので広\nげる。", "道が狭い。\n車が多い。\n広げる。"
    assert weigh(wrapped) < weigh("道が狭い。") < -1.0 < weigh(paragraphs)


def test_a_sentences_end_tells_less_before_a_paragraph() -> None:
    text = "道が狭く車が通れ\nないので広げる。\n①橋が古い。\n②川が深い。"
    assert weigh(text) < -1.0 < weigh(text, "③池が浅い。")
