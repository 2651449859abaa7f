"""extract: a line of a text that is drawn over the text of the next cell."""

from reportlab.pdfgen import canvas

from tests.support.annexes import HEADER, besshi, comments_of
from tests.support.pdfs import FONT, MakePdf

COLUMNS = (50, 90, 184, 290)
ROWS = (656, 672, 692)


def read(make_pdf: MakePdf, *lines: tuple[float, str], foot: float = 640) -> list[str]:
    """The comments of two records; `lines`: the y and the text of each, in the order of drawing."""
    rows = (foot, *ROWS)

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for x in COLUMNS:
            sheet.line(x, rows[0], x, rows[-1])
        for y in rows:
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        for column, text in enumerate(HEADER):
            sheet.drawString(COLUMNS[column] + 2, 678, text)
        for y, number in ((660, "1"), (644, "2")):
            sheet.drawString(COLUMNS[0] + 2, y, number)
            sheet.drawString(COLUMNS[2] + 2, y, "直します。")
        for y, text in lines:
            sheet.drawString(COLUMNS[1] + 2, y, text)

    path = make_pdf(draw)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    return comments_of(out, path.stem)


def test_a_last_line_over_the_row_below_stays_with_its_text(make_pdf: MakePdf) -> None:
    lines = (660, "駅前の橋を早く直し"), (648, "てほしい。"), (644, "道が狭い。")
    assert read(make_pdf, *lines) == ["駅前の橋を早く直してほしい。", "道が狭い。"]


def test_a_stop_alone_over_the_row_below_stays_with_its_text(make_pdf: MakePdf) -> None:
    lines = (644, "道が狭い。"), (660, "駅前の橋を早く直す"), (648, "。")
    assert read(make_pdf, *lines) == ["駅前の橋を早く直す。", "道が狭い。"]


def test_a_first_line_over_the_row_above_stays_with_its_text(make_pdf: MakePdf) -> None:
    lines = (660, "道が狭い。"), (656, "駅前の橋を早く直し"), (644, "てほしい。")
    assert read(make_pdf, *lines) == ["道が狭い。", "駅前の橋を早く直してほしい。"]


def test_a_line_that_goes_on_with_nothing_stays_where_it_is(make_pdf: MakePdf) -> None:
    found = read(make_pdf, (660, "橋が古い。"), (648, "見にくい。"), (644, "道が狭い。"))
    assert found[0] == "橋が古い。"


def test_a_paragraph_over_the_row_above_stays_with_its_centred_text(make_pdf: MakePdf) -> None:
    own = ("橋について。", "渡りにくい。", "急いで直す。", "お願いする。")
    lines = [(654.4 - 10 * place, text) for place, text in enumerate(own)]
    found = read(make_pdf, (660, "道が狭い。"), *lines, foot=626)
    assert found == ["道が狭い。", "\n".join(own)]


def test_a_narrow_stop_over_the_first_glyph_of_the_row_below_stays_with_its_text(
    make_pdf: MakePdf,
) -> None:
    lines = (660, "駅前の橋を早く直す"), (648, "｡"), (644, "道が狭い。")
    assert read(make_pdf, *lines) == ["駅前の橋を早く直す｡", "道が狭い。"]
