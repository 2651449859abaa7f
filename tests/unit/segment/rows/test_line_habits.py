"""How the lines of a column end, inside its cells and where they close."""

from pipeline.segment.rows.line_habits import ends_in_heading, weigh_line_end, weigh_line_start
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


def test_a_heading_with_its_number_closes_no_record_where_it_heads_the_text_of_others() -> None:
    """第4節の現状 goes on with a sentence, and is no heading."""
    rows = [[str(n), f"施策{n}　緑化の推進\n緑を増やす。"] for n in (1, 2, 3)]
    for last, heads in (("施策4　公園の管理", True), ("第4節の現状", False), ("緑", False)):
        grids = [grid([["No", "意見"], *rows, ["4", last]])]
        (table,) = segment(page(1, grids)).tables
        assert ends_in_heading(table.rows, 1) is heads


def test_an_article_that_is_left_out_heads_nothing() -> None:
    rows = [[str(n), f"（目的）\n第{n}条　緑を増やす。\n２　緑を守る。"] for n in (1, 2, 3)]
    grids = [grid([["No", "意見"], *rows, ["4", "（責務）\n第4条　（略）"]])]
    (table,) = segment(page(1, grids)).tables
    assert not ends_in_heading(table.rows, 1)


def test_a_second_article_begins_a_record_where_each_record_has_one() -> None:
    def read(inner: str, below: str = "第9条　橋を直す。") -> float:
        rows = [[str(n), f"（目的）\n第{n}条　緑を増やす。\n{inner}"] for n in (1, 2, 3, 4)]
        (table,) = segment(page(1, [grid([["No", "意見"], *rows])])).tables
        return weigh_line_start(table.rows, 1, line(below))

    assert read("２　緑を守る。") == -4.0
    assert read("第12条　緑を守る。") > -2.0
    assert read("２　緑を守る。", "３　橋を直す。") > -2.0
