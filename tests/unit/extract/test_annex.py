"""extract on PDFs made for one trap each."""

from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

from pipeline.extract import extract_annex
from pipeline.extract.lines.grouping import build_lines
from pipeline.extract.tables.frames import find_frames
from pipeline.extract.tables.rulings import Rulings, Segment, merge_rulings, split_strokes
from pipeline.model import AnnexHeader, Box, Extracted, Glyph, Page
from tests.support.pdfs import FONT, OTA, Draw, MakePdf


def extract(path: Path) -> Extracted:
    return extract_annex(AnnexHeader(path.stem, ""), path.read_bytes())


def texts(page: Page) -> list[list[str]]:
    return [[line.text for line in cell.lines] for grid in page.grids for cell in grid.cells]


def placed(page: Page) -> int:
    """The glyphs that extract gave a place, counted from its lines."""
    cells = [cell for grid in page.grids for cell in grid.cells]
    return sum(line.glyphs for c in cells for line in c.lines) + sum(
        line.glyphs for line in page.loose
    )


def table(sheet: canvas.Canvas, columns: list[float], rows: list[float]) -> None:
    for x in columns:
        sheet.line(x, rows[0], x, rows[-1])
    for y in rows:
        sheet.line(columns[0], y, columns[-1], y)


@pytest.mark.slow
def test_every_glyph_of_the_annex_has_a_place(ota_extracted: Extracted) -> None:
    with pdfplumber.open(OTA) as pdf:
        for page, drawn in zip(ota_extracted.pages, pdf.pages, strict=True):
            count = sum(bool(char["text"].strip()) for char in drawn.chars)
            assert page.header.glyphs == count
            assert placed(page) + page.header.hidden == count


def test_a_row_without_a_ruling_below_is_kept(make_pdf: MakePdf) -> None:
    """pdfplumber's table finder drops it without a word (its issues 160, 1024, 1240, 1370)."""

    def draw(sheet: canvas.Canvas) -> None:
        for x in (50, 150, 300):
            sheet.line(x, 800, x, 100)
        for y in (800, 780):
            sheet.line(50, y, 300, y)
        sheet.drawString(55, 785, "番号")
        sheet.drawString(55, 760, "1")
        sheet.drawString(155, 110, "最後の行")

    page = extract(make_pdf(draw)).pages[0]
    assert page.grids[0].open_bottom
    assert not page.grids[0].open_top
    assert texts(page) == [["番号"], [], ["1"], ["最後の行"]]


def test_a_page_with_verticals_only_is_a_piece_open_at_both_ends(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        for x in (50, 150, 300):
            sheet.line(x, 800, x, 100)
        sheet.drawString(155, 400, "途中")

    grid = extract(make_pdf(draw)).pages[0].grids[0]
    assert grid.open_top
    assert grid.open_bottom
    assert len(grid.cells) == 2


def test_rulings_of_other_makes_draw_the_same_grid(make_pdf: MakePdf) -> None:
    columns, rows = [50.0, 150.0, 300.0], [700.0, 650.0, 600.0]

    def strokes(sheet: canvas.Canvas) -> None:
        table(sheet, columns, rows)

    def bars(sheet: canvas.Canvas) -> None:
        for x in columns:
            sheet.rect(x - 0.3, 600, 0.6, 100, stroke=0, fill=1)
        for y in rows:
            sheet.rect(50, y - 0.3, 250, 0.6, stroke=0, fill=1)

    def frames(sheet: canvas.Canvas) -> None:
        for x0, x1 in ((50, 150), (150, 300)):
            for y in (600, 650):
                sheet.rect(x0, y, x1 - x0, 50, stroke=1, fill=0)

    def paths(sheet: canvas.Canvas) -> None:
        for x0, x1 in ((50, 150), (150, 300)):
            for y in (600, 650):
                path = sheet.beginPath()
                path.moveTo(x0, y)
                for corner in ((x1, y), (x1, y + 50), (x0, y + 50), (x0, y)):
                    path.lineTo(*corner)
                sheet.drawPath(path)

    # The smallest text tells how far rulings may be apart and still be one.
    def with_text(rulings: Draw) -> Draw:
        return lambda sheet: (sheet.drawString(60, 660, "文"), rulings(sheet))[1]

    pages = extract(make_pdf(*map(with_text, (strokes, bars, frames, paths)))).pages
    for page in pages:
        (grid,) = page.grids
        assert grid.column_edges == pytest.approx((50, 150, 300), abs=0.5)
        assert grid.row_edges == pytest.approx((142, 192, 242), abs=0.5)
        assert len(grid.cells) == 4


def test_spans_are_cells_of_several_rows_and_columns(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 300], [700, 600])
        sheet.line(150, 650, 300, 650)
        sheet.drawString(55, 640, "縦")

    (grid,) = extract(make_pdf(draw)).pages[0].grids
    spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in grid.cells}
    assert spans == {(0, 0): (2, 1), (0, 1): (1, 1), (1, 1): (1, 1)}


def test_boxes_and_underlines_are_no_tables(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.rect(50, 600, 300, 100)
        sheet.drawString(60, 650, "囲みの文章")
        sheet.drawString(60, 500, "下線")
        sheet.line(60, 498, 80, 498)

    page = extract(make_pdf(draw)).pages[0]
    assert page.grids == ()
    assert [line.text for line in page.loose] == ["囲みの文章", "下線"]


def test_a_table_inside_a_cell_belongs_to_the_table_around(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 400], [700, 500])
        table(sheet, [200, 250, 300], [650, 620, 590])
        sheet.drawString(205, 630, "内")

    (grid,) = extract(make_pdf(draw)).pages[0].grids
    assert grid.box == Box(*(pytest.approx(v, abs=0.1) for v in (50, 142, 400, 342)))
    (cell,) = (cell for cell in grid.cells if cell.lines)
    assert cell.box.width == pytest.approx(50, abs=0.1)


def test_a_doubled_glyph_is_hidden_once(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(60, 650, "太字")
        sheet.drawString(60.3, 650, "太字")
        sheet.drawString(60, 600, "ああ")  # the same glyph side by side is text

    page = extract(make_pdf(draw)).pages[0]
    assert (page.header.glyphs, page.header.hidden) == (6, 2)
    assert [line.text for line in page.loose] == ["太字", "ああ"]


def test_a_glyph_off_the_page_is_hidden(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(700, 650, "外")
        sheet.drawString(60, 650, "内")

    page = extract(make_pdf(draw)).pages[0]
    assert (page.header.glyphs, page.header.hidden) == (2, 1)
    assert [line.text for line in page.loose] == ["内"]


def test_places_are_measured_from_the_crop_box(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setCropBox((50, 100, 545, 742))
        sheet.drawString(60, 642, "字")

    page = extract(make_pdf(draw)).pages[0]
    assert (page.header.width, page.header.height) == (495, 642)
    (line,) = page.loose
    assert line.x0 == pytest.approx(10)
    assert line.top == pytest.approx(100 - line.size, abs=line.size / 2)


def test_a_hatch_beside_a_table_leaves_its_rulings_alone(make_pdf: MakePdf) -> None:
    """Strokes two points apart chained the table's own rulings into one, and a record was lost."""

    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 300], [700, 675, 650])
        sheet.drawString(55, 680, "上")
        sheet.drawString(55, 655, "下")
        for i in range(40):
            sheet.line(500, 710 - 2 * i, 515, 710 - 2 * i)

    page = extract(make_pdf(draw)).pages[0]
    assert texts(page) == [["上"], [], ["下"], []]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_measured_as_it_is_displayed(make_pdf: MakePdf, turn: int) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setPageSize((850, 850))
        sheet.setCropBox((10, 30, 585, 830))
        sheet.setPageRotation(turn)
        sheet.drawString(60, 630, "字")  # 50 right of and 600 above the crop box's corner

    page = extract(make_pdf(draw)).pages[0]
    assert page.header.hidden == 0
    (line,) = page.loose
    assert page.header.turn == turn  # the letter lies on its side: the analysis turns it upright
    size = (800, 575) if turn in (90, 270) else (575, 800)
    x, y = line.box.turned_back(page.header.turn, *size).center
    u, v = 50 + line.size / 2, 800 - (600 + line.size / 2)
    expected = {0: (u, v), 90: (800 - v, u), 180: (575 - u, 800 - v), 270: (v, 575 - u)}[turn]
    assert (x, y) == pytest.approx(expected, abs=line.size / 2)
    assert (page.header.width, page.header.height) == size


def test_white_strokes_are_no_rulings(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setStrokeColorRGB(1, 1, 1)
        table(sheet, [50, 150, 300], [700, 650, 600])

    assert extract(make_pdf(draw)).pages[0].grids == ()


def test_a_word_space_that_was_only_moved_over_is_put_in() -> None:
    def word(text: str, x: float) -> list[Glyph]:
        return [Glyph(c, Box(x + 5 * i, 0, x + 5 * i + 5, 10), 10) for i, c in enumerate(text)]

    (line,) = build_lines([*word("Web", 0), *word("site", 18)], page=1)
    assert line.text == "Web site"
    (line,) = build_lines([*word("カー", 0), *word("ド", 18)], page=1)
    assert line.text == "カード"  # Japanese is set wide, not spaced


def test_white_space_at_a_lines_end_is_kept_apart() -> None:
    widths = {"字": 10, "　": 10, " ": 4}
    lefts = {"字": 0, "　": 10, " ": 20}
    glyphs = [Glyph(c, Box(x, 0, x + widths[c], 10), 10) for c, x in lefts.items()]
    (line,) = build_lines(glyphs, page=1)
    assert (line.text, line.tail, line.x1, line.end) == ("字", "　 ", 10, 24)


def test_a_blank_as_wide_as_a_letter_is_ideographic() -> None:
    places = {"第": (0, 10), " ": (10, 20), "章": (20, 30)}  # a font's blank mapped to U+0020
    glyphs = [Glyph(c, Box(x0, 0, x1, 10), 10) for c, (x0, x1) in places.items()]
    (line,) = build_lines(glyphs, page=1)
    assert line.text == "第　章"


def test_double_and_broken_rulings_are_one() -> None:
    rulings = merge_rulings(
        Rulings((Segment(10, 0, 50), Segment(12, 0, 50), Segment(11, 51, 90)), ()), 3
    )
    (ruling,) = rulings.horizontal
    assert (ruling.start, ruling.end) == (0, 90)
    assert 10 <= ruling.position <= 12


@given(st.floats(-200, 200), st.floats(-200, 200), st.floats(0.5, 3))
def test_moving_or_scaling_a_page_changes_no_cell(dx: float, dy: float, scale: float) -> None:
    def strokes(dx: float, dy: float, scale: float) -> list[Box]:
        lines = [(0, 0, 0, 90), (40, 0, 40, 90), (100, 30, 100, 90), (200, 0, 200, 90)]
        lines += [(0, 0, 200, 0), (0, 30, 200, 30), (40, 60, 200, 60), (0, 90, 200, 90)]
        return [
            Box(*(scale * value + move for value, move in zip(line, (dx, dy, dx, dy), strict=True)))
            for line in lines
        ]

    def faces(dx: float, dy: float, scale: float) -> tuple[object, ...]:
        tolerance = 3 * scale
        rulings = merge_rulings(split_strokes(strokes(dx, dy, scale), tolerance), tolerance)
        return tuple(frame.faces for frame in find_frames(rulings, tolerance)[0])

    assert faces(dx, dy, scale) == faces(0, 0, 1)


def test_the_font_of_the_tests_is_read_as_drawn(make_pdf: MakePdf) -> None:
    """The other tests stand on this: the made PDFs carry what was typed."""
    text = "①Ⅲ・ー（１）12 abc「」【】ぁ"
    page = extract(make_pdf(lambda sheet: sheet.drawString(60, 650, text))).pages[0]
    assert FONT == "HeiseiKakuGo-W5"
    assert [line.text for line in page.loose] == [text]


def test_an_underline_at_a_frames_edge_is_no_ruling(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 300], [690, 650])
        for x in (50, 150, 300):
            sheet.line(x, 690, x, 720)  # the row above goes on from the page before
        sheet.line(152, 718, 200, 718)  # struck through from the column's edge on
        sheet.drawString(155, 714, "続きの行")

    (grid,) = extract(make_pdf(draw)).pages[0].grids
    assert grid.open_top
    assert [cell.text for cell in grid.cells if cell.lines] == ["続きの行"]
