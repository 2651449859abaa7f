"""What the ends of pages show about the program that ended them."""

import pytest
from msgspec.structs import replace

from pipeline.segment.rows.page_ends import PageEnd, PageEnds, count_free_lines, find_bottoms
from tests.support.grids import grid, page, segment
from tests.support.making import line

HEADER = ["現行", "改正案"]
RECORD = ["市が定める。\n" * 8, "市長が定める。\n" * 8]
FULL, ROOM = PageEnd(0.4, 8), PageEnd(3.0, 8)


def test_pages_that_are_all_filled_show_that_rows_are_cut() -> None:
    """The lowest page only shows where pages end."""
    assert PageEnds.learn([FULL]) == PageEnds()
    rows = segment(page(1, [grid([HEADER, RECORD, RECORD])])).tables[0].rows
    few, many = (PageEnds.learn([FULL] * count) for count in (2, 4))
    assert PageEnds().weigh_cut(rows) < few.weigh_cut(rows) < many.weigh_cut(rows)
    assert many.weigh_cut(rows) > 0
    assert PageEnds.learn([ROOM, ROOM]).weigh_cut(rows) < PageEnds().weigh_cut(rows)


def test_much_room_shows_that_rows_are_kept_whole_but_for_those_higher_than_a_page() -> None:
    ends = [FULL, FULL, PageEnd(6.0, 8)]
    assert PageEnds.learn(ends).keeps
    assert not PageEnds.learn([*ends, PageEnd(0.4, 8, is_cut=True)]).keeps


CLOSED, LOWER, UPPER, OPEN = (False, False), (True, False), (False, True), (True, True)


def cut(edges: tuple[bool, bool], room: float = 0.4) -> PageEnd:
    return PageEnd(room, 8, is_cut=True, open_edges=edges)


def test_a_ruling_closes_a_row_where_cuts_are_left_open() -> None:
    few, many = (PageEnds.learn([cut(OPEN)] * count) for count in (1, 4))
    assert many.weigh_edges(CLOSED) < few.weigh_edges(CLOSED) < 0
    assert PageEnds.learn([FULL]).weigh_edges(CLOSED) == 0
    assert PageEnds().weigh_edges(OPEN) > PageEnds().weigh_edges(LOWER) > 0


def test_a_ruling_that_is_missing_tells_what_it_tells_elsewhere_in_the_annex() -> None:
    """A browser leaves out the upper ruling of a page's first row, cut or whole."""
    assert PageEnds.learn([cut(UPPER)] * 3).weigh_edges(UPPER) > 2.0
    assert PageEnds.learn([cut(OPEN)] * 3).weigh_edges(UPPER) < PageEnds().weigh_edges(UPPER)
    whole = [PageEnd(3.0, 8, is_whole=True, open_edges=LOWER)] * 4
    assert PageEnds.learn(whole).weigh_edges(LOWER) < 0.5


def test_notes_at_the_foot_of_a_page_take_the_room_of_rows() -> None:
    low, high = (grid([HEADER, *[RECORD] * count]) for count in (6, 3))
    lowest = low.box.bottom
    note, further = (
        line("注　本市のこと。", top=top) for top in (lowest - 10, high.box.bottom + 5)
    )
    pages = page(1, [low]), page(2, [high], [note]), page(3, [high], [further])
    assert find_bottoms(pages) == {1: lowest, 2: lowest - 10, 3: lowest}


def test_a_page_has_room_for_lines_as_far_apart_as_its_own() -> None:
    near = grid([HEADER, RECORD])
    cells = tuple(
        replace(
            cell,
            lines=tuple(replace(li, bottom=li.bottom + 18 * i) for i, li in enumerate(cell.lines)),
        )
        for cell in near.cells
    )
    far, bottom = replace(near, cells=cells), near.box.bottom + 60
    assert count_free_lines(near, bottom) > 5.0
    assert count_free_lines(far, bottom) < 2.5


def test_room_that_cuts_do_not_leave_shows_that_a_row_ends() -> None:
    full, early = (PageEnds.learn([cut(OPEN, room)] * 6) for room in (0.0, 0.8))
    assert full.weigh_room(0.8) < -1.0
    assert early.weigh_room(0.8) == 0.0
    assert PageEnds().weigh_room(1.5) < PageEnds().weigh_room(0.8) == 0.0


@pytest.mark.parametrize("text", ["同上", "原案のとおりとします。"])
def test_a_text_that_is_all_of_a_cell_elsewhere_is_no_piece_of_one(text: str) -> None:
    def count(end: str, start: str) -> int:
        rows = [["市が\n定める。", "原案のとおりとします。"], ["県が\n定める。", "修正を\nする。"]]
        above = grid([HEADER, *rows, ["市が\n点検する計画と", end]], open_bottom=True)
        below = grid([["備蓄する物資を見直す。", start]], page=2)
        return len(segment(page(1, [above]), page(2, [below])).tables[0].rows)

    rest = "市の職員\nがその", "物資を\n見直す。"
    assert (count(*rest), count(rest[0], text), count(text, rest[1])) == (3, 4, 4)


def test_a_revision_that_ends_and_begins_as_its_original_does_is_one_witness() -> None:
    """Twice the same text makes nobody twice as sure."""

    def confidence(end: str, start: str) -> float:
        whole = [["市が\n定める。", "市長が\n定める。"]] * 3
        above = grid([HEADER, *whole, ["市が\n点検する。", end]])
        below = grid([["備蓄する物資を見直す。", start]], page=2)
        return segment(page(1, [above]), page(2, [below])).tables[0].rows[-1].confidence

    assert confidence("市が\n点検する。", "備蓄する物資を見直す。") < 0.97
    assert confidence("県が\n調べる。", "その他の物資を買う。") > 0.97
