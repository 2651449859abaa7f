"""Sheets too wide for their paper, printed in halves on several pages."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pipeline.checks import check
from pipeline.model import Grid, Page, Role, Segmented
from pipeline.segment.shapes.shaped_table import ShapedTable
from pipeline.vocabulary.header_roles import HeaderRoles
from tests.support.grids import grid, page, segment
from tests.support.making import line

ASKED, ANSWERED = ["No", "該当箇所", "意見"], ["回答", "反映区分"]


def halves(order: list[list[list[str]]], heights: list[list[float]] | None = None) -> Segmented:
    """An annex with a piece a page; its rows have the heights given for each page."""
    pieces = [grid(rows, page=number) for number, rows in enumerate(order, start=1)]
    if heights:
        pieces = [with_heights(piece, own) for piece, own in zip(pieces, heights, strict=True)]
    return segment(*(page(piece.page, [piece]) for piece in pieces))


def with_heights(piece: Grid, heights: list[float]) -> Grid:
    edges = [100.0]
    for height in heights:
        edges.append(edges[-1] + height)
    cells = [
        replace(c, box=replace(c.box, top=edges[c.row], bottom=edges[c.row + c.row_span]))
        for c in piece.cells
    ]
    return replace(piece, row_edges=tuple(edges), cells=tuple(cells))


def texts(segmented: Segmented) -> list[list[list[str]]]:
    return [
        [["".join(li.text for li in f.lines) for f in row.fields] for row in table.rows]
        for table in segmented.tables
    ]


ONE, TWO = ["1", "第１章", "あ"], ["2", "第２章", "う"]
DOWN_THEN_OVER = [[ASKED, ONE], [TWO], [ANSWERED, ["い", "○"]], [["え", "×"]]]
WHOLE = [[*ONE, "い", "○"], [*TWO, "え", "×"]]


def test_pages_printed_down_and_then_over_are_one_sheet() -> None:
    segmented = halves(DOWN_THEN_OVER)
    assert texts(segmented) == [WHOLE]
    assert [row.pages for row in segmented.tables[0].rows] == [(1, 3), (2, 4)]
    assert [p.tables for p in segmented.pages] == [1, 1, 1, 1]
    assert [len(p.header_lines) for p in segmented.pages] == [3, 0, 2, 0]


def test_pages_printed_over_and_then_down_are_one_sheet() -> None:
    a, b, c, d = DOWN_THEN_OVER
    assert texts(halves([a, c, b, d])) == [WHOLE]


def test_a_field_stands_where_it_is_printed() -> None:
    part = halves(DOWN_THEN_OVER).tables[0].rows[1].fields[4].parts[0]
    assert (part.page, part.box.x0, part.box.top) == (4, 100, 100)


@pytest.mark.parametrize("two", ["2", "２"])
def test_numbers_that_are_printed_again_are_no_column(two: str) -> None:
    """Recognition may see 2 on one page, and ２ on the other."""
    again = [[ASKED, ONE, TWO], [["No", *ANSWERED], ["1", "い", "○"], [two, "え", "×"]]]
    segmented = halves(again)
    assert texts(segmented) == [WHOLE]
    assert len(segmented.pages[1].header_lines) == 5


def test_three_parts() -> None:
    parts = [
        [ASKED, ONE, TWO],
        [["回答", "反映区分"], ["い", "○"], ["え", "×"]],
        [["担当課", "備考"], ["甲課", "-"], ["乙課", "-"]],
    ]
    heights = [[20.0, 30, 55]] * 3
    assert texts(halves(parts, heights)) == [
        [[*row, c, "-"] for row, c in zip(WHOLE, ["甲課", "乙課"], strict=True)]
    ]


def test_two_halves_that_are_of_two_parts_each() -> None:
    """Each part but the first begins with the numbers, and 区分 stands in two of them."""
    parts = [
        [["No", "項目", "区分"], ["1", "道", "甲"], ["2", "橋", "乙"]],
        [["No", "意見"], ["1", "あ"], ["2", "う"]],
        [["No", "回答"], ["1", "い"], ["2", "え"]],
        [["No", "対応区分"], ["1", "○"], ["2", "×"]],
    ]
    segmented = halves(parts, [[20.0, 30, 55]] * 4)
    rows = [["1", "道", "甲", "あ", "い", "○"], ["2", "橋", "乙", "う", "え", "×"]]
    assert texts(segmented) == [rows]
    places = [field.parts[0].page for field in segmented.tables[0].rows[1].fields]
    assert places == [1, 1, 1, 2, 3, 4]


def test_several_columns_that_are_printed_again() -> None:
    parts = [
        [["No", "章", "意見"], ["1", "総則", "あ"], ["2", "附則", "う"]],
        [["No", "章", "回答"], ["1", "総則", "い"], ["2", "附則", "え"]],
    ]
    segmented = halves(parts)
    assert texts(segmented) == [[["1", "総則", "あ", "い"], ["2", "附則", "う", "え"]]]
    assert len(segmented.pages[1].header_lines) == 7


def test_pages_of_one_column_each() -> None:
    """They have the same edges, but another header begins another part."""
    parts = [
        [["No", "章"], ["1", "総則"], ["2", "附則"]],
        [["意見"], ["あ"], ["う"]],
        [["回答"], ["い"], ["え"]],
    ]
    assert texts(halves(parts, [[20.0, 30, 55]] * 3)) == [
        [["1", "総則", "あ", "い"], ["2", "附則", "う", "え"]]
    ]


@pytest.mark.parametrize(
    ("above", "height"), [("参考", 45.0), ("反映", 20.0)], ids=["higher than the header", "known"]
)
def test_a_text_of_a_lone_column_is_no_header_of_another_part(above: str, height: float) -> None:
    """反映 at the top of a page is a header's word too."""
    parts = [
        [["No", "意見", "回答"], ["1", "あ", "い"], ["2", "う", "え"]],
        [["3", "お", "か"], ["4", "き", "く"]],
        [["対応方針"], [above], ["不採用"]],
        [["反映"], ["不採用"]],
    ]
    heights = [[20.0, 30, 55], [height, 40], [20.0, 30, 55], [height, 40]]
    ((first, *_, third, _),) = texts(halves(parts, heights))
    assert first == ["1", "あ", "い", above]
    assert third == ["3", "お", "か", "反映"]


def test_a_whole_table_is_no_half_of_another() -> None:
    segmented = halves([[["No", "意見", "回答"], ["1", "あ", "い"]], [["誤", "正"], ["う", "え"]]])
    assert [len(t.columns) for t in segmented.tables] == [3, 2]


def test_rows_of_other_heights_are_another_table() -> None:
    segmented = halves([[ASKED, ONE], [ANSWERED, ["い", "○"]]], [[20.0, 60], [20.0, 40]])
    assert [len(t.columns) for t in segmented.tables] == [3, 2]


def test_rows_of_several_heights_tell_that_a_whole_table_goes_on_beside() -> None:
    whole = [["No", "意見", "回答"], ["1", "あ", "い"], ["2", "う", "え"]]
    more = [["担当課", "備考"], ["甲課", "-"], ["乙課", "-"]]
    assert len(halves([whole, more], [[20.0, 35, 60]] * 2).tables[0].columns) == 5
    assert len(halves([whole, more]).tables[0].columns) == 3


def test_a_title_begins_another_table() -> None:
    one, other = grid([ASKED, ONE]), grid([ANSWERED, ["い", "○"]], page=2)
    segmented = segment(page(1, [one]), page(2, [other], [line("別の一覧", 0, 50, 2)]))
    assert [len(t.columns) for t in segmented.tables] == [3, 2]


def test_a_title_that_ends_with_the_repeated_columns_heads_no_other_table() -> None:
    one, other = grid([ASKED, ONE]), grid([["No", *ANSWERED], ["1", "い", "○"]], page=2)

    def tables(right: str) -> int:
        left = page(1, [one], [line("説明会の質疑と回答", 0, 50)])
        return len(segment(left, page(2, [other], [line(right, 0, 50, 2)])).tables)

    assert tables("説明会") == 1
    assert tables("質疑と回答") == 2


@pytest.mark.parametrize(("x", "tables"), [(295 - 10 * 10, 1), (0, 2)])
def test_a_title_longer_than_the_left_half_goes_on_over_the_right_one(
    x: float, tables: int
) -> None:
    one, other = grid([ASKED, ONE]), grid([ANSWERED, ["い", "○"]], page=2)
    left = page(1, [one], [line("みどり市基本計画案へ", x, 50)])
    rest = [line("寄せられた意見", 0, 50, 2), line("案を修正するもの", 0, 70, 2)]
    found = segment(left, page(2, [other], rest))
    assert len(found.tables) == tables


@pytest.mark.parametrize(("x", "tables"), [(135, 1), (0, 2)])
def test_a_date_over_the_right_end_is_no_heading(x: float, tables: int) -> None:
    one, other = grid([ASKED, ONE]), grid([ANSWERED, ["い", "○"]], page=2)
    found = segment(page(1, [one]), page(2, [other], [line("１月20日現在", x, 50, 2)]))
    assert len(found.tables) == tables


def test_a_half_may_merge_rows_of_the_other() -> None:
    """意見 has two lines of headers on the left, and one answer stands beside two opinions."""
    heights = [10.0, 10, 30, 55, 20]
    left = [["No", "意見", ""], ["", "章", "内容"], [*ONE], [*TWO], ["3", "第３章", "お"]]
    spans = {(0, 0): (2, 1), (0, 1): (1, 2)}
    right = [ANSWERED, ["い", "○"], ["え", "×"]]
    one = with_heights(grid(left, spans=spans), heights)
    other = with_heights(grid(right, page=2), [20.0, 85, 20])
    (table,) = segment(page(1, [one]), page(2, [other])).tables
    assert [[field.text for field in row.fields][2:] for row in table.rows] == [
        ["あ", "い", "○"],
        ["う", "い", "○"],
        ["お", "え", "×"],
    ]


@pytest.mark.parametrize("merged", [0, 2])
def test_a_half_of_two_parts_may_merge_rows_of_the_other(merged: int) -> None:
    """Two parts have three rows, and the two beside or before them have one for the last two."""
    heads = [["No", "項目"], ["意見", "提出者"], ["回答", "理由"], ["反映区分", "担当課"]]
    counts = [2 if merged <= place < merged + 2 else 3 for place in range(4)]
    parts = [
        [head, *([f"{word}{n}" for word in head] for n in range(1, count + 1))]
        for head, count in zip(heads, counts, strict=True)
    ]
    heights = [[20.0, 30, 75] if count == 2 else [20.0, 30, 55, 20] for count in counts]
    (table,) = halves(parts, heights).tables
    last = [2 if count == 2 else 3 for count in counts for _ in range(2)]
    words = [word for head in heads for word in head]
    assert [field.text for field in table.rows[-1].fields] == [
        f"{word}{n}" for word, n in zip(words, last, strict=True)
    ]


def test_a_row_of_totals_is_printed_in_halves_as_well() -> None:
    order = [[ASKED, ONE, ["計", "", ""]], [ANSWERED, ["い", "○"], ["", "1件"]]]
    segmented = check(halves(order, [[20.0, 30, 55]] * 2))
    assert texts(segmented) == [[[*ONE, "い", "○"]]]
    assert [len(p.furniture_lines) for p in segmented.pages] == [1, 1]


def test_a_left_half_may_have_the_numbers_only() -> None:
    numbers = [["No", "頁"], ["1", "3"], ["2", "5"]]
    whole = [["意見", "回答"], ["道が狭い。", "広げます。"], ["橋が古い。", "直します。"]]
    assert [len(t.columns) for t in halves([numbers, whole]).tables] == [4]


def test_of_the_same_rows_a_half_may_have_more_answers() -> None:
    more = [["回答", "担当課"], ["い", "甲課"], ["え", "乙課"]], [["対応状況"], ["済"], ["未"]]
    parts = [[ASKED, ONE, TWO], *map(list, more)]
    assert [len(t.columns) for t in halves(parts, [[20.0, 30, 55]] * 3).tables] == [6]
    assert [len(t.columns) for t in halves(parts[:2]).tables] == [5]
    assert [len(t.columns) for t in halves(parts).tables][:1] == [5]


def test_no_role_stands_over_two_columns_of_a_joined_sheet() -> None:
    segmented = halves([[ASKED, ONE], [["意見の要旨", "回答"], ["い", "え"]]])
    assert [len(t.columns) for t in segmented.tables] == [3, 2]
    assert segmented.tables[1].columns[0].role is Role.COMMENT


def test_tables_of_other_shapes_are_looked_for_on_whole_sheets_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A half whose narrow column has words beside texts looks like labels and what they name."""
    asked: list[int] = []

    def find(pages: Sequence[Page], _: HeaderRoles) -> list[ShapedTable]:
        asked.extend(page.header.number for page in pages)
        return []

    monkeypatch.setattr("pipeline.segment.annex.find_shaped_tables", find)
    halves([*DOWN_THEN_OVER, [["No", "意見", "回答"], ["1", "あ", "い"]]])
    assert asked == [5]


@pytest.mark.parametrize(("small", "joined"), [(["人数", "件数"], True), (["意見", "回答"], False)])
def test_a_small_table_above_a_sheet_leaves_it_whole(small: list[str], joined: bool) -> None:
    """Another comment table above it is none: which half belongs to which is not known."""
    left, right = [ASKED, ONE, TWO], [ANSWERED, ["い", "○"], ["え", "×"]]
    first, over = (
        with_heights(grid(left), [20, 30, 60]),
        with_heights(grid(right, page=2), [20, 30, 60]),
    )
    above = grid([small, ["21", "63"]])
    edges = tuple(y - 100 for y in above.row_edges)
    cells = [
        replace(c, box=replace(c.box, top=c.box.top - 100, bottom=c.box.bottom - 100))
        for c in above.cells
    ]
    above = replace(above, row_edges=edges, cells=tuple(cells))
    reaching = line("45歳以上の割合", x0=2, top=edges[0] + 4)  # a third column of it
    found = texts(segment(page(1, [above, first]), page(2, [over], loose=[reaching])))
    assert (WHOLE in found) == joined
