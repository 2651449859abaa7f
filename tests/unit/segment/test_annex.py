"""segment: headers, tables over pages, rows over pages, what stands around."""

from collections.abc import Sequence

import pytest
import yaml

from pipeline.model import (
    AnnexHeader,
    Cell,
    Extracted,
    Grid,
    Line,
    Page,
    PageHeader,
    PageOrigin,
    Segmented,
)
from pipeline.segment import segment_annex
from pipeline.segment.furniture import read_heading
from pipeline.segment.headers import assign_roles, find_header
from pipeline.vocabulary.header_words import match_role
from pipeline.vocabulary.line_marks import is_page_number
from tests.support.making import box, line
from tests.support.pdfs import DATA

HEADERS = yaml.safe_load((DATA / "headers.yml").read_text("utf-8"))
WIDTH = 100.0  # of a column in these tests, points


def grid(
    rows: Sequence[Sequence[str]],
    page: int = 1,
    top: float = 100,
    spans: dict[tuple[int, int], tuple[int, int]] | None = None,
    open_bottom: bool = False,
) -> Grid:
    """A grid of one-line cells; `spans` gives row and column spans by place."""
    height, columns = 20.0, len(rows[0])
    covered = {
        (row + down, column + right)
        for (row, column), (rows_down, columns_right) in (spans or {}).items()
        for down in range(rows_down)
        for right in range(columns_right)
        if down or right
    }
    cells = []
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            if (r, c) in covered:
                continue
            down, right = (spans or {}).get((r, c), (1, 1))
            x, y = c * WIDTH, top + r * height
            lines = [
                line(part, x0=x + 2, top=y + 2 + 10 * i, page=page)
                for i, part in enumerate(text.split("\n"))
                if part
            ]
            frame = box(x, y, x + right * WIDTH, y + down * height)
            cells.append(Cell(r, c, down, right, frame, tuple(lines)))
    return Grid(
        page,
        tuple(c * WIDTH for c in range(columns + 1)),
        tuple(top + r * height for r in range(len(rows) + 1)),
        tuple(cells),
        open_top=False,
        open_bottom=open_bottom,
    )


def page(number: int, grids: Sequence[Grid] = (), loose: Sequence[Line] = ()) -> Page:
    count = sum(li.glyphs for g in grids for c in g.cells for li in c.lines)
    count += sum(li.glyphs for li in loose)
    header = PageHeader(number, 600, 800, PageOrigin.TEXT_LAYER, count, 0)
    return Page(header, tuple(grids), tuple(loose))


def segment(*pages: Page) -> Segmented:
    return segment_annex(Extracted(AnnexHeader("x", "0" * 64), pages))


def numbers(segmented: Segmented) -> list[list[str]]:
    return [
        ["".join(li.text for li in row.fields[0].lines) for row in table.rows]
        for table in segmented.tables
    ]


@pytest.mark.parametrize(("header", "role"), HEADERS.items())
def test_a_header_word_gives_its_role(header: str, role: str | None) -> None:
    match = match_role("".join(header.split()))
    assert (match.role if match else None) == role


def roles_of(headers: list[str]) -> list[str | None]:
    return assign_roles([match_role(header) for header in headers])


def test_each_role_goes_to_one_column() -> None:
    assert roles_of(["No.", "該当箇所", "訂正前", "訂正後"]) == [
        "number",
        None,
        "original_text",
        "revision",
    ]
    assert roles_of(["意見", "意見に対する意見"])[0] == "comment"
    assert roles_of(["", "原文", "仮訳", "中間試案の考え方"]) == [
        None,
        "original_text",
        None,
        "response",
    ]


def test_a_header_of_two_rows_names_its_lowest_cells() -> None:
    header = find_header(
        grid(
            [["No", "意見", "", "回答"], ["", "内容の意見", "提出者", ""], ["1", "a", "b", "c"]],
            spans={(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (2, 1)},
        )
    )
    assert header is not None
    assert header.depth == 2
    assert [column.role for column in header.columns] == [
        "number",
        "comment",
        "submitter",
        "response",
    ]


def test_a_header_deeper_than_three_rows_is_counted_once() -> None:
    rows = [
        ["No", "意見", "回答"],
        ["", "あ", ""],
        ["", "い", ""],
        ["", "う", ""],
        ["1", "え", "お"],
    ]
    segmented = segment(page(1, [grid(rows, spans={(0, 0): (4, 1), (0, 2): (4, 1)})]))
    lines = [
        li for table in segmented.tables for row in table.rows for f in row.fields for li in f.lines
    ]
    frame = segmented.pages[0]
    placed = len({id(li) for li in lines}) + len(frame.header_lines) + len(frame.furniture_lines)
    assert placed == 9


def test_a_record_is_no_header() -> None:
    assert find_header(grid([["1", "修正なし。", "回答します。"]])) is None


def test_a_table_goes_on_without_its_header() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "あ", "い"]])]),
        page(2, [grid([["2", "う", "え"], ["3", "お", "か"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2", "3"]]


def test_a_repeated_header_is_no_record() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "あ", "い"]])]),
        page(2, [grid([["No", "意見", "回答"], ["2", "う", "え"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2"]]
    assert len(segmented.pages[1].header_lines) == 3


def test_another_heading_and_a_new_count_begin_another_table() -> None:
    def of(number: int, round_: str) -> Page:
        title = line("意見の結果について", x0=0, top=20, page=number, size=14)
        caption = line(round_, x0=0, top=50, page=number)
        piece = grid([["No", "意見", "回答"], ["1", "あ", "い"]], page=number)
        return page(number, [piece], [title, caption])

    segmented = segment(of(1, "【第１回】"), of(2, "【第２回】"))
    assert [(t.title, t.caption) for t in segmented.tables] == [
        ("意見の結果について", "【第１回】"),
        ("意見の結果について", "【第２回】"),
    ]


def test_a_row_without_a_number_goes_on_from_the_page_before() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "途中", "い"]])]),
        page(2, [grid([["", "です。", ""], ["2", "う", "え"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2"]]
    first = segmented.tables[0].rows[0]
    assert first.pages == (1, 2)
    assert [li.text for li in first.fields[1].lines] == ["途中", "です。"]


def test_a_label_that_both_pages_print_is_one_label() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "途中", "い"]])]),
        page(2, [grid([["1", "です。", ""], ["2", "う", "え"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2"]]
    assert [li.text for li in segmented.pages[1].header_lines] == ["1"]


def test_a_repeated_label_that_is_merged_over_rows_stays_with_them() -> None:
    header = ["分類", "意見", "回答"]
    segmented = segment(
        page(1, [grid([header, ["総論", "途中の文章", "い"]], open_bottom=True)]),
        page(2, [grid([["総論", "です", ""], ["", "う", "え"]], page=2, spans={(0, 0): (2, 1)})]),
    )
    assert numbers(segmented) == [["総論", "総論"]]
    assert segmented.pages[1].header_lines == ()


def test_a_number_in_the_middle_of_a_cut_cell_is_its_records() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "あ", "い"], ["", "途中", "か"]])]),
        page(2, [grid([["2", "です。", ""], ["3", "う", "え"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2", "3"]]


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


def test_a_table_of_other_meaning_is_left_out_and_reported() -> None:
    segmented = segment(page(1, [grid([["年度", "予算額"], ["令和５年度", "1,000"]])]))
    assert segmented.tables == ()
    assert [issue.code for issue in segmented.header.issues] == ["no_comment_table"]
    assert len(segmented.pages[0].furniture_lines) == 4


def test_unknown_headers_and_gaps_are_reported() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "付記"], ["1", "あ", "い"], ["3", "う", "え"]])])
    )
    assert [issue.code for issue in segmented.header.issues] == ["unknown_header", "number_gap"]
    assert segmented.header.issues[1].record_id == "x-t1-r2"


@pytest.mark.parametrize("text", ["3", "- 3 -", "3/10", "3 / 16", "３ページ", "P.3", "－３－"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["第3回", "2024年3月", "別紙１", "3 本人確認情報ファイル"])
def test_no_page_numbers(text: str) -> None:
    assert not is_page_number(text)


def test_a_label_is_the_caption_and_notes_are_neither() -> None:
    lines = [
        line("別紙１", top=10),
        line("「留意事項について」の一部改正について", top=40),
        line("（傍線の部分は改正部分）", top=70),
    ]
    heading = read_heading(lines, right=400)
    assert (heading.title, heading.caption) == ("「留意事項について」の一部改正について", "別紙１")


def test_a_wrapped_title_is_one(ota_segmented: Segmented) -> None:
    lines = [line("「長い題名の留意事", top=10), line("項について」", top=22)]
    assert read_heading(lines, right=92).title == "「長い題名の留意事項について」"
    assert [len(table.rows) for table in ota_segmented.tables] == [40, 5, 2, 4]


def test_a_page_number_that_falls_into_a_cell_is_lifted_out() -> None:
    def of(number: int) -> Page:
        piece = grid([["No", "意見", "回答"], [str(number), "あ", f"い\n{number}/3"]], page=number)
        return page(number, [piece])

    segmented = segment(of(1), of(2), of(3))
    texts = [[li.text for li in row.fields[2].lines] for row in segmented.tables[0].rows]
    assert texts == [["い"], ["い"], ["い"]]
    assert [len(frame.furniture_lines) for frame in segmented.pages] == [1, 1, 1]
