"""The room that rows leave at a page's end: their padding, and one text beside another."""

from functools import partial

import pytest
from msgspec.structs import replace

from pipeline.model import TableRow
from pipeline.segment.rows.page_break import Between, weigh_continuation
from pipeline.segment.rows.page_ends import PageEnds
from pipeline.segment.rows.room_at_break import weigh_padding, weigh_room_beside
from tests.support.grids import grid, page, segment


def rows_with(bottoms: list[float]) -> list[TableRow]:
    """Rows of one line, with so much white space below it, in points."""
    texts = [["意見", "回答"], *[["あ。", "い。"]] * len(bottoms)]
    (table,) = segment(page(1, [grid(texts)])).tables
    rows = []
    for row, space in zip(table.rows, bottoms, strict=True):
        fields = []
        for field in row.fields:
            (part,) = field.parts
            box = replace(part.box, bottom=part.lines[-1].bottom + space)
            fields.append(replace(field, parts=(replace(part, box=box),)))
        rows.append(replace(row, fields=tuple(fields)))
    return rows


@pytest.mark.parametrize(
    ("bottoms", "is_cut"),
    [
        ([4.0, 4.0, 4.2, 4.0, 9.0], True),
        ([4.0, 4.0, 4.2, 4.0, 4.1], False),
        ([4.0, 6.0, 8.0, 11.0, 9.5], False),  # rows as high as their author drew them
        ([4.0, 4.0, 9.0], False),  # too few to show what is usual
    ],
)
def test_padding_that_no_whole_row_has_tells_of_a_cut(bottoms: list[float], is_cut: bool) -> None:
    rows = rows_with(bottoms)
    assert (weigh_padding(rows, rows[0], (False, False)) > 1.0) == is_cut


def test_a_row_that_no_ruling_closes_has_no_padding() -> None:
    """A typed ruling between two rows stands on one page only."""
    rows = rows_with([4.0, 4.0, 4.2, 4.0, 9.0])
    assert weigh_padding(rows, rows[0], (True, False)) == 0.0


def test_rows_that_no_ruling_parts_have_no_padding() -> None:
    """The white space below the last text of a page is that of the frame."""
    rows = rows_with([4.0, 4.0, 4.2, 4.0, 9.0])
    ruled, unruled = (
        weigh_continuation(
            rows, rows, None, (), Between((False, False), 0.4, False, each, PageEnds())
        )
        for each in (True, False)
    )
    assert unruled < ruled


def test_rulings_of_cut_rows_tell_nothing_of_rows_that_no_ruling_parts() -> None:
    rows = rows_with([4.0, 4.0])
    between = partial(Between, (False, False), 0.4, False, False)
    seen, unseen = (
        weigh_continuation(rows, rows, None, (), between(PageEnds(cut_edges=cut)))
        for cut in ({(False, False): 9}, {})
    )
    assert seen == unseen


def rows_at_break(comment: int, answer: int) -> tuple[TableRow, TableRow]:
    """The rows on both sides of a page's end; the texts of the upper one have so many lines."""
    rows = [["No", "意見", "回答"], ["1", "道が狭い\n" * comment, "検討する\n" * answer]]
    pages = page(1, [grid(rows)]), page(2, [grid([["2", "橋が古い", "直す"]], page=2)])
    above, below = segment(*pages).tables[0].rows
    return above, below


def weigh(comment: int, answer: int) -> float:
    """Weigh a page's end below texts of so many lines, with texts in both columns after it."""
    return weigh_room_beside(*rows_at_break(comment, answer), {0})


def test_a_text_that_goes_on_leaves_no_room_above_the_pages_end() -> None:
    assert weigh(8, 1) < weigh(8, 6) < 0 == weigh(1, 1) < weigh(8, 8)


def test_a_text_in_the_middle_of_its_cell_does_not_go_on() -> None:
    """It stands with as much room above as below, where one that goes on reaches the foot."""
    above, below = rows_at_break(7, 3)
    number, comment, answer = above.fields
    (part,) = answer.parts
    box = replace(part.box, bottom=comment.parts[0].lines[-1].bottom + 2)
    shift = (box.bottom - part.lines[-1].bottom - 2) / 2
    lines = tuple(
        replace(line, top=line.top + shift, bottom=line.bottom + shift) for line in part.lines
    )
    centred = replace(answer, parts=(replace(part, box=box, lines=lines),))
    row = replace(above, fields=(number, comment, centred))
    assert weigh_room_beside(row, below, {0}) < -2.0
