"""segment: lists that go on over a page's end."""

import pytest

from pipeline.model import Field
from pipeline.segment.rows.cut_texts import begins_next_item
from tests.support.grids import grid, page, segment


@pytest.mark.parametrize(
    ("item", "count"), [("③駅。", 6), ("③駅への対応", 6), ("①駅。", 7), ("第３章　駅", 7)]
)
def test_the_next_item_of_a_list_goes_on_from_the_page_before(item: str, count: int) -> None:
    rows = [[f"①{text}を定める。\n②他。", f"①{text}。\n②他を定める。"] for text in "道橋川山谷海"]
    above = grid([["現行", "改正案"], *rows])
    below = grid([[item, f"{item[0]}駅。"]], page=2)
    assert len(segment(page(1, [above]), page(2, [below])).tables[0].rows) == count


@pytest.mark.parametrize(("mark", "count"), [("・", 6), ("①②③④", 7)])
def test_a_list_s_first_item_may_number_the_record(mark: str, count: int) -> None:
    """Other records show whether it does."""
    marks = [mark[n % len(mark)] for n in range(5)]
    rows = [
        [f"{own}{text}が狭い。\n古い。", "広げます。"]
        for own, text in zip(marks, "道川山谷海", strict=True)
    ]
    above = grid([["意見", "回答"], *rows, ["①橋が古い。", "直します。"]])
    below = grid([["②道が暗い。", "照らします。"], ["壁が高い。", "下げます。"]], page=2)
    assert len(segment(page(1, [above]), page(2, [below])).tables[0].rows) == count + 1


@pytest.mark.parametrize("heading", ["", "（目的）\n"])
def test_an_article_numbers_its_row(heading: str) -> None:
    """Its heading stands above its number, and white space behind that."""
    rows = [
        [f"{heading}第{n}条　{text}を定める。", f"{heading}第{n}条　{text}を決める。"]
        for n, text in enumerate("道橋川山谷", 1)
    ]
    above = grid([["改正案", "現行"], *rows])
    below = grid([["第６条　（略）", "第６条　（略）"]], page=2)
    assert len(segment(page(1, [above]), page(2, [below])).tables[0].rows) == 6


def test_an_empty_cell_behind_a_page_s_end_begins_no_item() -> None:
    assert not begins_next_item(Field(()), Field(()))
