"""extract: a text that has no place to wrap, and runs over the next cell."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.tables.overrunning import keep_overrunning
from pipeline.model import Box, Glyph
from tests.support.annexes import HEADER, besshi
from tests.support.glyphs import glyph
from tests.support.pdfs import FONT, Draw, MakePdf

COLUMNS = (50, 64, 320, 545)
COMMENT = ("橋が古いので", "直す")


def overrun(
    number: str, x: float, spread: float = 0.0, indent: float = 0.0, gap: float = 0.0
) -> Draw:
    """Numbers that are wider than their column, and comments of two lines that begin at `x`.

    `spread`: the points between the glyphs of a comment. `indent`: those before its first line.
    `gap`: those behind the first glyph of a number.
    """

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for place in COLUMNS:
            sheet.line(place, 660, place, 780)
        for y in (660, 700, 760, 780):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        for column, text in enumerate(HEADER):
            sheet.drawString((52, 80, 322)[column], 766, text)
        for top in (748, 688):
            sheet.drawString(52, top, number[0])
            behind = 52 + sheet.stringWidth(number[0], FONT, 10) + gap
            sheet.drawString(behind, top, number[1:])
            for line, text in enumerate(COMMENT):
                left = x if line else x + indent
                sheet.drawString(left, top - 14 * line, text, charSpace=spread)
            sheet.drawString(322, top, "直します")

    return draw


@pytest.mark.parametrize("number", ["１０", "10-100"])
@pytest.mark.parametrize("x", [66, 72])
def test_a_number_stays_whole_over_the_text_beside_it(
    make_pdf: MakePdf, number: str, x: float
) -> None:
    """At 72 the text begins right where １０ ends."""
    check_whole(make_pdf(overrun(number, x)), number)


def test_a_number_ends_where_a_justified_text_begins(make_pdf: MakePdf) -> None:
    """The second glyph of the text is close to the first one, but not joined to it."""
    check_whole(make_pdf(overrun("１０", 72, spread=0.8)), "１０")


def test_a_number_over_an_indent_is_that_of_the_cell_that_it_begins_in(make_pdf: MakePdf) -> None:
    check_whole(make_pdf(overrun("10-1", 66, indent=15)), "10-1")


def test_a_number_over_a_text_is_drawn_in_two_parts(make_pdf: MakePdf) -> None:
    """Programs set a bracket apart from a digit. The digit is no text of another cell."""
    check_whole(make_pdf(overrun("1(5)", 66, gap=0.7)), "1(5)")


@pytest.mark.parametrize("end", [319.6, 320, 320.6])
def test_a_text_goes_on_in_the_empty_cell_behind_it(make_pdf: MakePdf, end: float) -> None:
    """A glyph may end at the ruling: no text of the other cell begins right there."""

    def draw(sheet: canvas.Canvas) -> None:
        overrun("1", 80)(sheet)
        sheet.line(COLUMNS[0], 640, COLUMNS[-1], 640)
        for place in COLUMNS:
            sheet.line(place, 640, place, 660)
        sheet.drawString(52, 646, "9")
        sheet.drawString(end - 250, 646, "橋" * 25 + "道" * 7)

    records = read(make_pdf(draw))
    assert list(records.comment)[-1] == "橋" * 25 + "道" * 7
    assert list(records.response)[-1] == ""


@pytest.mark.parametrize(
    ("x", "count", "owner"),
    [(66, 40, "comment"), (210, 33, "response"), (307.5, 25, "response")],
    ids=["at the left", "at the right", "in the middle"],
)
def test_a_text_over_empty_cells_is_that_of_the_cell_where_it_is_set(
    x: float, count: int, owner: str, make_pdf: MakePdf
) -> None:
    """The number in the row tells that it is no heading."""

    def draw(sheet: canvas.Canvas) -> None:
        overrun("1", 80)(sheet)
        for y in (640, 660):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        for place in COLUMNS:
            sheet.line(place, 640, place, 660)
        sheet.drawString(52, 646, "9")
        sheet.drawString(x, 646, "橋" * count)

    last = read(make_pdf(draw)).iloc[-1]
    other = "response" if owner == "comment" else "comment"
    assert (last[owner], last[other]) == ("橋" * count, "")


def test_what_a_line_runs_over_is_less_certain(make_pdf: MakePdf) -> None:
    records = check_whole(make_pdf(overrun("１０", 66)), "１０")
    for fields in map(dict, records.field_confidence):
        assert max(fields["number"], fields["comment"]) < fields["response"]


def test_white_space_over_a_ruling_parts_two_texts() -> None:
    """The white between two columns of a scan may read as white space."""
    boxes = [Box(50, 0, 85, 20), Box(85, 0, 120, 20)]
    for text, whole in (("橋が古　直す", False), ("橋が古い直す", True)):
        line = [Glyph(c, Box(51 + 10 * i, 5, 61 + 10 * i, 15), 10) for i, c in enumerate(text)]
        kept, _ = keep_overrunning(np.array([0, 0, 0, 0, 1, 1]), Glyphs.of(line), boxes, ())
        assert bool(kept.max() == 0) is whole


def unwrapped(left: float, *rows: tuple[str, str]) -> Draw:
    """Rows of one line each, clipped at the side of their cell where another text begins there.

    `left`: the x where comments begin.
    """

    def draw(sheet: canvas.Canvas) -> None:
        edges, height = (50, 80, 200, 320), 16
        sheet.setFont(FONT, 10)
        for x in edges:
            sheet.line(x, 780, x, 780 - height * (len(rows) + 1))
        for place, (comment, answer) in enumerate([("ご意見", "区の考え方"), *rows]):
            y = 780 - height * (place + 1)
            sheet.line(edges[0], y + height, edges[-1], y + height)
            sheet.drawString(52, y + 4, str(place) if place else "番号")
            sheet.saveState()
            clip = sheet.beginPath()
            clip.rect(edges[1], y, (edges[2] if answer else 500) - edges[1], height)
            sheet.clipPath(clip, stroke=0, fill=0)
            sheet.drawString(left, y + 4, comment)
            sheet.restoreState()
            sheet.drawString(202, y + 4, answer)
        sheet.line(edges[0], 780 - height * (len(rows) + 1), edges[-1], y)

    return draw


@pytest.mark.parametrize("left", [82, 83])
def test_a_text_that_is_not_wrapped_runs_over_the_empty_cell_beside_it(
    left: float, make_pdf: MakePdf
) -> None:
    """At 82 one of its glyphs stands where the texts of the next column begin, as none cut is."""
    texts = [
        "橋が古いので早く架け替えていただきたい",
        "坂が急なのでこの次の co-design　で直すべきだ",
    ]
    rows = [(texts[0], ""), ("道が狭い", "広げます"), (texts[1], ""), (texts[0], "直します")]
    path = make_pdf(unwrapped(left, *rows))
    assert besshi("run", path, "--out", path.parent / "out").exit_code == 0
    records = pd.read_parquet(path.parent / "out" / "records" / f"{path.stem}.parquet")
    assert list(records.comment)[:3] == [texts[0], "道が狭い", texts[1]]
    assert list(records.response) == ["", "広げます", "", "直します"]


def test_a_text_that_its_cell_cuts_ends_where_the_next_column_s_texts_begin(
    make_pdf: MakePdf,
) -> None:
    """The last glyph that shows ends, by chance, right where the next text begins."""
    rows = [
        ("橋が古いので早くすぐに直してほしい", answer) for answer in ("直します", "同上", "済み")
    ]
    path = make_pdf(unwrapped(82, *rows))
    assert besshi("run", path, "--out", path.parent / "out").exit_code == 0
    records = pd.read_parquet(path.parent / "out" / "records" / f"{path.stem}.parquet")
    assert list(records.response) == [answer for _, answer in rows]


def check_whole(path: Path, number: str) -> pd.DataFrame:
    """Check that both numbers and both comments are read whole; return the records."""
    records = read(path)
    assert list(records.number) == [number] * 2
    assert list(records.comment) == ["\n".join(COMMENT)] * 2
    return records


def read(path: Path) -> pd.DataFrame:
    assert besshi("run", path, "--out", path.parent / "out").exit_code == 0
    return pd.read_parquet(path.parent / "out" / "records" / f"{path.stem}.parquet")


def test_no_text_of_the_next_cell_begins_in_the_middle_of_a_word() -> None:
    """An address runs over a ruling, and over it to where, by chance, the other lines begin."""
    boxes = [Box(50, 0, 85, 60), Box(85, 0, 120, 60)]
    lines = [(51, 5, "city.plan"), (86, 20, "直す"), (86, 35, "。")]
    page = [glyph(c, x + 5 * i, y, 5) for x, y, text in lines for i, c in enumerate(text)]
    glyphs = Glyphs.of(page)
    cells = np.array([0 if one.box.center[0] < 85 else 1 for one in page])
    kept, doubtful = keep_overrunning(cells, glyphs, boxes, ())
    assert kept.tolist() == [0] * 9 + [1] * 3
    assert doubtful == {0, 1}
