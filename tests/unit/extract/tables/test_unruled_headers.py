"""Headers of several rows where no ruling shows how far they reach."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from reportlab.pdfgen import canvas

from pipeline.extract.tables.borderless.header_names import count_roles
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.model import Box, Grid
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES
from tests.support.extracting import extract, first_page
from tests.support.pdfs import FONT, MakePdf

SIZE = 10.0
COLUMNS = (60.0, 85.0, 265.0, 315.0, 480.0)
"""The x where they begin, in points; texts stand in the second and the fourth."""
MIDDLES = {"番号": 70, "意見": 200, "回答": 403, "内容": 165, "提出者": 282, "反映": 490}
MIDDLES |= {"考え方": 380, "の有": 490, "無": 490, "該当箇所": 110, "頁": 90, "章": 110, "行": 130}
TEXT = "この項目の目標を見直すべきです"
Row = tuple[float, Sequence[str]]


def centre(sheet: canvas.Canvas, rows: Sequence[Row], at: Mapping[str, float] = MIDDLES) -> None:
    """Print header words in the middle of what they head, at the y of their row."""
    sheet.setFont(FONT, SIZE)
    for y, words in rows:
        for word in words:
            sheet.drawCentredString(at[word], y, word)


def records(sheet: canvas.Canvas, y: float, columns: Sequence[float] = COLUMNS) -> None:
    """Print four records of two lines each."""
    for n in range(4):
        texts = (str(n + 1), TEXT, "市民", TEXT[:14], "有")
        for x, text in zip(columns, texts, strict=True):
            sheet.drawString(x, y - 40 * n, text)
        for x, text in ((columns[1], TEXT), (columns[3], TEXT[:9])):
            sheet.drawString(x, y - 40 * n - 14, text)


def heads(grid: Grid) -> list[str]:
    """The lowest header cell of each column, from left to right."""
    last = max(cell.row for cell in grid.cells if cell.text == "提出者")
    own = [c for c in grid.cells if c.row <= last < c.row + c.row_span]
    return [cell.text for cell in sorted(own, key=lambda cell: cell.column)]


def test_the_last_letters_of_two_columns_are_no_word() -> None:
    """号頁 only ends in one. As a word it stood over all columns, and the header was lost."""
    rows = [
        [("番", 61), ("該", 508), ("当", 527)],
        [("意見の内容", 183), ("対応", 400)],
        [("号", 61), ("頁", 518)],
    ]
    lines = []
    for top, row in zip((106.0, 113.0, 119.0), rows, strict=True):
        boxes = [Box(x, top, x + SIZE * len(text), top + SIZE) for text, x in row]
        words = tuple(Word(text, box) for (text, _), box in zip(row, boxes, strict=True))
        lines.append(TextLine(words, tuple((b.x0, b.x1) for b in boxes), top, top + SIZE))
    assert count_roles(lines, VOCABULARY_ROLES) == 4


@pytest.mark.parametrize(
    "rows",
    [
        [(700, ["番号", "意見", "回答"]), (680, ["内容", "提出者", "考え方", "反映"])],
        [(700, ["意見", "回答"]), (680, ["番号", "内容", "提出者", "考え方", "反映"])],
        [(700, ["意見", "回答"]), (690, ["番号"]), (680, ["内容", "提出者", "考え方", "反映"])],
    ],
    ids=["at the top", "at the bottom", "in the middle"],
)
@pytest.mark.parametrize("underlined", [False, True])
def test_all_rows_of_a_header_head_the_table(
    rows: list[Row], underlined: bool, make_pdf: MakePdf
) -> None:
    """The words over one column stand at any height beside those over several."""

    def draw(sheet: canvas.Canvas) -> None:
        centre(sheet, rows)
        records(sheet, 655)
        if underlined:
            sheet.line(85, 694, 540, 694)

    (grid,) = first_page(make_pdf, draw).grids
    assert heads(grid) == ["番号", "内容", "提出者", "考え方", "反映"]


def test_rows_above_a_ruled_header_belong_to_it(make_pdf: MakePdf) -> None:
    """The line below 意見 and 回答 reaches over the whole table, as the one below the header."""

    def draw(sheet: canvas.Canvas) -> None:
        centre(
            sheet, [(700, ["意見", "回答"]), (680, ["番号", "内容", "提出者", "考え方", "反映"])]
        )
        for y in (694, 672):
            sheet.line(60, y, 540, y)
        records(sheet, 655)

    page = first_page(make_pdf, draw)
    assert heads(page.grids[0]) == ["番号", "内容", "提出者", "考え方", "反映"]
    assert not page.loose_lines


def test_the_end_of_a_header_is_no_line_below_its_upper_row(make_pdf: MakePdf) -> None:
    """The rows of a header may be as close as the lines of a text."""

    def draw(sheet: canvas.Canvas) -> None:
        names = ["内容", "提出者", "考え方", "反映"]
        centre(sheet, [(700, ["番号", "意見", "回答"]), (689, names)])
        records(sheet, 672)

    (grid,) = first_page(make_pdf, draw).grids
    assert heads(grid) == ["番号", "内容", "提出者", "考え方", "反映"]


def test_a_word_of_three_lines_ends_a_header_of_two_rows(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        rows = [(700, ["番号", "意見", "回答"]), (680, ["内容", "提出者", "考え方", "反映"])]
        centre(sheet, [*rows, (666, ["の有"]), (652, ["無"])])
        records(sheet, 630)

    (grid,) = first_page(make_pdf, draw).grids
    assert heads(grid)[-1] == "反映の有無"
    assert next(c.text for c in grid.cells if c.row == 2).startswith("1")


def test_words_that_wrap_name_roles_with_their_ends(make_pdf: MakePdf) -> None:
    """No half of 番 / 号, 提出 / 者 and 反映の / 有無 is a word of headers."""

    def draw(sheet: canvas.Canvas) -> None:
        at = {**MIDDLES, "番": 65, "号": 65, "提出": 280, "者": 275, "反映の": 490, "有無": 485}
        rows = [(710, ["番", "意見", "回答"]), (697, ["号"])]
        rows += [(682, ["内容", "提出", "考え方", "反映の"]), (669, ["者", "有無"])]
        centre(sheet, rows, at)
        records(sheet, 645)

    (grid,) = first_page(make_pdf, draw).grids
    texts = {cell.text for cell in grid.cells}
    assert {"番号", "内容", "提出者", "考え方", "反映の有無"} <= texts


def test_a_word_wider_than_the_column_below_it_stands_over_its_neighbour_too(
    make_pdf: MakePdf,
) -> None:
    """該当箇所 reaches from 章 to 頁, but does not touch it."""
    at = {**MIDDLES, "該当箇所": 127, "頁": 95, "章": 132, "内容": 240, "提出者": 340}

    def draw(sheet: canvas.Canvas) -> None:
        rows = [(700, ["番号", "該当箇所", "意見", "回答"]), (680, ["頁", "章", "内容", "提出者"])]
        centre(sheet, rows, {**at, "意見": 270})
        for n in range(4):
            texts = (str(n + 1), "12", "3", TEXT, "市民", TEXT[:12])
            for x, text in zip((62, 90, 127, 160, 325, 370), texts, strict=True):
                sheet.drawString(x, 655 - 30 * n, text)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == 7


def test_a_heading_below_a_header_of_two_rows_closes_no_gutter(make_pdf: MakePdf) -> None:
    """第１章 stands right below the header, where 意見 still looks like a column of its own."""

    def draw(sheet: canvas.Canvas) -> None:
        at = {**MIDDLES, "意見": 195}
        rows = [(700, ["番号", "意見", "回答"]), (680, ["内容", "提出者", "考え方", "反映"])]
        centre(sheet, rows, at)
        sheet.drawString(60, 655, "第１章　総則の全体")
        records(sheet, 630)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == 6


def test_a_record_of_header_words_is_no_row_of_the_header(make_pdf: MakePdf) -> None:
    """担当課 became 所管課: both are words of headers, and stand where the texts below begin."""

    def draw(sheet: canvas.Canvas) -> None:
        at = {"修正前": 130, "修正後": 300, "理由": 450}
        centre(sheet, [(700, [*at])], at)
        cells = [("担当課", "所管課", "備考"), *[(TEXT[:12], TEXT[:11], TEXT[:9])] * 3]
        for n, texts in enumerate(cells):
            for x, text in zip((60, 230, 400), texts, strict=True):
                sheet.drawString(x, 680 - 24 * n, text)

    (grid,) = first_page(make_pdf, draw).grids
    assert [c.text for c in grid.cells if c.row == 0] == ["修正前", "修正後", "理由"]
    assert next(c.text for c in grid.cells if c.row == 1).startswith("担当課" + TEXT[:12])


@pytest.mark.parametrize("middle", [690, 680])
def test_a_word_over_the_middle_one_of_three_columns_heads_all_three(
    middle: int, make_pdf: MakePdf
) -> None:
    """It stands right above the second one: 該当箇所 over 頁 | 章 | 項."""
    at = {"番号": 65, "該当箇所": 130, "頁": 95, "章": 130, "項": 165, "意見": 280, "回答": 450}

    def draw(sheet: canvas.Canvas) -> None:
        rows = [(700, ["該当箇所"]), (middle, ["番号", "意見", "回答"]), (680, ["頁", "章", "項"])]
        centre(sheet, rows, at)
        for n in range(4):
            for x, text in zip((60, 92, 127, 158), (f"{n + 1}", "5", "2", "(1)"), strict=True):
                sheet.drawString(x, 655 - 24 * n, text)
            sheet.drawString(190, 655 - 24 * n, TEXT)
            sheet.drawString(380, 655 - 24 * n, TEXT[:13])

    (grid,) = first_page(make_pdf, draw).grids
    last = max(cell.row for cell in grid.cells if cell.text == "項")
    own = [c for c in grid.cells if c.row <= last < c.row + c.row_span]
    named = [cell.text for cell in sorted(own, key=lambda cell: cell.column)]
    assert named == ["番号", "頁", "章", "項", "意見", "回答"]


def test_a_title_of_one_header_word_is_no_row_of_the_header(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        sheet.drawString(60, 715, "意見")
        centre(sheet, [(695, ["番号", "意見", "提出者", "回答", "反映"])])
        records(sheet, 670)

    page = first_page(make_pdf, draw)
    assert next(c.text for c in page.grids[0].cells if c.row == 0) == "番号"
    assert [line.text for line in page.loose_lines] == ["意見"]


def test_a_note_below_the_last_row_of_a_page_makes_its_rulings_no_header(
    make_pdf: MakePdf,
) -> None:
    """The header is printed again above the rest of one row, and a note runs over its columns."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        for y in (720, 700, 680):
            sheet.line(60, y, 540, y)
        for x in (*COLUMNS, 540):
            sheet.line(x, 680, x, 720)
        for x, word in zip(COLUMNS, ("番号", "意見", "提出者", "回答"), strict=False):
            sheet.drawString(x + 2, 706, word)
        sheet.drawString(87, 686, "を続けてください")
        sheet.drawString(62, 668, "※　同じ趣旨の意見は、まとめて掲載しています。")

    (grid,) = first_page(make_pdf, draw).grids
    assert (grid.row_count, grid.column_count) == (2, 5)


def test_a_header_begins_with_the_first_line_of_a_word_that_wraps(make_pdf: MakePdf) -> None:
    """整理番号 stands letter by letter, and the words over the texts beside its middle."""

    def draw(sheet: canvas.Canvas) -> None:
        at = {**MIDDLES, "整": 65, "理": 65, "番": 65, "号": 65}
        rows: list[Row] = [(720, ["整"]), (708, ["理"]), (696, ["番"]), (684, ["号"])]
        centre(sheet, [*rows, (702, ["内容", "提出者", "考え方", "反映"])], at)
        records(sheet, 660)

    (grid,) = first_page(make_pdf, draw).grids
    assert heads(grid) == ["整理番号", "内容", "提出者", "考え方", "反映"]


def labelled_stripes(
    down: float, grounds: Sequence[tuple[float, float]], make_pdf: MakePdf
) -> list[tuple[int, int, str]]:
    """Print two labels, each before two of four records, and return the cells of their column.

    Args:
        down: How far below the first line of its records a label stands.
        grounds: The left side of each stripe, and the y of its foot; all are as high as a record.
    """

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFillGray(0.9)
        for x, y in grounds:
            sheet.rect(x, y, 505 - x, 40, stroke=0, fill=1)
        sheet.setFillGray(0)
        sheet.setFont(FONT, SIZE)
        for x, word in zip(COLUMNS, ("分類", "意見", "提出者", "回答", "反映"), strict=True):
            sheet.drawString(x, 718, word)
        for n in range(4):
            for x, text in zip(COLUMNS[1:], (TEXT, "市民", TEXT, "有"), strict=True):
                sheet.drawString(x, 695 - 40 * n, text)
                sheet.drawString(x, 683 - 40 * n, text[:9] if len(text) > 3 else "")
        for y, label in ((695, "総務"), (615, "福祉")):
            sheet.drawString(60, y - down, label)

    (grid,) = first_page(make_pdf, draw).grids
    return [(cell.row, cell.row_span, cell.text) for cell in grid.cells if not cell.column]


@pytest.mark.parametrize("down", [0, 26], ids=["at the top", "in the middle"])
def test_a_label_before_stripes_ends_the_merged_cell_above_it(
    down: float, make_pdf: MakePdf
) -> None:
    """Stripes of the rows end at the labels' column, which has no ground."""
    labels = labelled_stripes(down, [(60, 712), (80, 632), (80, 552)], make_pdf)
    assert labels == [(0, 1, "分類"), (1, 2, "総務"), (3, 2, "福祉")]


def test_a_label_is_merged_over_its_rows_where_no_ground_reaches_its_column(
    make_pdf: MakePdf,
) -> None:
    labels = labelled_stripes(0, [(80, 672), (80, 592)], make_pdf)
    assert labels == [(0, 1, "分類"), (1, 2, "総務"), (3, 2, "福祉")]


@pytest.mark.parametrize("wrapped", [False, True])
def test_letters_are_spread_over_columns_of_their_own_width(
    wrapped: bool, make_pdf: MakePdf
) -> None:
    """The gap between two headers is the sum of their margins: 該 当 箇 所  意 見  回 答."""
    sides = (60.0, 110.0, 200.0, 350.0, 500.0)

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        heads = ["" if wrapped else "番号", "該当箇所", "御意見の内容", "回答"]
        for (left, right), head in zip(pairwise(sides), heads, strict=True):
            gap = (right - left - SIZE * len(head)) / (len(head) + 1)
            for place, letter in enumerate(head):
                sheet.drawString(left + gap * (place + 1) + SIZE * place, 700, letter)
        for y, word in ((706, "項目"), (694, "番号")) if wrapped else ():
            sheet.drawString(75, y, word)
        for n in range(5):
            texts = (str(n + 1), "第１章", TEXT[: 9 + n % 2], TEXT[:13])
            for x, text in zip(sides, texts, strict=False):
                sheet.drawString(x + 5, 660 - 40 * n, text)
                sheet.drawString(x + 5, 646 - 40 * n, text[5:])

    (grid,) = first_page(make_pdf, draw).grids
    heads = ["項目番号" if wrapped else "番号", "該当箇所", "御意見の内容", "回答"]
    assert [c.text for c in grid.cells if c.row == 0] == heads


@pytest.mark.parametrize("ruled", [False, True])
def test_strips_side_by_side_are_tables_of_their_own(ruled: bool, make_pdf: MakePdf) -> None:
    """頁 | 誤 | 正 | 頁 | 誤 | 正: from side to side the rows of both would be mixed."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        sheet.drawCentredString(310, 740, "正誤表と意見の一覧の全体を示す題名")
        for left, count in ((50, 6), (320, 4)):
            for x, word in ((2, "頁"), (70, "誤"), (170, "正")):
                sheet.drawString(left + x, 700, word)
            for n in range(count):
                for x, text in ((2, f"{n + 3}"), (30, TEXT[: 8 + n % 3]), (140, TEXT[:9])):
                    sheet.drawString(left + x, 670 - 30 * n, text)
            for n in range(count + 2) if ruled else ():
                sheet.line(left, 714 - 30 * n + 6 * (n > 0), left + 240, 714 - 30 * n + 6 * (n > 0))

    grids = first_page(make_pdf, draw).grids
    assert [[c.text for c in own.cells if c.row == 0] for own in grids] == [["頁", "誤", "正"]] * 2
    assert grids[0].box.x1 < grids[1].box.x0


def test_the_second_sheet_of_a_page_goes_on_without_a_header(make_pdf: MakePdf) -> None:
    """Rulings of one width draw a table on each half, and no ink stands between the halves."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        for x, word in ((2, "番号"), (70, "意見"), (170, "回答")):
            sheet.drawString(50 + x, 690, word)
        for left, count, first in ((50, 6, 1), (320, 4, 7)):
            top = 680 if left == 50 else 710
            sheet.line(left, top, left + 240, top)
            for n in range(count):
                y = top - 30 * n
                for x, text in ((2, str(first + n)), (50, TEXT[: 8 + n % 2]), (150, TEXT[:8])):
                    sheet.drawString(left + x, y - 16, text)
                sheet.line(left, y - 30, left + 240, y - 30)
        sheet.line(50, 706, 290, 706)

    left, right = sorted(first_page(make_pdf, draw).grids, key=lambda own: own.box.x0)
    assert [x + 270 for x in left.column_edges] == pytest.approx(right.column_edges)
    assert right.row_count == 4


@pytest.mark.parametrize("starts", [(50, 90, 330), (50, 230, 410)])
def test_the_rulings_of_cells_apart_part_no_columns(
    starts: tuple[int, ...], make_pdf: MakePdf
) -> None:
    """A style sheet draws a border below each cell, with a gap between the columns."""
    ends = [*(x - 12 for x in starts[1:]), starts[-1] + (starts[-1] - starts[-2] - 12)]
    words = ("番号", "意見の概要", "市の考え方")[-len(starts) :]

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        for row in range(5):
            texts = words if row == 0 else [str(row), TEXT[: 8 + row % 2], TEXT[:8]][-len(starts) :]
            for x, end, text in zip(starts, ends, texts, strict=True):
                sheet.drawString(x + 2, 690 - 30 * row, text)
                sheet.line(x, 680 - 30 * row, end, 680 - 30 * row)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == len(starts) + 1


def test_a_word_over_some_columns_is_of_the_header(make_pdf: MakePdf) -> None:
    """As a line outside the table it would be the title; that is in larger type."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 14)
        sheet.drawCentredString(335, 720, "市の計画")
        centre(sheet, [(680, ["番号", "内容", "提出者", "考え方", "反映"])])
        sheet.drawCentredString(200, 696, "意見の提出")
        records(sheet, 655)

    page = first_page(make_pdf, draw)
    assert [cell.text for cell in page.grids[0].row(0) if cell.column == 1] == ["意見の提出"]
    assert [line.text for line in page.loose_lines] == ["市の計画"]


def test_a_word_in_the_middle_of_a_merged_cell_heads_the_first_column(make_pdf: MakePdf) -> None:
    """A style rules the last row of the header only, and so none of its first column."""

    def draw(sheet: canvas.Canvas) -> None:
        words = (
            (325, 708, "意見と対応"),
            (82, 695, "区分"),
            (200, 682, "意見"),
            (430, 682, "回答"),
        )
        for x, y, word in words:
            sheet.drawCentredString(x, y, word)
        sheet.line(110, 676, 540, 676)
        for row in range(4):
            for x, text in ((64, "公園"), (114, TEXT), (324, TEXT)):
                for y in range(660, 616, -14) if x > 64 else (660,):
                    sheet.drawString(x, y - 60 * row, text)
            sheet.line(60, 625 - 60 * row, 540, 625 - 60 * row)

    (grid,) = first_page(make_pdf, draw).grids
    found = [cell.text for cell in grid.cells if not cell.column and cell.text]
    assert found == ["区分", *["公園"] * 4]


def test_a_word_that_wraps_at_the_left_begins_above_the_others(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        sheet.drawString(COLUMNS[0] - 10, 690, "整理番")
        for x, word in zip(COLUMNS[1:], ("意見", "提出者", "回答", "反映"), strict=True):
            sheet.drawString(x, 683, word)
        sheet.drawString(COLUMNS[0] - 10, 676, "号")
        records(sheet, 655)

    page = first_page(make_pdf, draw)
    assert heads(page.grids[0]) == ["整理番号", "意見", "提出者", "回答", "反映"]
    assert not page.loose_lines


def test_words_of_an_english_header_stand_below_each_other(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        for x, text in zip(COLUMNS, ("No.", "Relevant", "Comments", "Response"), strict=False):
            sheet.drawString(x if x != COLUMNS[2] else 180, 700, text)
        sheet.drawString(COLUMNS[1], 686, "section")
        for n in range(4):
            for x, text in ((60, str(n + 1)), (85, "Art. 3"), (180, "We agree."), (315, "Yes.")):
                sheet.drawString(x, 660 - 30 * n, text)

    (found,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in found.row(0)] == [
        "No.",
        "Relevantsection",
        "Comments",
        "Response",
    ]


def two_texts(sheet: canvas.Canvas, ys: Sequence[tuple[float, float]]) -> None:
    """A header of two words, and a comment of one line and an answer of two in each row."""
    sheet.setFont(FONT, SIZE)
    sheet.drawString(60, 700, "ご意見")
    sheet.drawString(300, 700, "回答")
    for comment, answer in ys:
        sheet.drawString(60, comment, TEXT)
        sheet.drawString(300, answer, TEXT)
        sheet.drawString(300, answer - 14, TEXT)


def test_a_header_stands_over_two_texts_that_are_centred(make_pdf: MakePdf) -> None:
    ys = [(660 - 50 * n, 667 - 50 * n) for n in range(4)]
    (found,) = first_page(make_pdf, lambda sheet: two_texts(sheet, ys)).grids
    assert [cell.text for cell in found.row(0)] == ["ご意見", "回答"]


def test_a_record_with_a_number_is_no_header(make_pdf: MakePdf) -> None:
    """Its texts may end in words of headers: the submitter 委員, and what was 反映."""
    row = ("委員", TEXT, "ご意見の趣旨は、今後の取組", "反映")

    def draw(sheet: canvas.Canvas, first: int, rows: int) -> None:
        sheet.setFont(FONT, SIZE)
        words = [("番号", "提出者", "意見", "回答", "反映")] if first == 1 else []
        words += [(str(n), *row) for n in range(first, first + rows)]
        for n, texts in enumerate(words):
            for x, text in zip((60, 90, 140, 330, 480), texts, strict=True):
                sheet.drawString(x, 700 - 30 * n, text)

    path = make_pdf(lambda sheet: draw(sheet, 1, 3), lambda sheet: draw(sheet, 4, 3))
    assert [len(page.grids) for page in extract(path).pages] == [1, 1]
