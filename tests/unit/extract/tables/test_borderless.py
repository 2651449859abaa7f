"""Tables whose rulings are few, thin, dotted or not there at all."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.document import read_drawings
from pipeline.extract.tables.borderless.gutters import Gutter, read_header_words
from pipeline.extract.tables.borderless.header_names import count_roles
from pipeline.extract.tables.borderless.headings_between import is_heading
from pipeline.extract.tables.borderless.notes_below import drop_notes
from pipeline.extract.tables.borderless.touching_columns import part_touching_columns
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.model import Box, Glyph, Page
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES
from tests.support.extracting import extract, first_page
from tests.support.pdfs import FONT, Draw, MakePdf

COLUMNS = (60.0, 110.0, 300.0, 500.0)
ROWS = [("番号", "ご意見の概要", "区の考え方")] + [
    (str(n), f"第{n}の意見をここに書く", f"第{n}の回答をここに書く") for n in range(1, 6)
]
TOP, STEP = 700.0, 30.0
SIZE = 10.0


def texts(sheet: canvas.Canvas) -> None:
    for row, cells in enumerate(ROWS):
        for x, text in zip(COLUMNS, cells, strict=False):
            sheet.drawString(x + 4, TOP - row * STEP - 18, text)


def levels(sheet: canvas.Canvas) -> None:
    for row in range(len(ROWS) + 1):
        sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)


def verticals(sheet: canvas.Canvas) -> None:
    for x in COLUMNS:
        sheet.line(x, TOP, x, TOP - len(ROWS) * STEP)


def only_levels(sheet: canvas.Canvas) -> None:
    levels(sheet)
    texts(sheet)


def line_numbers(sheet: canvas.Canvas) -> None:
    only_levels(sheet)
    for line in range(40):
        sheet.drawRightString(COLUMNS[0] - 6, TOP + 42 - line * 15, str(line + 1))


def margin_notes(sheet: canvas.Canvas) -> None:
    only_levels(sheet)
    sheet.drawString(COLUMNS[-1] + 6, TOP - 2 * STEP - 18, "修正あり")


def striped(sheet: canvas.Canvas) -> None:
    for row in range(0, len(ROWS), 2):
        sheet.setFillGray(0.9)
        sheet.rect(
            COLUMNS[0], TOP - (row + 1) * STEP, COLUMNS[-1] - COLUMNS[0], STEP, stroke=0, fill=1
        )
    sheet.setFillGray(0)
    texts(sheet)


def dashed(sheet: canvas.Canvas) -> None:
    sheet.setDash(3, 2)
    levels(sheet)
    verticals(sheet)
    texts(sheet)


def dotted(sheet: canvas.Canvas) -> None:
    sheet.setLineWidth(0.5)
    sheet.setDash(0.5, 1)
    levels(sheet)
    verticals(sheet)
    texts(sheet)


def grey_hairlines(sheet: canvas.Canvas) -> None:
    sheet.setLineWidth(0.05)
    sheet.setStrokeGray(0.8)
    levels(sheet)
    verticals(sheet)
    texts(sheet)


def double(sheet: canvas.Canvas) -> None:
    levels(sheet)
    verticals(sheet)
    sheet.translate(1.5, -1.5)
    levels(sheet)
    verticals(sheet)
    sheet.translate(-1.5, 1.5)
    texts(sheet)


def no_outer_border(sheet: canvas.Canvas) -> None:
    for row in range(1, len(ROWS)):
        sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)
    for x in COLUMNS[1:-1]:
        sheet.line(x, TOP, x, TOP - len(ROWS) * STEP)
    texts(sheet)


@pytest.mark.parametrize(
    "draw",
    [
        only_levels,
        line_numbers,
        margin_notes,
        striped,
        dashed,
        dotted,
        grey_hairlines,
        double,
        no_outer_border,
    ],
)
def test_the_cells_are_those_that_a_reader_sees(draw: Draw, make_pdf: MakePdf) -> None:
    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells] == [text for row in ROWS for text in row]


def test_rulings_that_are_not_there_are_said_to_be_inferred(make_pdf: MakePdf) -> None:
    assert first_page(make_pdf, only_levels).grids[0].inferred
    assert not first_page(make_pdf, dashed).grids[0].inferred


@pytest.mark.parametrize(("columns", "tables"), [(3, 1), (2, 0)])
def test_a_record_in_all_columns_may_stand_far_below_a_header_without_rulings(
    columns: int, tables: int, make_pdf: MakePdf
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        for row, cells in enumerate(ROWS):
            y = TOP - row * STEP - (100 if row else 0)
            for x, text in list(zip(COLUMNS, cells, strict=False))[3 - columns :]:
                sheet.drawString(x + 4, y, text)

    assert len(first_page(make_pdf, draw).grids) == tables


def test_numbers_in_the_middle_stand_behind_headers_at_the_left(make_pdf: MakePdf) -> None:
    """One gap beside the first number is left of it: the next column would take both."""
    columns = (60.0, 118.0, 180.0, 400.0)
    header = ("項番", "頁", "ご意見の概要", "区の考え方")

    def draw(sheet: canvas.Canvas) -> None:
        for x, text in zip(columns, header, strict=True):
            sheet.drawString(x, TOP - 18, text)
        for row, (number, *cells) in enumerate(ROWS[1:], start=1):
            y = TOP - row * STEP
            sheet.line(columns[0], y, 560, y)
            sheet.drawCentredString(87, y - 18, number)
            sheet.drawCentredString(147, y - 18, str(13 * row))
            for x, text in zip(columns[2:], cells, strict=True):
                sheet.drawString(x, y - 18, text)

    (grid,) = first_page(make_pdf, draw).grids
    found = [cell.text for cell in grid.cells if cell.row == 1]
    assert found == ["1", "13", *ROWS[1][1:]]


def test_a_lone_line_well_below_a_table_without_rulings_is_a_note(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        texts(sheet)
        sheet.drawString(COLUMNS[1] + 4, TOP - len(ROWS) * STEP - 18, "以上のとおりです")

    page = first_page(make_pdf, draw)
    assert len(page.grids[0].column_edges) == len(COLUMNS)
    assert [line.text for line in page.loose_lines] == ["以上のとおりです"]


def test_the_word_that_closes_the_document_is_no_answer(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        texts(sheet)
        sheet.drawRightString(COLUMNS[-1], TOP - len(ROWS) * STEP - 18, "以　上")

    (grid,) = first_page(make_pdf, draw).grids
    assert "以" not in "".join(cell.text for cell in grid.cells)


@pytest.mark.parametrize("ruled", [True, False])
def test_a_header_in_cells_heads_records_that_white_space_parts(
    ruled: bool, make_pdf: MakePdf
) -> None:
    """As a table of its own it would have no records."""

    def draw(sheet: canvas.Canvas) -> None:
        texts(sheet)
        for x in COLUMNS:
            sheet.line(x, TOP, x, TOP - STEP)
        for row in range(len(ROWS) + 1 if ruled else 2):
            sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)

    (grid,) = first_page(make_pdf, draw).grids
    assert grid.inferred
    assert [cell.text for cell in grid.cells if cell.row == 0] == list(ROWS[0])
    assert "第5の回答をここに書く" in "".join(cell.text for cell in grid.cells)


def _two_row_header(sheet: canvas.Canvas, below: bool) -> None:
    """番号 | 意見 | 対応 over 回答 | 区分, a ruling between the last three."""
    columns = (60.0, 110.0, 270.0, 420.0)
    for x, text in zip(columns, ("番号", "意見", "対応"), strict=False):
        sheet.drawString(x + 4, 712, text)
    sheet.line(columns[2], 708, 500, 708)
    sheet.drawString(columns[2] + 4, 696, "回答")
    sheet.drawString(columns[3] + 4, 696, "区分")
    for y in (692, *([724] if below else [])):
        sheet.line(columns[0], y, 500, y)
    _draw_records(sheet, columns, 692)


def _draw_records(sheet: canvas.Canvas, columns: tuple[float, ...], top: float) -> None:
    """Four records below a header, a line each."""
    for n in range(1, 5):
        cells = (str(n), f"第{n}の意見を書く。", f"第{n}の回答を書く。", "○")
        for x, text in zip(columns, cells, strict=True):
            sheet.drawString(x + 4, top - 24 * n, text)


@pytest.mark.parametrize("below", [True, False])
def test_a_ruling_below_a_word_over_two_columns_begins_no_table(
    below: bool, make_pdf: MakePdf
) -> None:
    """The header goes on beside it, and a line below it, whether or not a ruling is above."""
    (grid,) = first_page(make_pdf, lambda sheet: _two_row_header(sheet, below)).grids
    assert len(grid.column_edges) == 5
    top = [cell.text for cell in grid.cells if cell.row == 0]
    assert top[:2] == ["番号", "意見"]


def test_a_header_below_one_over_two_columns_may_have_two_lines(make_pdf: MakePdf) -> None:
    """反映状 over 況: the ruling below 市の対応 stands higher above that of the whole header."""

    def draw(sheet: canvas.Canvas) -> None:
        columns = (60.0, 110.0, 300.0, 460.0)
        for x, text in zip(columns, ("番号", "意見", "市の対応"), strict=False):
            sheet.drawString(x + 4, 726, text)
        sheet.line(columns[2], 718, 500, 718)
        sheet.drawString(columns[2] + 4, 702, "回答")
        sheet.drawString(columns[3] + 4, 702, "反映状")
        sheet.drawString(columns[3] + 4, 684, "況")
        sheet.line(columns[0], 677, 500, 677)
        _draw_records(sheet, columns, 677)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == 5
    assert [cell.text for cell in grid.cells if cell.row == 1][-2:] == ["回答", "反映状況"]


def test_a_line_beside_a_word_over_two_columns_parts_none_below_it(make_pdf: MakePdf) -> None:
    """通 over 番 stands at the height of the ruling below 質疑応答: there was a second one."""

    def draw(sheet: canvas.Canvas) -> None:
        columns = (60.0, 110.0, 270.0, 420.0)
        sheet.drawString(columns[0] + 4, 719, "通")
        sheet.drawString(columns[0] + 4, 706, "番")
        sheet.drawString(columns[1] + 4, 714, "該当箇所")
        sheet.drawCentredString((columns[2] + 500) / 2, 717, "質疑応答")
        sheet.drawString(columns[2] + 4, 693, "質問")
        sheet.drawString(columns[3] + 4, 693, "回答")
        for y in (730, 688):
            sheet.line(columns[0], y, 500, y)
        sheet.line(columns[2], 706, 500, 703)
        _draw_records(sheet, columns, 688)

    (grid,) = first_page(make_pdf, draw).grids
    assert len([edge for edge in grid.row_edges if 842 - 730 < edge < 842 - 688]) == 1
    assert [cell.text for cell in grid.cells if cell.row == 1] == ["質問", "回答"]


@pytest.mark.parametrize("above", [True, False])
def test_a_header_word_of_two_lines_is_as_wide_as_both(above: bool, make_pdf: MakePdf) -> None:
    """通し番 over 号: numbers at the right of their column do not part it."""

    def draw(sheet: canvas.Canvas) -> None:
        columns = (60.0, 105.0, 135.0, 300.0)
        for x, text in zip(columns, ("通し番", "頁", "意見", "回答"), strict=True):
            sheet.drawString(x + 2, 712, text)
        sheet.drawString(columns[0] + 2, 700, "号")
        for y in (696, *([724] if above else [])):
            sheet.line(60, y, 500, y)
        for n in range(1, 5):
            sheet.drawRightString(columns[1] - 4, 696 - 24 * n, f"({n})")
            for x, text in zip(columns[1:], ("8", f"第{n}の意見。", "回答。"), strict=True):
                sheet.drawString(x + 2, 696 - 24 * n, text)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == 5
    assert "(1)" in next(cell.text for cell in grid.cells if cell.row and cell.column == 0)


def test_a_header_of_three_lines_stands_above_its_ruling(make_pdf: MakePdf) -> None:
    """質 / 問 / 者 in a narrow column; the lines above it name no column."""

    def draw(sheet: canvas.Canvas) -> None:
        columns = (60.0, 110.0, 150.0, 320.0)
        sheet.drawString(60, 762, "計画（案）に対する意見の募集結果")
        sheet.drawString(60, 740, "期間　11月1日から30日まで")
        for x, text in zip(columns, ("番号", "質", "意見", "回答"), strict=True):
            sheet.drawString(x + 4, 722, text)
        sheet.drawString(columns[1] + 4, 710, "問")
        sheet.drawString(columns[1] + 4, 698, "者")
        sheet.line(60, 694, 500, 694)
        for n in range(1, 5):
            cells = (str(n), "青木", f"第{n}の意見を書く。", f"第{n}の回答を書く。")
            for x, text in zip(columns, cells, strict=True):
                sheet.drawString(x + 4, 694 - 24 * n, text)

    (grid,) = first_page(make_pdf, draw).grids
    top = [cell.text for cell in grid.cells if cell.row == 0]
    assert top == ["番号", "質問者", "意見", "回答"]


def test_a_heading_may_stand_first_below_a_header_in_cells(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 9)
        for x, text in zip(COLUMNS, ROWS[0], strict=False):
            sheet.drawString(x + 4, TOP - 18, text)
        for x in COLUMNS:
            sheet.line(x, TOP, x, TOP - STEP)
        sheet.drawString(COLUMNS[0] + 4, TOP - STEP - 18, "第１章")
        for row in range(7):
            sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)
        for place, cells in enumerate(ROWS[1:5], start=2):
            for x, text in zip(COLUMNS, cells, strict=False):
                sheet.drawString(x + 4, TOP - place * STEP - 26, text)

    (grid,) = first_page(make_pdf, draw).grids
    assert grid.inferred
    assert "第4の回答をここに書く" in "".join(cell.text for cell in grid.cells)


def test_two_versions_head_a_table_beside_any_number_of_places(make_pdf: MakePdf) -> None:
    """Two of seven words are known headers: an errata list says where each error stands."""
    x = (60.0, 150.0, 240.0, 280.0, 310.0, 370.0, 450.0)

    def draw(sheet: canvas.Canvas) -> None:
        rows = [("掲載日", "号数", "面", "段", "行", "誤", "正")]
        rows += [("４月１日", "号外88号", str(n), "上", "12", "条例", "規則") for n in range(4)]
        for place, cells in enumerate(rows):
            for left, text in zip(x, cells, strict=True):
                sheet.drawString(left, TOP - 18 - place * STEP, text)
        for y in (TOP, TOP - STEP, TOP - 5 * STEP):
            sheet.line(x[0] - 4, y, 530, y)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == len(x) + 1


def test_a_word_over_two_headers_with_no_text_below_it_is_no_column(make_pdf: MakePdf) -> None:
    """Until a long line of the left column came below the word, nothing else closed its column."""
    short, long = "意見は短い。", "左の列の意見がその右の端まで続いているときの行です。"

    def draw(sheet: canvas.Canvas) -> None:
        for y in (720, 700, 680):
            sheet.line(60, y, 540, y)
        for x, y, word in ((300, 706, "意見と対応"), (180, 686, "意見"), (425, 686, "回答")):
            sheet.drawCentredString(x, y, word)
        for row, text in enumerate([short, short, short, long, short, long]):
            sheet.drawString(64, 660 - 36 * row, short)
            sheet.drawString(64, 646 - 36 * row, text)
            sheet.drawString(330, 660 - 36 * row, "回答をここに書きます。")

    (grid,) = first_page(make_pdf, draw).grids
    assert [(cell.text, cell.column_span) for cell in grid.row(0)] == [("意見と対応", 2)]
    assert [c.text for c in grid.row(1)] == ["意見", "回答"]
    assert grid.cells[-2].text.endswith(short + long)


def test_headers_over_others_name_no_column_of_their_own(make_pdf: MakePdf) -> None:
    """Else less than half of the words of three rows would be known headers."""
    x = (60.0, 90.0, 150.0, 330.0, 450.0, 520.0)

    def draw(sheet: canvas.Canvas) -> None:
        for y, start in ((700, 0), (684, 1), (668, 3), (652, 0), (616, 0), (580, 0)):
            sheet.line(x[start], y, x[-1], y)
        words = [
            *((0, 688, "番号"), (1, 688, "委員会"), (3, 688, "事務局"), (1, 672, "開催回")),
            *((2, 672, "指摘"), (3, 672, "指摘に対する処理"), (3, 656, "対応"), (4, 656, "状況")),
        ]
        for row, y in enumerate((640, 604), 1):
            words += [(0, y, str(row)), (1, y, "第１回"), (3, y, "示しました。"), (4, y, "済")]
            words += [(2, y - part * 14, "根拠が分からないので示してく") for part in range(2)]
        for column, y, text in words:
            sheet.drawString(x[column] + 4, y, text)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == len(x)
    assert [c.text for c in grid.cells if c.column == 0] == ["番号", "1", "2"]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (("第１章　総則", "第２章　街づくり"), True),
        (("１　この計画の全体について", "２　街づくりについて"), True),  # it closes a gutter
        (("これは見出しではない文章です。", "これも違います。"), False),
    ],
)
def test_a_heading_between_records_takes_a_row_of_its_own(
    headings: tuple[str, str], found: bool, make_pdf: MakePdf
) -> None:
    """No ruling parts it from them, and no column holds it."""

    def draw(sheet: canvas.Canvas) -> None:
        y = TOP
        for place, cells in enumerate(ROWS):
            if place in (1, 3):
                sheet.drawString(COLUMNS[0] + 4, y, headings[place // 2])
                y -= 20
            for x, text in zip(COLUMNS, cells, strict=False):
                sheet.drawString(x + 4, y, text)
            y -= 20

    grids = first_page(make_pdf, draw).grids
    wide = [c.text for grid in grids for c in grid.cells if c.column_span == len(COLUMNS) - 1]
    assert wide == ([text.replace("　", "") for text in headings] if found else [])


def prose(sheet: canvas.Canvas) -> None:
    for line in range(12):
        sheet.drawString(60, 700 - 14 * line, "この章では計画の背景と目的について述べる。" * 2)


def boxed_prose(sheet: canvas.Canvas) -> None:
    sheet.rect(50, 530, 480, 190)
    prose(sheet)


def underlined_prose(sheet: canvas.Canvas) -> None:
    for line in range(3):
        sheet.line(60, 698 - 56 * line, 300, 698 - 56 * line)
    prose(sheet)


@pytest.mark.parametrize("draw", [prose, boxed_prose, underlined_prose])
def test_prose_is_no_table(draw: Draw, make_pdf: MakePdf) -> None:
    page = first_page(make_pdf, draw)
    assert not [grid for grid in page.grids if len(grid.column_edges) > 2]


def test_furigana_stand_apart_from_the_text_they_are_on(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(100, 500, "大田区の条例")
        sheet.setFont(FONT, 5)
        sheet.drawString(100, 510, "おおたく")

    page = first_page(make_pdf, draw)
    assert [line.text for line in page.loose_lines] == ["大田区の条例"]
    assert [line.text for line in page.ruby] == ["おおたく"]


@pytest.mark.parametrize(
    ("other", "is_over"), [("となりの欄の文", True), ("済", True), ("（", False), ("＝", True)]
)
def test_two_texts_over_each_other_are_said_to_be(
    other: str, is_over: bool, make_pdf: MakePdf
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(100, 500, "長い文がとなりの欄へ")
        sheet.drawString(120 if other == "＝" else 125, 500, other)

    assert first_page(make_pdf, draw).loose_lines[0].overprinted is is_over


def test_condensed_letters_are_not_over_each_other(make_pdf: MakePdf) -> None:
    """Word condenses type by a point, unless its author says more."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont("Helvetica", 10.5)
        sheet.drawString(100, 500, "William will fill it", charSpace=-1)

    assert not first_page(make_pdf, draw).loose_lines[0].overprinted


def two_pages(make_pdf: MakePdf, first: Draw, second: Draw) -> tuple[Page, Page]:
    def draw(sheet: canvas.Canvas) -> None:
        first(sheet)
        sheet.showPage()
        sheet.setFont(FONT, 10)
        second(sheet)

    one, two = extract(make_pdf(draw)).pages
    return one, two


def row(sheet: canvas.Canvas, cells: Sequence[str], y: float) -> None:
    for x, text in zip(COLUMNS, cells, strict=False):
        sheet.drawString(x + 4, y, text)


def ruled_records(sheet: canvas.Canvas) -> None:
    for place, cells in enumerate(ROWS[1:]):
        row(sheet, cells, 700 - STEP * place)
        sheet.line(COLUMNS[0], 690 - STEP * place, COLUMNS[-1], 690 - STEP * place)


def begun_record(sheet: canvas.Canvas) -> None:
    levels(sheet)
    texts(sheet)
    sheet.drawString(COLUMNS[2] + 4, TOP - len(ROWS) * STEP - 12, "回答はまだ終わらないので次の")


def test_a_header_at_a_pages_foot_heads_the_next_pages_records(make_pdf: MakePdf) -> None:
    def header(sheet: canvas.Canvas) -> None:
        for y in (60, 90):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        row(sheet, ROWS[0], 70)

    above, below = two_pages(make_pdf, header, ruled_records)
    assert [cell.text for grid in above.grids for cell in grid.cells] == [*ROWS[0]]
    assert [c.text for c in below.grids[0].cells] == [text for cells in ROWS[1:] for text in cells]


def test_a_header_without_a_word_over_the_numbers_is_repeated(make_pdf: MakePdf) -> None:
    header = ("", *ROWS[0][1:])

    def rule(sheet: canvas.Canvas, rows: Sequence[Sequence[str]]) -> None:
        for place, cells in enumerate([header, *rows]):
            row(sheet, cells, 700 - STEP * place)
        for place in range(len(rows) + 2):
            sheet.line(COLUMNS[0], 720 - STEP * place, COLUMNS[-1], 720 - STEP * place)

    rest = ("", "", "回答の残りをここに書く")
    one, two = two_pages(make_pdf, lambda s: rule(s, ROWS[1:]), lambda s: rule(s, [rest]))
    assert [len(page.grids[0].column_edges) for page in (one, two)] == [len(COLUMNS)] * 2


def test_a_heading_with_a_count_takes_no_column_out_of_a_table(make_pdf: MakePdf) -> None:
    rows = [ROWS[0], ("第１章　計画全般に関する意見", "", "３件"), *ROWS[1:]]

    def draw(sheet: canvas.Canvas) -> None:
        for place, cells in enumerate(rows):
            row(sheet, cells, 700 - STEP * place)
        for place in range(len(rows) + 1):
            sheet.line(COLUMNS[0], 720 - STEP * place, COLUMNS[-1], 720 - STEP * place)

    page, _ = two_pages(make_pdf, draw, lambda _: None)
    assert len(page.grids[0].column_edges) == len(COLUMNS)


def test_a_heading_below_a_header_at_a_pages_foot_is_a_row_of_the_table(make_pdf: MakePdf) -> None:
    heading = "第１章　計画全般に関する意見"

    def header(sheet: canvas.Canvas) -> None:
        for y in (40, 60, 90):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        row(sheet, ROWS[0], 70)
        row(sheet, [heading], 46)

    above, below = two_pages(make_pdf, header, ruled_records)
    filled = [cell.text for grid in above.grids for cell in grid.cells if cell.lines]
    assert filled == [*ROWS[0], "第１章計画全般に関する意見"]
    assert [c.text for c in below.grids[0].cells] == [text for cells in ROWS[1:] for text in cells]


def test_the_rest_of_a_record_may_stand_in_one_column_alone(make_pdf: MakePdf) -> None:
    def rest(sheet: canvas.Canvas) -> None:
        sheet.drawString(COLUMNS[2] + 4, 750, "頁に続く。")

    _, below = two_pages(make_pdf, begun_record, rest)
    (grid,) = below.grids
    assert [cell.text for cell in grid.cells] == ["", "", "頁に続く。"]


def test_the_rest_of_a_record_may_stand_alone_in_a_box_as_wide_as_its_table(
    make_pdf: MakePdf,
) -> None:
    """Of a table that only rules around its records, each on pages of its own."""
    left, width = COLUMNS[0], COLUMNS[-1] - COLUMNS[0]

    def rest(sheet: canvas.Canvas) -> None:
        sheet.rect(left, 700, width, 60)
        sheet.drawString(COLUMNS[2] + 4, 745, "頁に続く。")

    def next_record(sheet: canvas.Canvas) -> None:
        sheet.rect(left, 700, width, 60)
        row(sheet, ("6", "道が狭いので広げる", "検討します"), 745)

    def draw(sheet: canvas.Canvas) -> None:
        for page in (begun_record, rest, next_record):
            sheet.setFont(FONT, 10)
            page(sheet)
            sheet.showPage()

    found = [
        [c.text for g in page.grids for c in g.cells] for page in extract(make_pdf(draw)).pages
    ]
    assert found[1:3] == [["", "", "頁に続く。"], ["6", "道が狭いので広げる", "検討します"]]


def test_a_header_of_two_lines_is_whole_on_a_page_that_rules_nothing_below_it(
    make_pdf: MakePdf,
) -> None:
    """Else the rest of it would be the first record's number."""

    def draw(first: bool) -> Draw:
        def paint(sheet: canvas.Canvas) -> None:
            words = [("番", ROWS[0][1], ROWS[0][2]), ("号",), *(ROWS[1:3] if first else ROWS[3:])]
            for y in (TOP + 14, TOP - 20) if first else (TOP + 14,):
                sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
            for place, cells in enumerate(words):
                for x, text in zip(COLUMNS, cells, strict=False):
                    sheet.drawString(x + 4, TOP - 14 * place - 4 * (place > 1), text)

        return paint

    for page in extract(make_pdf(draw(True), draw(False))).pages:
        assert page.grids[0].cells[0].text == "番号"


def test_a_header_that_wraps_in_a_narrow_column_is_whole_where_nothing_is_drawn(
    make_pdf: MakePdf,
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        texts(sheet)
        for place in range(len(ROWS)):
            text = ("対応区", "分") if place == 0 else ("反映",)
            for below, part in enumerate(text):
                sheet.drawString(COLUMNS[-1] + 4, TOP - place * STEP - 18 - 12 * below, part)

    (grid,) = first_page(make_pdf, draw).grids
    assert next(c.text for c in grid.cells if c.column == len(COLUMNS) - 1) == "対応区分"


def test_the_white_of_an_opening_bracket_closes_no_gutter(make_pdf: MakePdf) -> None:
    """Programs set its ink at the column's side."""

    def draw(sheet: canvas.Canvas) -> None:
        texts(sheet)
        y = TOP - len(ROWS) * STEP - 18
        sheet.drawString(COLUMNS[0] + 4, y, "6")
        sheet.drawString(COLUMNS[1] + 7.5, y, "第６の意見をここに長く書いておきます")
        sheet.drawString(COLUMNS[2] + 4, y, "回答")
        sheet.drawString(COLUMNS[0] + 4, y - STEP, "7")
        sheet.drawString(COLUMNS[1] + 4, y - STEP, "第７の意見")
        sheet.drawString(COLUMNS[2] - 2, y - STEP, "「回答」はここに書く")

    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells if cell.lines][-1].endswith("「回答」はここに書く")


@pytest.mark.parametrize("last", "。）」")
def test_a_stop_or_a_bracket_at_a_gutter_does_not_close_it(last: str, make_pdf: MakePdf) -> None:
    """Its right half is white: it may stand close to the text of the next column, or over it."""

    def draw(sheet: canvas.Canvas) -> None:
        texts(sheet)
        y = TOP - len(ROWS) * STEP - 18
        for n, reach in ((6, -1.0), (7, 2.0)):
            comment = f"第{n}の意見をここに長く書いておきます{last}"
            end = COLUMNS[2] + 4 + reach
            sheet.drawString(COLUMNS[0] + 4, y, str(n))
            sheet.drawString(end - sheet.stringWidth(comment, FONT, 10), y, comment)
            sheet.drawString(COLUMNS[2] + 4, y, f"第{n}の回答")
            y -= STEP

    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells if cell.lines][-1].endswith("第6の回答第7の回答")


def test_full_lines_may_touch_the_text_of_the_next_column(make_pdf: MakePdf) -> None:
    """A spreadsheet fills a column to its side; it draws each text as a whole."""
    comments = ("道が狭いので広げてほしいと思い", "駅前の駐輪場を増やしてほしいと")
    answers = ("いただいた御意見は今後の参考と", "次の計画を作るときに検討すると")

    def paint(sheet: canvas.Canvas) -> None:
        for x, text in ((60, "番号"), (150, "意見"), (320, "回答")):
            sheet.drawString(x, 760, text)
        sheet.line(60, 750, 500, 750)
        for row in range(2):
            y = 735 - row * 60
            sheet.drawString(60, y, str(row + 1))
            for x, lines in ((100, comments), (251, answers)):
                for place, text in enumerate(lines):
                    sheet.drawString(x, y - place * 12, text)

    (grid,) = first_page(make_pdf, paint).grids
    assert [cell.text for cell in grid.cells][-2:] == ["".join(comments * 2), "".join(answers * 2)]


def test_one_full_line_may_touch_a_column_that_other_rows_show(make_pdf: MakePdf) -> None:
    comments = ("道が狭いので広げてほしいと思い", "ます。"), ("賛成です。",), ("反対です。",)

    def paint(sheet: canvas.Canvas) -> None:
        for x, text in ((60, "番号"), (150, "意見"), (320, "回答")):
            sheet.drawString(x, 760, text)
        for row, lines in enumerate(comments):
            y = 735 - row * 30
            sheet.drawString(60, y, str(row + 1))
            for place, text in enumerate(lines):
                sheet.drawString(100, y - place * 12, text)
            sheet.drawString(251, y, "参考とします。")

    (grid,) = first_page(make_pdf, paint).grids
    assert [cell.text for cell in grid.cells][-1] == 3 * "参考とします。"


@pytest.mark.parametrize("apart", [2.0, 1.2])
def test_numbers_at_the_right_side_of_their_column_may_stand_close_to_the_next(
    apart: float, make_pdf: MakePdf
) -> None:
    """A spreadsheet sets numbers so: only the padding of two cells parts them from a text."""

    def paint(sheet: canvas.Canvas) -> None:
        for x, text in ((60, "番号"), (110, "所属"), (200, "意見"), (350, "回答")):
            sheet.drawString(x, 760, text)
        sheet.line(60, 750, 500, 750)
        for row, office in enumerate(("福祉課", "人権推進課", "総務課", "道路課")):
            y = 735 - row * 30
            sheet.drawRightString(110 - apart, y, str(row + 8))
            sheet.drawString(110, y, office)
            sheet.drawString(200, y, "道が狭いので広げてほしい")
            sheet.drawString(350, y, "次の計画で検討します")
            sheet.line(60, y - 15, 500, y - 15)

    (grid,) = first_page(make_pdf, paint).grids
    assert [cell.text for cell in grid.cells if cell.column == 0][1:] == ["8", "9", "10", "11"]


def test_a_line_that_is_wider_than_its_cell_joins_it_to_no_other(make_pdf: MakePdf) -> None:
    comment = "駅前の駐輪場を増やしてほしいと思います"

    def draw(sheet: canvas.Canvas) -> None:
        only_levels(sheet)
        y = TOP - len(ROWS) * STEP
        sheet.line(COLUMNS[0], y - 40, COLUMNS[-1], y - 40)
        sheet.drawString(COLUMNS[0] + 4, y - 24, "6")
        for line, text in enumerate((comment, "道も狭い。")):
            end = COLUMNS[2] + 4 - 1.5
            x = end - sheet.stringWidth(comment, FONT, 10)
            sheet.drawString(x, y - 16 - line * 14, text)
        sheet.drawString(COLUMNS[2] + 4, y - 24, "増やします。")

    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells[-2:]] == [comment + "道も狭い。", "増やします。"]


def test_a_number_that_counts_on_begins_a_row_however_high_the_row_above_is(
    make_pdf: MakePdf,
) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        for x, text in ((60, "番号"), (150, "意見"), (320, "回答")):
            sheet.drawString(x, 760, text)
        sheet.line(60, 750, 500, 750)
        for row in range(4):
            number = str(row + 1) if row < 3 else "9"
            for x, text in ((60, number), (100, "広げてほしい。"), (250, "検討します。")):
                sheet.drawString(x, 735 - row * 80, text)

    (grid,) = first_page(make_pdf, paint).grids
    assert grid.cells[3].text == "123"


def test_a_number_that_counts_on_may_stand_below_the_first_line_of_its_row(
    make_pdf: MakePdf,
) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        for x, text in ((60, "番号"), (150, "意見"), (320, "回答")):
            sheet.drawString(x, 760, text)
        for row in range(3):
            y = 735 - row * 90
            for x, text in ((60, str(row + 1)), (100, "広げてほしい。"), (250, "検討します。")):
                sheet.drawString(x, y - 12, text)
            sheet.drawString(100, y, "道が狭いので")
            sheet.drawString(100, y - 24, "橋も古い。")

    (grid,) = first_page(make_pdf, paint).grids
    assert grid.cells[3].text == "123"


def test_a_line_that_begins_where_the_columns_do_begins_a_row_far_below(make_pdf: MakePdf) -> None:
    """A line of other text has one beginning, or others."""

    def paint(sheet: canvas.Canvas) -> None:
        sheet.line(60, 750, 500, 750)
        rows = [("意見", "回答"), ("P.3 広げる", "検討します。"), ("2.1 橋も古い", "直します。")]
        rows.append(("　暗い。", "明るくします。"))
        for y, texts in zip((760, 735, 655, 575), rows, strict=True):
            for x, text in zip((60, 250), texts, strict=True):
                sheet.drawString(x, y, text)
        sheet.drawString(60, 400, "問合せ先")
        sheet.drawString(300, 400, "企画課")

    (grid,) = first_page(make_pdf, paint).grids
    assert [cell.text for cell in grid.cells][-2:] == [
        "P.3広げる2.1橋も古い暗い。",
        "検討します。直します。明るくします。",
    ]


def test_headers_in_the_middle_of_their_columns_leave_gaps_on_both_sides(
    make_pdf: MakePdf,
) -> None:
    """The texts of 箇所 end before it begins, those of 誤, too: two gutters have two pieces."""
    lefts = (60, 90, 190, 350)

    def paint(sheet: canvas.Canvas) -> None:
        for x, text in zip((65, 130, 260, 420), ("頁", "箇所", "誤", "正"), strict=True):
            sheet.drawString(x, 760, text)
        sheet.line(60, 750, 500, 750)
        for row in range(4):
            for x, text in zip(lefts, ("8", "本文", "平均値", "中央値"), strict=True):
                sheet.drawString(x, 735 - row * 20, text)

    (grid,) = first_page(make_pdf, paint).grids
    assert [cell.text for cell in grid.cells if cell.row][:4] == [
        text * 4 for text in ("8", "本文", "平均値", "中央値")
    ]


@pytest.mark.parametrize("places", [("第５条第２項",) * 2, ("表４－２", "表３－４", "表３－３")])
def test_places_that_do_not_count_on_end_no_table_far_below(
    places: tuple[str, ...], make_pdf: MakePdf
) -> None:
    """The number of another record would have to follow."""

    def paint(sheet: canvas.Canvas) -> None:
        sheet.line(60, 750, 500, 750)
        for y, place in zip((760, 735, 655, 575), ("該当箇所", *places), strict=False):
            for x, text in ((60, place), (250, "意見" if y == 760 else "橋が古い。")):
                sheet.drawString(x, y, text)

    (grid,) = first_page(make_pdf, paint).grids
    assert [cell.text for cell in grid.cells if cell.column == 0][1:] == ["".join(places)]


def test_rulings_beside_merged_cells_place_the_edges(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        levels(sheet)
        texts(sheet)
        y = TOP - 1.5 * STEP  # beside a cell merged over two rows
        sheet.line(COLUMNS[0], y, 92, y)
        sheet.line(291, y, COLUMNS[-1], y)

    (grid,) = first_page(make_pdf, draw).grids
    assert grid.column_edges[1:3] == pytest.approx((92, 291))


@pytest.mark.parametrize(
    ("end", "rows"), [(COLUMNS[2] - 2, 0), (COLUMNS[-1], 1)], ids=["its column", "two columns"]
)
def test_a_line_under_text_as_wide_as_its_column_parts_no_cell(
    end: float, rows: int, make_pdf: MakePdf
) -> None:
    """A wider one parts the rows beside a merged cell, also where a cell has no margins."""

    def draw(sheet: canvas.Canvas) -> None:
        only_levels(sheet)
        y = TOP - 1.5 * STEP
        sheet.drawString(COLUMNS[1] + 4, y - 13, "続き")
        sheet.line(COLUMNS[1] + 2, y - 5, end, y - 5)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.row_edges) == len(ROWS) + 1 + rows


def test_rulings_beside_merged_cells_part_the_rows_of_a_later_page(make_pdf: MakePdf) -> None:
    """The edges were placed on the page before, which has no such ruling."""

    def merged(sheet: canvas.Canvas) -> None:
        texts(sheet)
        for place in range(len(ROWS) + 1):
            start = 291 if place == 3 else COLUMNS[0]
            sheet.line(start, TOP - place * STEP, COLUMNS[-1], TOP - place * STEP)
        sheet.line(COLUMNS[0], TOP - 3 * STEP, 82, TOP - 3 * STEP)

    _, below = two_pages(make_pdf, only_levels, merged)
    (grid,) = below.grids
    assert [cell.text for cell in grid.cells if cell.column == 0] == [cells[0] for cells in ROWS]


def test_a_line_below_a_running_head_is_no_ruling_of_the_table_below_it(
    make_pdf: MakePdf,
) -> None:
    def headed(sheet: canvas.Canvas) -> None:
        sheet.line(COLUMNS[0], TOP + 9, COLUMNS[-1], TOP + 9)
        sheet.drawRightString(COLUMNS[-1], TOP + 14, "別紙１")
        only_levels(sheet)

    for page in two_pages(make_pdf, headed, headed):
        (grid,) = page.grids
        assert len(grid.row_edges) == len(ROWS) + 1


@pytest.mark.parametrize("off", [0, 4, -5])
def test_a_running_head_of_a_sheet_that_lies_askew_is_no_rest_of_a_row(
    make_pdf: MakePdf, off: int
) -> None:
    """It was a record, because it stood some points higher than on the sheet before."""

    def headed(sheet: canvas.Canvas, y: float = TOP + 15) -> None:
        sheet.drawRightString(COLUMNS[-1], y, "別紙１")
        only_levels(sheet)

    def go_on(sheet: canvas.Canvas) -> None:
        sheet.drawRightString(COLUMNS[-1], TOP + 15 + off, "別紙１")
        for row, (_, comment, answer) in enumerate(ROWS[1:]):
            sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)
            for x, text in zip(COLUMNS, (str(row + 6), comment, answer), strict=False):
                sheet.drawString(x + 4, TOP - row * STEP - 18, text)
        sheet.line(COLUMNS[0], TOP - 5 * STEP, COLUMNS[-1], TOP - 5 * STEP)

    _, below = two_pages(make_pdf, headed, go_on)
    (grid,) = below.grids
    assert len(grid.row_edges) == len(ROWS)


def test_the_title_of_the_next_table_is_no_rest_of_a_row(make_pdf: MakePdf) -> None:
    """Beside it stands what could be the rest of an answer; but no ruling ends that row."""

    def titled(sheet: canvas.Canvas) -> None:
        sheet.drawString(COLUMNS[1] + 4, TOP + 20, "【別紙２】意見と考え方")
        sheet.drawString(COLUMNS[2] + 4, TOP + 20, "（第２回意見照会分）")
        only_levels(sheet)

    _, below = two_pages(make_pdf, only_levels, titled)
    assert len(below.grids) == 1
    assert len(below.loose_lines) == 1


def crowned(sheet: canvas.Canvas) -> None:
    """A cell over all columns between two rulings, and one over a pair of them with no ruling."""
    middle = (COLUMNS[0] + COLUMNS[-1]) / 2
    for y in (TOP + 40, TOP + 20):
        sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
    sheet.drawCentredString(middle, TOP + 26, "第２回委員会")
    sheet.drawCentredString((COLUMNS[1] + COLUMNS[3]) / 2, TOP + 6, "意見照会")
    for row in range(1, len(ROWS) + 1):
        sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)
    texts(sheet)


def test_a_cell_over_all_columns_above_a_header_is_in_the_table(make_pdf: MakePdf) -> None:
    """Outside it, the cell would be the caption instead of the line that stands above it."""

    def captioned(sheet: canvas.Canvas) -> None:
        sheet.drawString(COLUMNS[0], TOP + 48, "（第１回意見照会分）")
        crowned(sheet)

    page = first_page(make_pdf, captioned)
    (grid,) = page.grids
    top = grid.row(0)
    assert [(cell.text, cell.column_span) for cell in top] == [("第２回委員会", 3)]
    assert [c.text for c in grid.cells if c.column == 2] == [answer for _, _, answer in ROWS]
    assert [line.text for line in page.loose_lines] == ["（第１回意見照会分）"]


def test_a_line_in_larger_type_above_the_next_header_is_its_title(make_pdf: MakePdf) -> None:
    """No ruling ends the table above; beside the title stands what could be another text."""

    def two_tables(sheet: canvas.Canvas) -> None:
        striped(sheet)
        end = TOP - (len(ROWS) + 1) * STEP
        sheet.setFont(FONT, 14)
        sheet.drawString(COLUMNS[1] + 4, end - 8, "【別紙２】意見と考え方")
        sheet.setFont(FONT, 10)
        sheet.drawString(COLUMNS[2] + 4, end - 24, "（学識経験者分）")
        sheet.translate(0, end - 30 - TOP)
        only_levels(sheet)

    page = first_page(make_pdf, two_tables)
    assert [len(grid.row_edges) for grid in page.grids] == [len(ROWS) + 1] * 2
    assert [line.text for line in page.loose_lines] == [
        "【別紙２】意見と考え方", "（学識経験者分）"
    ]  # fmt: skip


def test_a_box_of_prose_below_a_table_is_no_record(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        levels(sheet)
        texts(sheet)
        bottom = TOP - len(ROWS) * STEP
        sheet.rect(COLUMNS[0], bottom - 50, COLUMNS[-1] - COLUMNS[0], 40)
        sheet.drawString(COLUMNS[0] + 4, bottom - 25, "【問合せ先】総務部総務課")
        sheet.drawString(COLUMNS[0] + 4, bottom - 40, "soumu@city.example.lg.jp")

    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells] == [text for cells in ROWS for text in cells]


def test_a_box_of_prose_below_the_rest_of_a_table_is_no_record(make_pdf: MakePdf) -> None:
    def rest(sheet: canvas.Canvas) -> None:
        row(sheet, ("6", "道が狭いので広げる", "検討します"), 750)
        sheet.line(COLUMNS[0], 740, COLUMNS[-1], 740)
        sheet.rect(COLUMNS[0], 680, COLUMNS[-1] - COLUMNS[0], 40)
        sheet.drawString(COLUMNS[0] + 4, 705, "【問合せ先】総務部総務課")
        sheet.drawString(COLUMNS[0] + 4, 690, "soumu@city.example.lg.jp")

    _, below = two_pages(make_pdf, only_levels, rest)
    assert [c.text for g in below.grids for c in g.cells] == [
        "6",
        "道が狭いので広げる",
        "検討します",
    ]


def test_prose_above_the_rulings_of_another_table_is_no_record(make_pdf: MakePdf) -> None:
    """On a later page a word over all columns of the lower table fits one column of the upper."""

    def below(sheet: canvas.Canvas) -> None:
        only_levels(sheet)
        end = TOP - len(ROWS) * STEP
        prose = (
            "※１　この表は令和６年度に市民からいただいた意見をまとめたもの",
            "計画の改定の新旧対照表について",
        )
        for row, text in enumerate(prose):
            sheet.drawString(COLUMNS[0], end - 30 - 20 * row, text)
        for y in (end - 65, end - 85, end - 105, end - 135):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        sheet.drawString(COLUMNS[1] + 60, end - 79, "新旧対照")
        for row, (left, right) in enumerate((("改正後", "改正前"), ("市長が定める", "市が定める"))):
            sheet.drawString(COLUMNS[0] + 4, end - 99 - 25 * row, left)
            sheet.drawString(COLUMNS[2] + 4, end - 99 - 25 * row, right)

    pages = extract(make_pdf(only_levels, below)).pages
    upper = pages[1].grids[0]
    assert [cell.text for cell in upper.cells] == [text for row in ROWS for text in row]


def test_a_ruled_header_above_a_page_number_is_a_table_that_goes_on(make_pdf: MakePdf) -> None:
    """Only where records without rulings stand below a header its frame counts for nothing."""

    def paint(foot: str) -> Draw:
        def draw(sheet: canvas.Canvas) -> None:
            for y in (60.0, 85.0):
                sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
            for x in COLUMNS:
                sheet.line(x, 60, x, 85)
            for x, text in zip(COLUMNS, ROWS[0], strict=False):
                sheet.drawString(x + 4, 68, text)
            sheet.drawString(290, 40, foot)

        return draw

    (grid,) = first_page(make_pdf, paint("6 / 10")).grids
    assert [cell.text for cell in grid.cells] == [*ROWS[0]]
    assert not grid.inferred


def test_a_later_page_may_print_a_header_without_its_notes(make_pdf: MakePdf) -> None:
    """Else a word above a column that has no text on that page would span others."""

    def draw(note: str, begin: int, end: int) -> Draw:
        def paint(sheet: canvas.Canvas) -> None:
            rows = [("番号", "項目", f"ご意見{note}", "区の")]
            rows += [(n, "計画全般" * (not begin), c, a) for n, c, a in ROWS[1 + begin : 1 + end]]
            for place, cells in enumerate(rows):
                for x, text in zip((60.0, 110.0, 220.0, 400.0), cells, strict=True):
                    sheet.drawString(x + 4, TOP - place * STEP - 14, text)
            sheet.drawString(404, TOP - 26, "考え方")
            for place in range(len(rows) + 1):
                sheet.line(60, TOP - place * STEP, 560, TOP - place * STEP)

        return paint

    above, below = two_pages(make_pdf, draw("（原文のまま）", 0, 3), draw("", 3, 5))
    assert len(above.grids[0].column_edges) == len(below.grids[0].column_edges) == 5


def test_a_border_of_round_dots_is_no_text_drawn_as_outlines(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        texts(sheet)
        for place in range(220):
            sheet.circle(COLUMNS[0] + 2 * place, TOP, 0.5, stroke=0, fill=1)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert not drawing.pictured


def test_lines_of_two_versions_at_different_heights_part_the_columns_below_a_shared_header(
    make_pdf: MakePdf,
) -> None:
    """Long lines reach below the word over both columns, and none stands beside another."""
    edges, size = (60, 120, 290, 460, 520), 8
    short, old, new = (
        "管理状況の確認",
        f"市は{'管理状況を' * 3}確認す",
        f"市は{'利用状況を' * 3}確認す",
    )
    heads = ((90, 23, "章"), (290, 13, "新旧対照"), (205, 33, "旧"), (375, 33, "新"))

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, size)
        for y in (TOP, TOP - 40, TOP - 140, TOP - 240):
            sheet.line(edges[0], y, edges[-1], y)
        for x, y, head in (*heads, (490, 23, "備考")):
            sheet.drawCentredString(x, TOP - y, head)
        for row in (TOP - 54, TOP - 154):
            sheet.drawString(edges[0] + 4, row, "総論")
            for n in range(7):
                sheet.drawString(edges[1] + 4, row - 12 * n, short if n < 4 else old)
                sheet.drawString(edges[2] + 4, row - 12 * n - 6, short if n < 4 else new)

    (grid,) = first_page(make_pdf, draw).grids
    body = [cell for cell in grid.cells if cell.row == 2]
    texts = [{line.text for line in cell.lines} for cell in body]
    assert texts == [{"総論"}, {short, old}, {short, new}, set()]


def test_a_text_over_all_columns_above_the_last_ruling_is_a_row(make_pdf: MakePdf) -> None:
    """As a note below the table, the answer to the last comments was lost."""

    def draw(sheet: canvas.Canvas) -> None:
        only_levels(sheet)
        top = TOP - len(ROWS) * STEP
        for line in (0, 1):
            sheet.drawString(COLUMNS[0] + 4, top - 12 - 13 * line, "検討します。" * 5)
        sheet.line(COLUMNS[0], top - STEP, COLUMNS[-1], top - STEP)

    (grid,) = first_page(make_pdf, draw).grids
    (cell,) = [cell for cell in grid.cells if cell.row == len(ROWS)]
    assert (cell.column_span, len(cell.lines)) == (3, 2)


def test_a_text_over_some_edges_alone_between_rulings_is_over_all(make_pdf: MakePdf) -> None:
    """A short answer to the comments above it had cells beside it, and was a record."""

    def draw(sheet: canvas.Canvas) -> None:
        only_levels(sheet)
        top = TOP - len(ROWS) * STEP
        for line, text in enumerate(("【区の考え方】", "このとおりにします。")):
            sheet.drawString(COLUMNS[0] + 4, top - 12 - 13 * line, text)
        for x, text in zip(COLUMNS, ("6", "歩道を広げる", "検討します"), strict=False):
            sheet.drawString(x + 4, top - STEP - 18, text)
        for row in (1, 2):
            sheet.line(COLUMNS[0], top - row * STEP, COLUMNS[-1], top - row * STEP)

    (grid,) = first_page(make_pdf, draw).grids
    (cell,) = [cell for cell in grid.cells if cell.row == len(ROWS)]
    assert (cell.column_span, len(cell.lines)) == (3, 2)


@pytest.mark.parametrize("facts", [("", ""), ("検討します", "直します")], ids=["facts", "records"])
def test_facts_below_the_caption_of_the_next_table_are_no_rows(
    facts: tuple[str, str], make_pdf: MakePdf
) -> None:
    """日時 | 場所 above the header that is printed again were records."""

    def draw(sheet: canvas.Canvas) -> None:
        only_levels(sheet)
        top = TOP - len(ROWS) * STEP
        sheet.drawString(COLUMNS[0] + 4, top - 26, "■中央地区")
        rows = [("日時", "七月五日", facts[0]), ("場所", "公民館", facts[1]), *ROWS]
        for row, cells in enumerate(rows, start=1):
            sheet.line(COLUMNS[0], top - row * STEP, COLUMNS[-1], top - row * STEP)
            for x, text in zip(COLUMNS, cells, strict=False):
                sheet.drawString(x + 4, top - row * STEP - 18, text)
        sheet.line(COLUMNS[0], top - 9 * STEP, COLUMNS[-1], top - 9 * STEP)

    grids = first_page(make_pdf, draw).grids
    texts = {cell.text for grid in grids for cell in grid.cells}
    assert {"5", "第5の回答をここに書く"} <= texts
    assert ("日時" in texts) == ("検討します" in texts) == bool(facts[0])


def test_a_header_that_wraps_into_another_header_word_is_one(make_pdf: MakePdf) -> None:
    """月日 heads columns, too."""
    edges = (60, 80, 250, 450, 480, 520)
    heads = [["番", "号"], ["意見"], ["回答"], ["回答年", "月日"], ["該当", "頁"]]

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 8)
        for y in (TOP, TOP - 30, TOP - 60, TOP - 90):
            sheet.line(edges[0], y, edges[-1], y)
        for x, words in zip(edges, heads, strict=False):
            for at, word in enumerate(words):
                sheet.drawString(x + 2, TOP - 12 * at - 12 - 6 * (len(words) == 1), word)
        for row in range(2):
            texts = (str(row + 1), f"道{row}を広げてほしい。", "検討します。", "R8.5", "12")
            for x, text in zip(edges, texts, strict=False):
                sheet.drawString(x + 2, TOP - 30 * row - 45, text)

    (grid,) = first_page(make_pdf, draw).grids
    words = ["".join(cell.text.split()) for cell in grid.cells if cell.row == 0]
    assert words == ["番号", "意見", "回答", "回答年月日", "該当頁"]


def test_vertical_letters_of_one_header_make_no_other_word_span_its_neighbours(
    make_pdf: MakePdf,
) -> None:
    """The last letter stands below 理由, whose texts stand far before it."""
    edges = (60, 220, 350, 490, 520)

    def draw(sheet: canvas.Canvas) -> None:
        for y in (TOP, TOP - 40, TOP - 70, TOP - 100):
            sheet.line(edges[0], y, edges[-1], y)
        for x, head in ((140, "改正案"), (285, "現行"), (420, "理由")):
            sheet.drawCentredString(x, TOP - 24, head)
        sheet.drawCentredString(505, TOP - 13, "件")
        sheet.drawCentredString(505, TOP - 35, "数")
        for row in (1, 2):
            for x, text in zip(
                edges, (f"第{row}の新しい文章", f"第{row}の改正前のもとの文", "－"), strict=False
            ):
                sheet.drawString(x + 4, TOP - 28 - 30 * row, text)
            sheet.drawCentredString(505, TOP - 28 - 30 * row, str(row))

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == len(edges)


def test_a_column_without_text_begins_as_far_before_its_centred_header_as_it_ends_behind(
    make_pdf: MakePdf,
) -> None:
    """A later page has texts there: the edges of both pages must be one."""
    edges = (60, 240, 380, 500)

    def draw(sheet: canvas.Canvas) -> None:
        for y in (TOP, TOP - 30, TOP - 60):
            sheet.line(edges[0], y, edges[-1], y)
        for x, head in ((150, "改正案"), (310, "現行"), (440, "理由")):
            sheet.drawCentredString(x, TOP - 19, head)
        for x in edges[:2]:
            sheet.drawString(x + 4, TOP - 49, "橋を直す。")

    (grid,) = first_page(make_pdf, draw).grids
    assert abs(grid.column_edges[2] - edges[2]) < 1


@pytest.mark.parametrize(("indent", "notes"), [(0, 1), (6, 0)])
def test_a_note_begins_before_the_texts_of_a_table_that_no_ruling_ends(
    make_pdf: MakePdf, indent: int, notes: int
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        texts(sheet)
        for y in (TOP, TOP - STEP):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        below = TOP - len(ROWS) * STEP - 30
        sheet.drawString(COLUMNS[0] + indent, below, "※区分　　○：反映する　　×：反映しない")

    page = first_page(make_pdf, draw)
    assert len(page.loose_lines) == notes


def test_a_row_below_the_last_stripe_may_begin_with_the_mark_of_notes(make_pdf: MakePdf) -> None:
    last = ("※第5の意見をここに書く", "※第5の回答をここに書く")

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFillGray(0.9)
        for row in (0, 2, 4):
            sheet.rect(COLUMNS[1], TOP - (row + 1) * STEP, 390, STEP, stroke=0, fill=1)
        sheet.setFillGray(0)
        for row, (_, *cells) in enumerate((*ROWS[:-1], ("", *last))):
            for x, text in zip(COLUMNS[1:], cells, strict=False):
                sheet.drawString(x + 4, TOP - row * STEP - 18, text)

    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells[-2:]] == list(last)


def test_prose_below_a_note_tells_nothing_of_the_columns_above_it(make_pdf: MakePdf) -> None:
    """It would close the gutter, and leave the room beside a header in the middle of its column."""

    def draw(sheet: canvas.Canvas) -> None:
        for y in (TOP, TOP - 30):
            sheet.line(40, y, 560, y)
        for x, head in ((160, "改正案"), (425, "現行")):
            sheet.drawCentredString(x, TOP - 19, head)
        for row in range(3):
            for x in (46, 296):
                sheet.drawString(x, TOP - 49 - 15 * row, "橋を直す。")
        sheet.drawString(40, TOP - 100, "※１　市の橋をいう。")
        sheet.drawString(
            40, TOP - 115, "　市の橋はすべて点検し、傷んだ順に直していく。" + "五年で終える。"
        )

    page = first_page(make_pdf, draw)
    assert 200 < page.grids[0].column_edges[1] < 300
    assert len(page.loose_lines) == 2


def test_a_ruled_header_heads_a_record_whose_longest_text_begins_highest(
    make_pdf: MakePdf,
) -> None:
    """The other texts of the record are in the middle of it, far below the header."""

    def draw(sheet: canvas.Canvas) -> None:
        for y in (TOP, TOP - 25):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        for x in COLUMNS:
            sheet.line(x, TOP, x, TOP - 25)
        for x, text in zip(COLUMNS, ROWS[0], strict=False):
            sheet.drawString(x + 4, TOP - 17, text)
        for n in range(12):
            sheet.drawString(COLUMNS[1] + 4, TOP - 42 - 15 * n, "意見の一行をここに書く")
        for x, text in ((COLUMNS[0], "1"), (COLUMNS[2], "第1の回答をここに書く")):
            sheet.drawString(x + 4, TOP - 125, text)
        sheet.line(COLUMNS[0], TOP - 220, COLUMNS[-1], TOP - 220)

    (grid,) = first_page(make_pdf, draw).grids
    assert grid.inferred
    assert len(grid.column_edges) == len(COLUMNS)


def test_rulings_between_the_records_part_them_below_a_header_without_any(
    make_pdf: MakePdf,
) -> None:
    """No gap is wider between two records than between two lines."""

    def draw(sheet: canvas.Canvas) -> None:
        for x, word in ((64, "意見の概要"), (304, "市の考え方")):
            sheet.drawString(x, TOP, word)
        for row in range(5):
            for line in range(2):
                for x, text in ((64, "意見を二行にわたって書く"), (304, "回答を書く")):
                    sheet.drawString(x, TOP - 14 - 28 * row - 14 * line, text)
            if row:
                sheet.line(60, TOP - 3 - 28 * row, 540, TOP - 3 - 28 * row)

    (grid,) = first_page(make_pdf, draw).grids
    assert [c.text for c in grid.row(0)] == ["意見の概要", "市の考え方"]
    assert [c.text for c in grid.cells if c.column == 1][1:] == ["回答を書く回答を書く"] * 5


@pytest.mark.parametrize("outer", [True, False])
def test_upright_rulings_alone_part_the_columns_of_a_whole_table(
    outer: bool, make_pdf: MakePdf
) -> None:
    """As a frame they would be one row, without the columns beside them."""
    x = (60.0, 100.0, 250.0, 400.0, 540.0)
    words = ("番号", "意見の概要", "市の考え方", "提出者")

    def draw(*rows: Sequence[str]) -> Draw:
        def paint(sheet: canvas.Canvas) -> None:
            for row, cells in enumerate(rows):
                for left, text in zip(x, cells, strict=False):
                    sheet.drawString(left + 4, TOP - 12 - 30 * row, text)
            for left in x if outer else x[1:-1]:
                sheet.line(left, TOP, left, TOP - 30 * len(rows))

        return paint

    rows = [(str(n), f"第{n}の意見", f"第{n}の回答", "市民") for n in range(1, 9)]
    first, second = extract(make_pdf(draw(words, *rows[:4]), draw(*rows[4:]))).pages
    assert [c.text for c in first.grids[0].row(0)] == list(words)
    assert [grid.inferred for grid in (*first.grids, *second.grids)] == [True, True]
    assert second.grids[0].column_count == len(words)


def test_a_column_between_upright_rulings_is_no_box_of_prose(make_pdf: MakePdf) -> None:
    """The lines that stand at the height of no other column's were lost."""
    x = (60.0, 100.0, 300.0)

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        for left, text in zip(x, ("番号", "意見の概要", "市の考え方"), strict=True):
            sheet.drawString(left + 4, TOP - 12, text)
        for row in range(3):
            top = TOP - 40 - 45 * row
            for place in range(3):
                sheet.drawString(x[1] + 4, top - 12 * place, "意見を三行で書く")
            for left, text in ((x[0], str(row + 1)), (x[2], "回答を二行で書く")):
                sheet.drawString(left + 4, top - 6, text)
            sheet.drawString(x[2] + 4, top - 18, "回答の二行目")
        for left in x[1:]:
            sheet.line(left, TOP, left, TOP - 175)

    (grid,) = first_page(make_pdf, draw).grids
    texts = [cell.text for cell in grid.cells if cell.row]
    assert sum(text.count("意見を三行で書く") for text in texts) == 9


def test_the_lines_of_the_last_text_may_be_set_wide(make_pdf: MakePdf) -> None:
    """They are no note: all lines of the texts are as far apart."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        for x, text in zip(COLUMNS, ROWS[0], strict=False):
            sheet.drawString(x, TOP, text)
        for row in range(3):
            top = TOP - 30 - 110 * row
            for x, text in zip(COLUMNS, (str(row + 1), "", "回答を書く。"), strict=False):
                sheet.drawString(x, top, text)
            for line in range(4):
                sheet.drawString(COLUMNS[1], top - 22 * line, "意見の一行")

    (grid,) = first_page(make_pdf, draw).grids
    assert sum(cell.text.count("意見の一行") for cell in grid.cells) == 12


@pytest.mark.parametrize(("lines", "found"), [(2, True), (1, False)])
def test_two_words_head_a_table_where_nothing_is_drawn_if_texts_stand_below_both(
    lines: int, found: bool, make_pdf: MakePdf
) -> None:
    """A scan in black and white loses pale stripes, and with them all that is drawn."""

    def sheet(page: canvas.Canvas) -> None:
        page.setFont(FONT, 10)
        page.drawString(180, 700, "意見")
        page.drawString(400, 700, "回答")
        for row in range(4):
            for x, text in ((60, "公園に木を植えてほしい。"), (310, "木を植えます。"))[:lines]:
                page.drawString(x, 670 - 40 * row, text)

    pages = extract(make_pdf(sheet)).pages
    assert bool(pages[0].grids) == found


@pytest.mark.parametrize(
    ("header", "grids"), [(("第２版", "第３版"), 1), (("令和6年4月1日", "令和6年5月1日"), 0)]
)
def test_two_editions_head_a_table_without_vertical_rulings(
    make_pdf: MakePdf, header: tuple[str, str], grids: int
) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        rows = [header, *((f"{n}　手順を定める。", f"{n}　手順を改める。") for n in range(4))]
        for row, cells in enumerate(rows):
            for x, text in zip((60, 300), cells, strict=True):
                sheet.drawString(x, TOP - row * STEP - 18, text)
        levels(sheet)

    (read,) = extract(make_pdf(paint)).pages
    assert len(read.grids) == grids


def test_a_word_over_two_headers_may_stand_over_the_letters_of_one() -> None:
    """Letters set apart reach under 意見と対応, whose width was taken for theirs."""
    upper, *lower = (
        Word("意見と対応", Box(258, 700, 308, 710)),
        Word("意 見 内 容", Box(140, 720, 262, 730)),
        Word("対応方針", Box(340, 720, 380, 730)),
    )
    lines = [
        TextLine(tuple(words), tuple((w.box.x0, w.box.x1) for w in words), top, top + 10)
        for words, top in (([upper], 700), (lower, 720))
    ]
    assert [(word.x0, word.x1) for word in read_header_words(lines)] == [(140, 262), (340, 380)]


def test_columns_may_stand_elsewhere_below_a_repeated_header(make_pdf: MakePdf) -> None:
    """A program fits the columns to each page's texts; the first page's cut the second's texts."""
    pages = (
        (4 * ("賛成です。",), 200),
        (2 * ("賛成です。", "道が狭いので広げてほしいと思います。"), 290),
    )

    def draw(sheet: canvas.Canvas) -> None:
        for place, (comments, x) in enumerate(pages):
            if place:
                sheet.showPage()
                sheet.setFont(FONT, 10)
            for row in range(6):
                sheet.line(60, 770 - row * 30, 540, 770 - row * 30)
            for own, text in ((60, "意見"), (x, "回答")):
                sheet.drawString(own + 20, 750, text)
            for row, comment in enumerate(comments, 1):
                sheet.drawString(64, 750 - row * 30, comment)
                sheet.drawString(x, 750 - row * 30, "検討します。")

    read = extract(make_pdf(draw)).pages
    for page, (comments, _) in zip(read, pages, strict=True):
        (grid,) = page.grids
        texts = [cell.text for cell in grid.cells if cell.row]
        assert texts == [text for own in comments for text in (own, "検討します。")]


def test_the_space_of_a_spread_label_is_cut_at_no_column() -> None:
    """Where a program draws 応 later than 対 and the space, other lines may have a text."""
    label = [
        Glyph(text, Box(x, 0, x + 10, 10), 10) for x, text in ((60, "対"), (70, "　"), (80, "応"))
    ]
    beside = [Glyph(text, Box(x, 20, x + 10, 30), 10) for x, text in ((20, "賛"), (80, "広"))]
    rows = [[*enumerate(beside)]] * 3
    rows.append([*zip((0, 1, 5), label, strict=True)])
    assert [*part_touching_columns(rows)][-1] == label


def test_the_narrow_gap_around_a_number_s_digits_is_no_gutter(make_pdf: MakePdf) -> None:
    """More lines go on at the unit of 第1号, with those of the headings, than at the page."""

    def paint(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for x, text in ((60, "No."), (107, "頁"), (160, "意見の概要"), (360, "事務局の考え")):
            sheet.drawString(x, 760, text)
        for y in (774, 752):
            sheet.line(55, y, 540, y)
        for record, digit in enumerate("1234"):
            y = 740 - record * 50
            sheet.drawString(65.3, y, f"{digit}　総則関係")
            sheet.line(55, y - 8, 540, y - 8)
            for x, text in ((60, "第"), (72.6, digit), (82, "号"), (107, "3")):
                sheet.drawString(x, y - 20, text)
            sheet.drawString(160, y - 20, "道が狭いので広げてほしい。")
            sheet.drawString(360, y - 20, "今後の参考とします。")
            sheet.line(55, y - 34, 540, y - 34)

    (grid,) = first_page(make_pdf, paint).grids
    assert 92 < grid.column_edges[1] < 107


@pytest.mark.parametrize(
    ("upper", "widened"),
    [
        ([(140, 180)], False),  # over the middle of three
        ([(20, 60), (140, 180)], False),
        ([(85, 125), (140, 180)], True),  # the word beside it heads the first of them
    ],
)
def test_a_word_over_the_middle_of_three_does_not_widen_the_header_below_it(
    upper: list[tuple[float, float]], widened: bool
) -> None:
    def spread(top: float, *spans: tuple[float, float]) -> TextLine:
        words = tuple(Word("項", Box(x0, top, x1, top + 10)) for x0, x1 in spans)
        return TextLine(words, spans, top, top + 10)

    lines = [spread(0, *upper), spread(12, (100, 110), (155, 165), (210, 220))]
    found = [(word.x0, word.x1) for word in read_header_words(lines)]
    assert ((140, 180) in found) is widened


def test_a_row_with_a_sentence_heads_no_table_though_a_short_text_stands_below_it() -> None:
    """事業者 is a header's word; the row below hides the sentence, so that no prose was seen."""
    texts = (
        (("9", 60), ("指定工事店", 110), ("第７章の記載内容は妥当と判断する。", 200)),
        (("10", 60), ("事業者", 110), ("-", 204), ("事業者の考え方", 400)),
    )
    lines = []
    for place, row in enumerate(texts):
        top = 20.0 * place
        words = tuple(Word(t, Box(x, top, x + 10 * len(t), top + 10)) for t, x in row)
        lines.append(TextLine(words, tuple((w.box.x0, w.box.x1) for w in words), top, top + 10))
    assert count_roles(lines[1:], VOCABULARY_ROLES) == 2
    assert count_roles(lines, VOCABULARY_ROLES) == 0


def test_a_page_of_one_text_below_a_repeated_header_goes_on_with_its_record(
    make_pdf: MakePdf,
) -> None:
    """Only levels are drawn: below the header's last one a single text would be a note."""

    def paint(rows: int, number: str, answer: str) -> Draw:
        def draw(sheet: canvas.Canvas) -> None:
            for y in (770, 740):
                sheet.line(60, y, 540, y)
            for x, text in ((64, "番号"), (180, "意見"), (400, "回答")):
                sheet.drawString(x, 750, text)
            for x, text in ((64, number), (330, answer)):
                sheet.drawString(x, 720, text)
            for place in range(rows):
                sheet.drawString(110, 720 - place * 16, "通学路の歩道が狭いので広げてほしいと")

        return draw

    one, two = two_pages(make_pdf, paint(40, "1", "検討します。"), paint(20, "", ""))
    assert one.grids[0].column_edges == two.grids[0].column_edges
    assert [len(cell.lines) for cell in two.grids[0].cells if cell.row] == [0, 20, 0]


def test_letters_spread_over_a_column_of_short_texts_are_one_header(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        levels(sheet)
        for row in range(len(ROWS)):
            y = TOP - row * STEP - 18
            for letter, x in zip("該当箇所", (64, 94, 124, 154), strict=True):
                sheet.drawString(x, y, letter if row == 0 else "")
            sheet.drawString(64, y, "" if row == 0 else f"{row}頁")
            sheet.drawString(204, y, "意見" if row == 0 else f"第{row}の意見をここに書く")
            sheet.drawString(400, y, "回答" if row == 0 else f"第{row}の回答をここに書く")

    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells][:3] == ["該当箇所", "意見", "回答"]


def test_nothing_is_a_heading_where_lines_leave_no_gutter() -> None:
    line = TextLine((Word("第１章　総則", Box(0, 0, 60, 10)),), ((0, 60),), 0, 10)
    assert not is_heading([line, line], 0, [], 10)


def lay(top: float, *texts: tuple[str, float, float]) -> TextLine:
    words = tuple(Word(text, Box(x0, top, x1, top + 10)) for text, x0, x1 in texts)
    return TextLine(words, tuple((x0, x1) for _, x0, x1 in texts), top, top + 10)


@pytest.mark.parametrize(("below", "heads"), [(22.0, True), (30.0, False)])
def test_the_last_line_of_a_comment_heads_no_record(below: float, heads: bool) -> None:
    """It names the author in brackets, and stands nearer to the text than to the next record."""

    text = lay(-2, ("道を広げてほしい。", 0, 90), ("広げます。", 120, 170))
    author = lay(10, ("【個人】", 0, 40))
    record = lay(below, ("橋が古い。", 0, 50), ("直します。", 120, 170))
    assert is_heading([text, author, record], 1, [Gutter(((100.0, 118.0),))], 10) is heads


@pytest.mark.parametrize(("top", "below", "heads"), [(12.0, 26.0, True), (5.0, 12.0, False)])
def test_a_label_half_way_down_its_record_heads_none(top: float, below: float, heads: bool) -> None:
    texts = [lay(y, ("道を広げて", 60, 110), ("広げます。", 120, 170)) for y in (-2, below)]
    lines = [texts[0], lay(top, ("第１章 道", 0, 50)), texts[1]]
    gutters = [Gutter(((52.0, 58.0),)), Gutter(((112.0, 118.0),))]
    assert is_heading(lines, 1, gutters, 10) is heads


@pytest.mark.parametrize(("end", "kept"), [("を広げて", 4), ("である。", 3)])
def test_the_first_text_of_a_row_goes_on_below_the_others(end: str, kept: int) -> None:
    """The lines of the page stand far apart; what begins below a whole sentence may be a note."""

    texts = [lay(y, ("道を広げて", 0, 50), ("広げます。", 120, 170)) for y in (0, 24)]
    lines = [*texts, lay(48, (end, 0, 40), ("広げます。", 120, 170)), lay(72, ("ほしい。", 0, 40))]
    assert len(drop_notes(lines, (0, 115, 200), (), 10)) == kept


def test_headings_of_two_forms_may_stand_above_a_record(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        rows = [
            ("番号", "意見", "回答"),
            ("●　資金決済に関する法律施行令",),
            ("▼　第２条第３項関係",),
        ]
        rows += [
            (str(n), f"第{n}の意見をここに書く", f"第{n}の回答をここに書く") for n in (1, 2, 3)
        ]
        for row, cells in enumerate(rows):
            for x, text in zip((60, 86, 300), cells, strict=False):
                sheet.drawString(x, TOP - row * 15, text)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == 4
    assert [cell.text for cell in grid.cells if cell.row == 2] == ["▼第２条第３項関係"]


def test_a_heading_in_the_band_of_a_header_stands_over_no_columns(make_pdf: MakePdf) -> None:
    """The line below the table above it closes the band."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for y in (700, 640, 600):
            sheet.line(60, y, 540, y)
        sheet.drawString(60, 680, "４　その他")
        for x, header, text in (
            (64, "番号", "7"),
            (94, "意見", "橋が古い。"),
            (320, "回答", "直す。"),
        ):
            sheet.drawString(x, 650, header)
            sheet.drawString(x, 625, text)

    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells][-6:] == [
        "番号",
        "意見",
        "回答",
        "7",
        "橋が古い。",
        "直す。",
    ]


@pytest.mark.parametrize(
    ("first", "heads"),
    [
        (("第２章の図が古い。", "修正します"), False),
        (("第２章", "修正します"), True),
        (("第２章", "図が古いので、", "修正します"), False),
    ],
)
def test_a_record_may_begin_with_the_name_of_a_chapter(first: tuple[str, ...], heads: bool) -> None:
    """Its answer stands beside it; behind 第２章, the words of a heading may begin there, too."""
    runs = ((20.0, 90.0), (100.0, 160.0), (170.0, 230.0))[: len(first)]

    def lay(top: float, *texts: str) -> TextLine:
        own = zip(texts, runs, strict=True)
        words = tuple(Word(text, Box(x0, top, x1, top + 10)) for text, (x0, x1) in own)
        return TextLine(words, runs, top, top + 10)

    lines = [lay(0, *first), lay(14, *("直すべきだ。", "ました。", "しました。")[: len(first)])]
    assert is_heading(lines, 0, [Gutter(((90.0, 100.0),))], 10) is heads


@pytest.mark.parametrize(("space", "heads"), [(1, False), (4, True)])
def test_the_last_line_of_a_place_heads_no_record(space: float, heads: bool) -> None:
    """第２章 / 第１節 stands beside an answer of one line; a heading is as far from both."""
    runs = ((0.0, 30.0), (60.0, 120.0), (130.0, 190.0))

    def lay(top: float, *texts: str) -> TextLine:
        own = list(zip(texts, runs, strict=False))
        words = tuple(Word(text, Box(x0, top, x1, top + 10)) for text, (x0, x1) in own)
        return TextLine(words, tuple(run for _, run in own), top, top + 10)

    below = 10 + space
    lines = [
        lay(0, "第２章", "図が古い。", "直します。"),
        lay(below, "第１節"),
        lay(below + 14, "第３章", "橋が古い。", "直します。"),
    ]
    gutters = [Gutter(((30.0, 60.0),)), Gutter(((120.0, 130.0),))]
    assert is_heading(lines, 1, gutters, 10) is heads


def test_a_stop_may_hang_out_of_its_column_up_to_the_text_of_the_next(make_pdf: MakePdf) -> None:
    reasons = ("実態に合わない", "書き過ぎている", "計画のとおりだ", "数が足りていない。")

    def paint(sheet: canvas.Canvas) -> None:
        for x, text in ((60, "番号"), (110, "意見"), (200, "回答")):
            sheet.drawString(x, 760, text)
        sheet.line(60, 750, 500, 750)
        for row, reason in enumerate(reasons):
            y = 735 - row * 30
            sheet.drawString(60, y, str(row + 1))
            sheet.drawString(200 - 10 * len(reasons[-1]), y, reason)
            sheet.drawString(200, y, "参考とします。")

    (grid,) = first_page(make_pdf, paint).grids
    answers = [cell.text for cell in grid.cells if cell.column == 2]
    assert answers[1:] == [len(reasons) * "参考とします。"]


def test_a_table_goes_on_below_a_line_that_runs_over_the_side_of_a_column(
    make_pdf: MakePdf,
) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        for x, text in zip(COLUMNS, ("番号", "意見", "回答"), strict=False):
            sheet.drawString(x, 760, text)
        sheet.line(60, 750, 500, 750)
        for row in range(1, 7):
            y = 750 - row * 15
            comment = "道が狭いので広げてほしい" + (row == 4) * "と思いますからね"
            for x, text in zip(COLUMNS, (str(row), comment, "検討します"), strict=False):
                sheet.drawString(x, y, text)

    (grid,) = first_page(make_pdf, paint).grids
    assert [cell.text for cell in grid.cells if cell.column == 0][1:] == ["123456"]


def test_the_last_row_above_another_tables_header_may_have_wide_padding(make_pdf: MakePdf) -> None:
    """The ruling that closes it stands more than a line below its text: the row was lost."""

    def rule(sheet: canvas.Canvas, heights: Sequence[float]) -> None:
        for y in heights:
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)

    def first(sheet: canvas.Canvas) -> None:
        only_levels(sheet)

    def second(sheet: canvas.Canvas) -> None:
        rule(sheet, (720, 670, 645, 620))
        row(sheet, ("6", "第6の意見をここに書く", "第6の回答をここに書く"), 705)
        sheet.drawString(COLUMNS[0] + 4, 652, "（以上）")
        row(sheet, ("改正後", "", "改正前"), 628)
        rule(sheet, (600,))
        row(sheet, ("市長が定める", "", "市が定める"), 608)

    upper = two_pages(make_pdf, first, second)[1].grids[0]
    assert [cell.text for cell in upper.row(0)] == [
        "6",
        "第6の意見をここに書く",
        "第6の回答をここに書く",
    ]
