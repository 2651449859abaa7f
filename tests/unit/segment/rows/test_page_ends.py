"""What the ends of pages show about the program that ended them."""

from pipeline.segment.rows.page_ends import PageEnd, PageEnds
from tests.support.grids import grid, page, segment

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
    assert PageEnds.learn([ROOM, ROOM]) == PageEnds()


def test_much_room_shows_that_rows_are_kept_whole_but_for_those_higher_than_a_page() -> None:
    ends = [FULL, FULL, PageEnd(6.0, 8)]
    assert PageEnds.learn(ends) == PageEnds(keeps=True)
    assert PageEnds.learn([*ends, PageEnd(0.4, 8, is_cut=True)]) == PageEnds()


def test_a_ruling_closes_a_row_where_cuts_are_left_open() -> None:
    open_cut, ruled_cut = (PageEnd(0.4, 8, is_cut=True, is_open=each) for each in (True, False))
    few, many = (PageEnds.learn([open_cut] * count) for count in (1, 4))
    assert many.weigh_closed_edge() < few.weigh_closed_edge() < 0
    assert PageEnds.learn([open_cut, ruled_cut]).weigh_closed_edge() == 0
    assert PageEnds.learn([FULL]).weigh_closed_edge() == 0


def test_a_revision_that_ends_and_begins_as_its_original_does_is_one_witness() -> None:
    """Twice the same text makes nobody twice as sure."""

    def confidence(end: str, start: str) -> float:
        whole = [["市が\n定める。", "市長が\n定める。"]] * 3
        above = grid([HEADER, *whole, ["市が\n点検する。", end]])
        below = grid([["備蓄する物資を見直す。", start]], page=2)
        return segment(page(1, [above]), page(2, [below])).tables[0].rows[-1].confidence

    assert confidence("市が\n点検する。", "備蓄する物資を見直す。") < 0.95
    assert confidence("県が\n調べる。", "その他の物資を買う。") > 0.95
