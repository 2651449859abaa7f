"""Reviewers' balloons in the margin are furniture; boxes that are no balloons are not."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.document import read_drawings
from pipeline.files.parquet import read_rows
from tests.support.annexes import FIRST, HEADER, SECOND, besshi
from tests.support.pdfs import FONT, Draw, MakePdf

EDGES = (50.0, 90.0, 250.0, 420.0)
ROWS = (770.0, 740.0, 700.0, 660.0)
REMARK = "コメント [A1]: 要確認"
CONNECTORS: dict[str, list[tuple[float, float]]] = {
    "bent": [(300, 716), (430, 716), (445, 726)],
    "level": [(300, 716), (445, 716)],
    "near a corner": [(300, 713), (445, 713)],
    "slanted": [(300, 716), (445, 726)],
    "knee": [(300, 716), (436, 716), (436, 726), (445, 726)],
}

Table = Callable[[canvas.Canvas], None]


def lines(sheet: canvas.Canvas) -> None:
    for y in ROWS:
        sheet.line(EDGES[0], y, EDGES[-1], y)
    for x in EDGES:
        sheet.line(x, ROWS[0], x, ROWS[-1])


def frames(sheet: canvas.Canvas) -> None:
    for x0, x1 in pairwise(EDGES):
        for top, bottom in pairwise(ROWS):
            sheet.rect(x0, bottom, x1 - x0, top - bottom, stroke=1, fill=0)


def bars(sheet: canvas.Canvas) -> None:
    for y in ROWS:
        sheet.rect(EDGES[0], y, EDGES[-1] - EDGES[0], 0.5, stroke=0, fill=1)
    for x in EDGES:
        sheet.rect(x, ROWS[-1], 0.5, ROWS[0] - ROWS[-1], stroke=0, fill=1)


def without_sides(sheet: canvas.Canvas) -> None:
    for y in ROWS:
        sheet.line(EDGES[0], y, EDGES[-1], y)
    for x in EDGES[1:-1]:
        sheet.line(x, ROWS[0], x, ROWS[-1])


def shaded(sheet: canvas.Canvas) -> None:
    sheet.setFillGray(0.85)
    sheet.rect(EDGES[0], ROWS[1], EDGES[-1] - EDGES[0], ROWS[0] - ROWS[1], stroke=0, fill=1)
    sheet.setFillGray(0)
    lines(sheet)


def texts(sheet: canvas.Canvas) -> None:
    sheet.setFont(FONT, 10)
    for row, y in zip((HEADER, FIRST, SECOND), ROWS, strict=False):
        for text, x in zip(row, EDGES, strict=False):
            sheet.drawString(x + 4, y - 20, text)


def balloon(connector: str, dash: tuple[float, ...] = (), rounded: bool = True) -> Draw:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.saveState()
        sheet.setLineWidth(0.4)
        sheet.setStrokeColorRGB(0.8, 0.2, 0.2)
        sheet.setFillColorRGB(1, 0.9, 0.9)
        sheet.roundRect(445, 712, 120, 22, 3 if rounded else 0, fill=1)
        sheet.setDash(*dash)
        points = CONNECTORS[connector]
        for (a, b), (c, d) in pairwise(points):
            sheet.line(a, b, c, d)
        sheet.restoreState()
        sheet.setFont(FONT, 7)
        sheet.drawString(450, 720, REMARK)

    return draw


def records(pdf: Path, out: Path) -> list[tuple[str, str, str]]:
    assert besshi("run", pdf, "--out", out).exit_code == 0
    verified = besshi("verify", out, "--pdfs", pdf, "--recount")
    assert verified.exit_code == 0, verified.stderr
    rows = read_rows(out / "records" / f"{pdf.stem}.parquet")
    return [(row["number"], row["comment"], row["response"]) for row in rows]


@pytest.mark.parametrize("table", [lines, frames, bars, without_sides, shaded])
@pytest.mark.parametrize("connector", CONNECTORS)
def test_a_balloon_and_its_connector_are_no_part_of_the_grid(
    table: Table, connector: str, make_pdf: MakePdf, tmp_path: Path
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table(sheet)
        balloon(connector, dash=(1, 1), rounded=connector != "level")(sheet)
        texts(sheet)

    pdf = make_pdf(draw, name="a.pdf")
    assert records(pdf, tmp_path / "out") == [FIRST, SECOND]
    (page,) = read_rows(tmp_path / "out/pages/a.parquet")
    assert page["in_furniture"] == len(REMARK.replace(" ", ""))


def test_balloons_of_one_column_share_what_tells_them(make_pdf: MakePdf, tmp_path: Path) -> None:
    """A second balloon's connector was drawn over by the first one's."""

    def draw(sheet: canvas.Canvas) -> None:
        lines(sheet)
        balloon("bent")(sheet)
        sheet.roundRect(445, 680, 120, 22, 3)
        sheet.setFont(FONT, 7)
        sheet.drawString(450, 688, "直した")
        texts(sheet)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert len(drawing.overlays) == len(REMARK.replace(" ", "")) + len("直した")


def test_balloons_that_cover_each_other_have_their_own_connectors(make_pdf: MakePdf) -> None:
    """The connector of the upper one ends near the corner of the lower one."""

    def draw(sheet: canvas.Canvas) -> None:
        lines(sheet)
        sheet.setStrokeColorRGB(0.8, 0.2, 0.2)
        for connected, bottom in ((680.5, 668), (693, 680), (722, 712)):
            sheet.roundRect(445, bottom, 120, 14, 3)
            sheet.line(300, connected, 445, connected)
            sheet.drawString(450, bottom + 4, REMARK)
        sheet.setStrokeColorRGB(0, 0, 0)
        texts(sheet)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    (bare,) = read_drawings(make_pdf(lines).read_bytes())
    assert len(drawing.overlays) == 3 * len(REMARK.replace(" ", ""))
    assert len(drawing.strokes) == len(bare.strokes)


def test_two_connectors_that_are_alike_may_end_at_one_balloon(make_pdf: MakePdf) -> None:
    """The sides of columns, which end at a shaded row, are alike too, but stand upright."""

    def draw(sheet: canvas.Canvas) -> None:
        lines(sheet)
        balloon("level")(sheet)
        sheet.setStrokeColorRGB(0.8, 0.2, 0.2)
        sheet.line(300, 722, 445, 722)
        sheet.setStrokeColorRGB(0, 0, 0)
        texts(sheet)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert len(drawing.overlays) == len(REMARK.replace(" ", ""))


def test_a_connector_that_ends_at_a_ruling_by_chance_is_none(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        lines(sheet)
        balloon("bent")(sheet)
        sheet.setFillGray(1)
        sheet.roundRect(445, 680, 120, 22, 3, fill=1)
        sheet.line(300, ROWS[2], 445, ROWS[2] - 1)
        sheet.setFillGray(0)
        sheet.setFont(FONT, 7)
        sheet.drawString(450, 688, "直した")
        texts(sheet)

    assert records(make_pdf(draw, name="a.pdf"), tmp_path / "out") == [FIRST, SECOND]


def test_balloons_stand_beside_a_turned_page_too(make_pdf: MakePdf, tmp_path: Path) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.translate(840, 100)
        sheet.rotate(90)
        lines(sheet)
        balloon("bent")(sheet)
        texts(sheet)

    pdf = make_pdf(draw, name="a.pdf")
    assert records(pdf, tmp_path / "out") == [FIRST, SECOND]


def no_balloons(draw: Draw, make_pdf: MakePdf) -> None:
    def page(sheet: canvas.Canvas) -> None:
        lines(sheet)
        texts(sheet)
        sheet.setFont(FONT, 7)
        draw(sheet)

    def plain(sheet: canvas.Canvas) -> None:
        lines(sheet)
        texts(sheet)

    (drawing,) = read_drawings(make_pdf(page).read_bytes())
    (bare,) = read_drawings(make_pdf(plain).read_bytes())
    assert len(drawing.overlays) == 0
    assert len(drawing.strokes) > len(bare.strokes)


def test_a_callout_among_the_texts_is_no_balloon(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.rect(340, 664, 70, 12)
        sheet.drawString(342, 667, "注意すること")
        sheet.line(300, 680, 340, 670)

    no_balloons(draw, make_pdf)


def test_a_shaded_header_among_rulings_that_are_bars_is_no_balloon(make_pdf: MakePdf) -> None:
    """The dotted sides of the short row below it lead away from it."""
    heights = 770.0, 758.0, 742.0

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFillGray(0.85)
        for x0, x1 in pairwise(EDGES):
            sheet.rect(x0, heights[1], x1 - x0, heights[0] - heights[1], stroke=0, fill=1)
        sheet.setFillGray(0)
        for y in heights:
            sheet.rect(EDGES[0], y, EDGES[-1] - EDGES[0], 0.5, stroke=0, fill=1)
        sheet.setDash(1, 1.2)
        for x in EDGES[1:-1]:
            for top, bottom in pairwise(heights):
                sheet.line(x, top, x, bottom)
        sheet.setFont(FONT, 9)
        for text, x in zip(("番号", "ご意見", "回答"), EDGES, strict=False):
            sheet.drawString(x + 4, 760, text)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert len(drawing.overlays) == 0
    assert len(drawing.strokes) == len(EDGES[1:-1]) * 2


def test_a_cell_at_which_rulings_end_is_no_balloon(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.rect(EDGES[-1], ROWS[-1], 100, ROWS[1] - ROWS[-1])
        sheet.drawString(430, 700, "合わせた欄")
        sheet.line(EDGES[-1], ROWS[1], EDGES[-1] + 100, ROWS[1])

    no_balloons(draw, make_pdf)


@pytest.mark.parametrize("sides", [(EDGES[0], EDGES[-1]), ()], ids=["sides", "columns"])
def test_a_shaded_row_at_the_foot_of_a_page_is_no_balloon(
    sides: tuple[float, ...], make_pdf: MakePdf
) -> None:
    """No ruling parts it from the row above. The sides of the columns there end at it."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFillGray(0.85)
        sheet.rect(EDGES[0], 540, EDGES[-1] - EDGES[0], 20, stroke=0, fill=1)
        sheet.setFillGray(0)
        sheet.drawString(EDGES[0] + 4, 546, "第３章　施策の展開")
        for x in (*EDGES[1:-1], *sides):  # browsers draw the sides of the table last
            sheet.line(x, 620, x, 560)

    no_balloons(draw, make_pdf)


@pytest.mark.parametrize("sides", [False, True])
def test_cells_with_a_ground_in_a_column_without_rulings_are_no_balloons(
    make_pdf: MakePdf, sides: bool
) -> None:
    """The header's rulings end at the table's side. The sides of the rows below begin at it."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFillGray(0.85)
        for top, bottom in pairwise(ROWS):
            for x0, x1 in pairwise(EDGES):
                sheet.rect(x0, bottom, x1 - x0, top - bottom, stroke=0, fill=1)
        sheet.setFillGray(0)
        for y in () if sides else (ROWS[0] - 1, ROWS[1] - 1):
            sheet.line(EDGES[0], y, EDGES[-1], y)
        for x in (EDGES[0], EDGES[-1]) if sides else ():
            sheet.line(x, ROWS[1] - 1, x, ROWS[-1])
        texts(sheet)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert len(drawing.overlays) == 0


def test_boxes_that_lines_join_are_no_balloons(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        for x in (60, 200):
            sheet.rect(x, 500, 80, 30)
            sheet.drawString(x + 5, 512, "市民の意見")
        sheet.line(140, 515, 200, 515)

    no_balloons(draw, make_pdf)


def test_a_row_of_dashes_beside_a_ruling_takes_no_ruling_with_it(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        lines(sheet)
        sheet.setStrokeColorRGB(0.8, 0.2, 0.2)
        sheet.roundRect(445, 690, 120, 22, 3)
        for x in range(300, 433, 3):
            sheet.line(x, ROWS[2] + 0.8, x + 1.8, ROWS[2] + 0.8)
        sheet.line(433, ROWS[2] + 0.8, 445, ROWS[2] + 5)
        sheet.setFont(FONT, 7)
        sheet.drawString(450, 698, REMARK)
        texts(sheet)

    pdf = make_pdf(draw, name="a.pdf")
    assert records(pdf, tmp_path / "out") == [FIRST, SECOND]
