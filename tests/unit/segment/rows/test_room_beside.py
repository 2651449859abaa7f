"""The room that one text of a row leaves beside another one."""

from pipeline.segment.rows.room_beside import weigh_room_beside
from tests.support.grids import grid, page, segment


def weigh(comment: int, answer: int) -> float:
    """Weigh a page's end below texts of so many lines, with texts in both columns after it."""
    rows = [["No", "意見", "回答"], ["1", "道が狭い\n" * comment, "検討する\n" * answer]]
    above, below = (
        segment(page(1, [grid(rows)]), page(2, [grid([["2", "橋が古い", "直す"]], page=2)]))
        .tables[0]
        .rows
    )
    return weigh_room_beside(above, below, {0})


def test_a_text_that_goes_on_leaves_no_room_above_the_pages_end() -> None:
    assert weigh(8, 1) < weigh(8, 6) < 0 == weigh(1, 1) < weigh(8, 8)
