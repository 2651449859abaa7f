"""Cells that several records share."""

from tests.support.grids import grid, numbers, page, segment


def test_a_merged_cell_is_part_of_every_record_it_spans() -> None:
    segmented = segment(
        page(
            1,
            [
                grid(
                    [["分類", "意見", "回答"], ["総論", "あ", "い"], ["", "う", "え"]],
                    spans={(1, 0): (2, 1)},
                )
            ],
        )
    )
    assert numbers(segmented) == [["総論", "総論"]]
