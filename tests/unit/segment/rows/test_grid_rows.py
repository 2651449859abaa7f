"""segment: which rows are records, where rulings and numbers do not simply say so."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pipeline.model import Box, Doubt, Field, FieldPart, Segmented, TableRow
from pipeline.segment.rows.unruled_rows import split_by_gaps
from tests.support.grids import grid, page, segment
from tests.support.making import line

HEADER = ["番号", "意見", "回答"]


def fields(segmented: Segmented, table: int = 0) -> list[list[str]]:
    return [
        ["/".join(line.text for line in field.lines) for field in row.fields]
        for row in segmented.tables[table].rows
    ]


@pytest.mark.parametrize("word", ["合計", "計", "小計", "総計"])
def test_totals_are_no_records(word: str) -> None:
    rows = [
        HEADER,
        ["1", "道が狭い。", "広げます。"],
        ["2", "橋が古い。", "直します。"],
        [word, "", "2件"],
    ]
    found = segment(page(1, [grid(rows)]))
    assert [row[0] for row in fields(found)] == ["1", "2"]
    # Not lost: the account has them beside the tables.
    texts = [line.text for line in found.pages[0].furniture_lines]
    assert word in texts


def test_a_comment_that_speaks_of_a_total_is_a_record() -> None:
    rows = [
        HEADER,
        ["1", "合計額の根拠を示してください", "広げます。"],
        ["2", "橋が古い。", "直します。"],
    ]
    assert len(fields(segment(page(1, [grid(rows)])))) == 2


def test_a_header_of_three_rows_names_its_lowest_cells() -> None:
    rows = [
        ["番号", "寄せられたご意見", "", "回答"],
        ["", "内訳", "", ""],
        ["", "意見", "提出者", ""],
        ["1", "道が狭い。", "甲", "広げます。"],
        ["2", "橋が古い。", "乙", "直します。"],
    ]
    spans = {(0, 0): (3, 1), (0, 1): (1, 2), (1, 1): (1, 2), (0, 3): (3, 1)}
    found = segment(page(1, [grid(rows, spans=spans)]))
    roles = [column.role for column in found.tables[0].columns]
    assert roles == ["number", "comment", "submitter", "response"]
    assert len(found.tables[0].rows) == 2


def test_a_repeated_header_with_fewer_rows_is_no_record() -> None:
    first = [["番号", "ご意見", ""], ["", "内容", "回答"], ["1", "道が狭い。", "広げます。"]]
    second = [["", "内容", "回答"], ["2", "橋が古い。", "直します。"]]
    spans = {(0, 0): (2, 1), (0, 1): (1, 2)}
    found = segment(page(1, [grid(first, spans=spans)]), page(2, [grid(second, page=2)]))
    assert len(found.tables) == 1
    assert [row[1] for row in fields(found)] == ["道が狭い。", "橋が古い。"]


def tall_row(cells: Sequence[Sequence[str]]) -> Segmented:
    """A table whose records no ruling parts: one row of the grid holds them all."""
    rows = [HEADER, ["\n".join(column) for column in zip(*cells, strict=True)]]
    return segment(page(1, [grid(rows)]))


def test_numbers_part_records_without_rulings() -> None:
    found = tall_row(
        [
            ("1", "道が狭い。", "広げます。"),
            ("2", "橋が古い。", "直します。"),
            ("3", "木が多い。", "切ります。"),
        ]
    )
    assert fields(found) == [
        ["1", "道が狭い。", "広げます。"],
        ["2", "橋が古い。", "直します。"],
        ["3", "木が多い。", "切ります。"],
    ]


def test_a_word_above_its_number_begins_a_record() -> None:
    """A narrow column breaks 意見 | 1."""
    cells = [
        (f"意見\n{n}", f"第{n}の道が狭くて\n歩けない。", f"第{n}の道を\n広げます。")
        for n in (1, 2, 3)
    ]
    found = tall_row(cells)
    assert [row[0] for row in fields(found)] == ["意見/1", "意見/2", "意見/3"]
    assert [row[2] for row in fields(found)][1] == "第2の道を/広げます。"


def test_a_merged_cell_that_a_page_cuts_is_one_for_all_its_records() -> None:
    header = ["分類", "番号", "意見", "回答"]
    first = [
        header,
        ["総論について", "1", "道が狭い。", "広げます。"],
        ["", "2", "橋が古い。", "直します。"],
    ]
    second = [["", "3", "木が多い。", "切ります。"], ["各論", "4", "川が近い。", "守ります。"]]
    found = segment(page(1, [grid(first, spans={(1, 0): (2, 1)})]), page(2, [grid(second, page=2)]))
    assert [row[0] for row in fields(found)] == ["総論について"] * 3 + ["各論"]


def test_a_small_table_in_a_cell_is_lines_of_the_cell() -> None:
    rows = [
        ["番号", "意見", "", "回答"],
        ["1", "区分", "件数", "広げます。"],
        ["", "区民", "三件", ""],
        ["2", "橋が古い。", "", "直します。"],
        ["3", "木が多い。", "", "切ります。"],
    ]
    spans = {
        (0, 1): (1, 2), (1, 0): (2, 1), (1, 3): (2, 1), (3, 1): (1, 2), (4, 1): (1, 2),
    }  # fmt: skip
    found = segment(page(1, [grid(rows, spans=spans)]))
    assert fields(found)[0] == ["1", "区分\u3000件数/区民\u3000三件", "広げます。"]


def test_small_tables_side_by_side_in_two_versions_are_no_records() -> None:
    rows = [
        ["現行", "", "改正案", "", "理由"],
        ["道が狭い。", "", "道が広い。", "", "調査による。"],
        ["区民", "一件", "区民", "二件", ""],
        ["市民", "三件", "市民", "四件", ""],
        ["橋が古い。", "", "橋が新しい。", "", "架け替える。"],
    ]
    spans = {(row, column): (1, 2) for row in (0, 1, 4) for column in (0, 2)}
    found = segment(page(1, [grid(rows, spans=spans | {(1, 4): (3, 1)})]))
    assert [row[0] for row in fields(found)] == [
        "道が狭い。/区民\u3000一件/市民\u3000三件",
        "橋が古い。",
    ]


def test_a_running_head_over_a_continued_table_is_furniture() -> None:
    def head(number: int) -> list:
        return [line("令和八年度 意見募集の結果", x0=2, top=20, page=number)]

    pages = [
        page(1, [grid([HEADER, ["1", "道が狭い。", "広げます。"]])], head(1)),
        page(2, [grid([["2", "橋が古い。", "直します。"]], page=2)], head(2)),
        page(3, [grid([["3", "木が多い。", "切ります。"]], page=3)], head(3)),
    ]
    found = segment(*pages)
    assert len(found.tables) == 1
    assert len(found.tables[0].rows) == 3


def test_every_glyph_is_in_a_row_a_header_or_beside_the_tables() -> None:
    rows = [
        HEADER,
        ["1", "道が狭い。", "広げます。"],
        ["合計", "", "1件"],
        ["注 件数は延べ数", "", ""],
    ]
    found = segment(page(1, [grid(rows, spans={(3, 0): (1, 3)})]))
    held = sum(
        line.glyphs for row in found.tables[0].rows for field in row.fields for line in field.lines
    )
    frame = found.pages[0]
    beside = sum(line.glyphs for line in (*frame.header_lines, *frame.furniture_lines))
    assert held + beside == frame.header.glyphs


def test_labels_begin_the_records_of_a_comparison_without_rulings() -> None:
    header = ["現行", "改正案", "件数"]
    old = "旧い文\nの一\n\n旧い文\nの二\n\n旧い文\nの三"  # a blank line inside the first record
    body = [old, old.replace("旧い", "新い"), "3" + 6 * "\n" + "5"]
    found = fields(segment(page(1, [grid([header, body])])))
    assert [row[0] for row in found] == ["旧い文/の一/旧い文/の二", "旧い文/の三"]
    assert [row[2] for row in found] == ["3", "5"]


@pytest.mark.parametrize(
    "gaps, rows",
    [((9.0, 9.0), 3), ((14.0, 14.0), 1), ((14.9, 14.9), 1), ((9.0, 14.0), 1)],
    ids=["padding of rows", "blank lines", "blank lines in a higher font", "unlike gaps"],
)
def test_equal_gaps_part_a_comparison_unless_they_are_blank_lines(
    gaps: tuple[float, float], rows: int
) -> None:
    tops = [0.0, 12.0]  # two lines of 10 points a record, 2 points between them
    for gap in gaps:
        tops += [tops[-1] + 10 + gap, tops[-1] + 22 + gap]
    box = Box(0, 0, 200, 200)
    row = TableRow(
        tuple(
            Field((FieldPart(1, box, tuple(line(text, x, top) for top in tops)),))
            for text, x in (("旧い文", 0.0), ("新しい文", 100.0))
        )
    )
    assert len(split_by_gaps(row, compares=True, labels=())) == rows


def test_records_of_one_line_each_are_cut_as_wide_as_texts_above_a_heading_show() -> None:
    """Below a heading, two records of one line each have one gap: that between them."""

    def lay(*tops: float) -> TableRow:
        box = Box(0, 0, 200, 200)
        columns = (("古い図", 0.0), ("直します", 100.0))
        parts = (FieldPart(1, box, tuple(line(t, x, top) for top in tops)) for t, x in columns)
        return TableRow(tuple(Field((part,)) for part in parts))

    row, above = lay(50.0, 68.0), lay(0.0, 12.0)
    assert len(split_by_gaps(row, compares=False, labels=())) == 1
    assert len(split_by_gaps(row, compares=False, labels=(), earlier=[above])) == 2


@pytest.mark.parametrize(("low", "rows"), [(True, 1), (False, 3)])
def test_a_gap_where_another_text_goes_on_is_a_blank_line(low: bool, rows: int) -> None:
    """The blank lines are .9 of a pitch high: their paragraphs are in another font."""
    tops = [0.0, 12.0, 34.8, 46.8, 69.6]
    long = [*tops, *([81.6, 93.6] if low else [])]
    short = [*tops, *([92.4, 104.4] if low else [])]
    row = TableRow(
        tuple(
            Field((FieldPart(1, Box(0, 0, 200, 200), tuple(line("文", x, top) for top in own)),))
            for x, own in ((0.0, long), (100.0, short))
        )
    )
    assert len(split_by_gaps(row, compares=True, labels=())) == rows


@pytest.mark.parametrize(
    ("right", "rows"), [(150.0, 3), (90.0, 1)], ids=["rows", "a text that goes on"]
)
def test_lines_that_fill_all_columns_are_rows_of_an_errata_list(right: float, rows: int) -> None:
    """No gap is wider than another, as no text has two lines."""
    tops = (0.0, 22.0, 44.0)
    row = TableRow(
        tuple(
            Field((FieldPart(1, Box(x, 0, end, 60), tuple(line(text, x, top) for top in tops)),))
            for text, x, end in (
                ("頁", 0.0, 50.0),
                ("誤の字", 50.0, right),
                ("正の字", 200.0, 300.0),
            )
        )
    )
    assert len(split_by_gaps(row, compares=True, labels=(0,))) == rows


@pytest.mark.parametrize(
    ("lengths", "rows"), [((3, 1, 4, 2), 5), ((2, 2, 2, 2), 1)], ids=["rows", "blank lines"]
)
def test_texts_of_unlike_lengths_that_begin_side_by_side_are_rows(
    lengths: tuple[int, ...], rows: int
) -> None:
    """The gaps are as high as blank lines, but below those the longer text would be lower."""
    old, new, top = [], [], 0.0
    for length in (*lengths, 1):
        old += [top + 12 * n for n in range(2)]
        new += [top + 12 * n for n in range(length)]
        top += 12 * (max(length, 2) + 1)
    row = TableRow(
        tuple(
            Field((FieldPart(1, Box(0, 0, 200, 200), tuple(line(text, x, y) for y in tops)),))
            for text, x, tops in (("旧い文", 0.0, old), ("新しい文", 100.0, new))
        )
    )
    found = split_by_gaps(row, compares=True, labels=())
    assert len(found) == rows
    assert all(own.confidence < 1 for own in found) is (rows > 1)


def test_a_reason_that_one_record_has_does_not_join_the_others() -> None:
    row = TableRow(
        tuple(
            Field((FieldPart(1, Box(x, 0, x + 90, 200), tuple(line(text, x, y) for y in tops)),))
            for text, x, tops in (
                ("旧い文", 0.0, [29.0 * n + 12.0 * m for n in range(5) for m in (0, 1)]),
                ("新しい文", 100.0, [29.0 * n for n in range(5)]),
                ("理由", 200.0, [0.0, 29.0]),
            )
        )
    )
    assert len(split_by_gaps(row, compares=True, labels=(2,))) == 5


@pytest.mark.parametrize(("unit", "rows"), [("章", 2), ("条", 1)])
def test_chapters_that_begin_side_by_side_below_a_gap_are_rows(unit: str, rows: int) -> None:
    """The articles of one chapter may be one record, with blank lines between them."""
    heads = {0.0: f"第１{unit}　総則", 48.0: f"第２{unit}　雑則"}
    row = TableRow(
        tuple(
            Field(
                (
                    FieldPart(
                        1,
                        Box(0, 0, 200, 200),
                        tuple(line(heads.get(y, text), x, y) for y in tops),
                    ),
                )
            )
            for text, x, tops in (
                ("旧い文", 0.0, (0.0, 12.0, 24.0, 48.0, 60.0)),
                ("新しい文", 100.0, (0.0, 12.0, 48.0, 60.0)),
            )
        )
    )
    assert len(split_by_gaps(row, compares=True, labels=())) == rows


@pytest.mark.parametrize(("taken", "rows"), [(0.0, 3), (5.0, 1)])
def test_room_for_furigana_parts_no_comparison(taken: float, rows: int) -> None:
    tops = [0.0, 12.0, 24.0, 41.0, 53.0, 70.0, 82.0]  # lines of 10 points; furigana above two
    readings = tuple(
        replace(line("よみ", x, top - taken), bottom=top, size=taken)
        for top in (41.0, 70.0)
        for x in (10.0, 110.0)
        if taken
    )
    row = TableRow(
        tuple(
            Field((FieldPart(1, Box(0, 0, 200, 200), tuple(line(text, x, y) for y in tops)),))
            for text, x in (("旧い文", 0.0), ("新しい文", 100.0))
        )
    )
    assert len(split_by_gaps(row, compares=True, labels=(), furigana=readings)) == rows


def test_a_total_below_records_without_rulings_is_none() -> None:
    rows = [HEADER, ["1\n2\n合計", "道が狭い。\n橋が古い。", "広げます。\n直します。\n2件"]]
    found = segment(page(1, [grid(rows)]))
    assert [row[0] for row in fields(found)] == ["1", "2"]


def test_a_total_whose_figure_wraps_is_none() -> None:
    rows = [HEADER, ["1\n合計", "道が狭い。", "1\n1,4\n46件"]]
    assert [row[0] for row in fields(segment(page(1, [grid(rows)])))] == ["1"]


def test_what_a_page_prints_again_beside_its_number_stands_once() -> None:
    header = ["番号", "該当箇所", "意見"]
    found = segment(
        page(1, [grid([header, ["1", "第１章", "道が狭く、"]], open_bottom=True)]),
        page(2, [grid([header, ["1", "第１章", "暗い。"], ["2", "第２章", "橋"]], page=2)]),
    )
    assert fields(found) == [["1", "第１章", "道が狭く、/暗い。"], ["2", "第２章", "橋"]]


@pytest.mark.parametrize("spans", [{}, {(1, 2): (1, 2)}])
def test_a_page_with_more_columns_than_its_table_is_doubted(
    spans: dict[tuple[int, int], tuple[int, int]],
) -> None:
    """The edge of a small table parts one row only."""
    first = [[*HEADER, ""], ["1", "道が狭い。", "広げます。", ""]]
    wide = {(row, 2): (1, 2) for row in range(2)}
    more = [["2", "橋が古い。", "直します。", "済"], ["3", "木が多い。", "切ります。", "済"]]
    found = segment(page(1, [grid(first, spans=wide)]), page(2, [grid(more, 2, spans=spans)]))
    (table,) = found.tables
    doubts = [[part.doubts for part in row.fields[2].parts] for row in table.rows]
    raised = () if spans else (Doubt.OWN_COLUMNS,)
    assert doubts == [[()], [raised], [raised]]


def test_a_number_in_the_middle_of_the_first_record_parts_nothing() -> None:
    rows = [HEADER, ["\n1", "意見の一行目\n二行目\n三行目", "広げます。"]]
    assert fields(segment(page(1, [grid(rows)])))[0][1] == "意見の一行目/二行目/三行目"


def test_a_small_table_that_a_page_cuts_is_one_records() -> None:
    spans = {(0, 0): (1, 1), (0, 1): (1, 2), (1, 1): (1, 2), (1, 0): (3, 1)}
    first = [
        ["意見", "回答", ""],
        ["道が狭い。", "広げます。", ""],
        ["", "区分", "件数"],
        ["", "窓口", "一件"],
    ]
    second = [["", "郵送", "二件"], ["橋が古い。", "直します。", ""]]
    found = segment(
        page(1, [grid(first, spans=spans)]),
        page(2, [grid(second, page=2, spans={(1, 1): (1, 2)})]),
    )
    assert len(fields(found)) == 2
    assert fields(found)[0][1].endswith("窓口\u3000一件/郵送\u3000二件")


def test_what_every_page_repeats_names_no_table_that_has_a_title() -> None:
    def around(number: int) -> list:
        return [line("資料２", x0=2, top=20, page=number), line("意見と回答", top=50, page=number)]

    pages = [
        page(1, [grid([HEADER, ["1", "道が狭い。", "広げます。"]])], around(1)),
        page(2, [grid([["2", "橋が古い。", "直します。"]], page=2)], around(2)[:1]),
        page(3, [grid([["3", "木が多い。", "切ります。"]], page=3)], around(3)[:1]),
    ]
    (table,) = segment(*pages).tables
    assert (table.title, table.caption) == ("意見と回答", None)


def test_an_upright_label_that_begins_with_a_sum_s_word_is_whole() -> None:
    rows = [
        ["区分", "意見", "回答"],
        ["計\n画\n全\n般", "道が狭い。", "広げます。"],
        ["", "橋が古い。", "直します。"],
    ]
    found = segment(page(1, [grid(rows, spans={(1, 0): (2, 1)})]))
    assert [row[0] for row in fields(found)] == ["計/画/全/般", "計/画/全/般"]


def test_a_field_knows_over_how_many_columns_its_cell_is_merged() -> None:
    rows = [["番号", "意見", "回答", "備考"], ["1", "道が狭い。", "広げます。", ""]]
    rows.append(["2", "橋が古い。", "直します。", ""])
    (table,) = segment(page(1, [grid(rows, spans={(2, 2): (1, 2)})])).tables
    counts = [[part.columns for part in row.fields[2].parts] for row in table.rows]
    assert counts == [[1], [2]]


def test_an_empty_row_beside_an_answer_is_no_record() -> None:
    """A browser makes the cell of an answer longer than the rows that share it."""
    rows = [HEADER, ["1", "道が狭い。", "広げます。"], ["2", "橋が古い。", ""], ["", "", ""]]
    found = segment(page(1, [grid(rows, spans={(1, 2): (3, 1)})]))
    assert [row[0] for row in fields(found)] == ["1", "2"]


def test_a_cell_of_two_records_is_no_part_of_a_small_table_in_one_of_them() -> None:
    """Its line, joined to that beside it in one record, would count twice in the account."""
    rows = [
        [*HEADER, ""],
        ["1", "道が狭い。", "直します。", "すぐに"],
        ["2", "橋が古い。", "", "来年に"],
    ]
    spans = {(0, 2): (1, 2), (1, 2): (2, 1)}
    found = segment(page(1, [grid(rows, spans=spans)]))
    assert [row[2] for row in fields(found)] == ["直します。/すぐに", "直します。/来年に"]


def test_blank_lines_inside_a_record_do_not_hide_the_gaps_between_rows() -> None:
    tops = [0.0, 12.0, 24.0, 45.0, 57.0, 81.0, 102.0, 114.0, 135.0]  # gaps of 11, and a blank line
    parts = (
        FieldPart(1, Box(x, 0, x + 90, 200), tuple(line(text, x, y) for y in tops))
        for text, x in (("旧い文", 0.0), ("新しい文", 100.0))
    )
    row = TableRow(tuple(Field((part,)) for part in parts))
    assert len(split_by_gaps(row, compares=True, labels=())) == 4
