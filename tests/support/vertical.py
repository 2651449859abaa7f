"""Vertical type as programs draw it: glyph by glyph, from upright characters."""

from collections.abc import Sequence

from reportlab.pdfgen import canvas

from tests.support.pdfs import FONT

SIZE = 10.0
PITCH = 16.0
HEAD = ("改正後", "改正前")
ROWS = (
    ("第[10]条　市民（委員を除く。）の意見を聴く。", "第[10]条　住民の意見を聴く。"),
    ("第[11]条　毎年Web会議を[2]回開く。", "第[11]条　毎年会議を[2]回開く。"),
)
"""Figures in brackets stand abreast."""


def upright(sheet: canvas.Canvas, x: float, y: float, text: str, size: float = SIZE) -> None:
    """Set a vertical line below a place, around x. Latin letters lie on their side in it."""
    sheet.setFont(FONT, size)
    for run in _runs(text):
        if run.startswith("["):
            sheet.drawCentredString(x, y - 0.88 * size, run[1:-1])
            y -= size
        elif run.isascii():
            y = _sideways(sheet, x, y, run, size)
        else:
            sheet.drawCentredString(x, y - 0.88 * size, run)
            y -= size


def _runs(text: str) -> Sequence[str]:
    runs: list[str] = []
    for character in text:
        is_open = bool(runs) and runs[-1].startswith("[") and not runs[-1].endswith("]")
        is_latin = bool(runs) and runs[-1].isascii() and not runs[-1].endswith("]")
        if is_open or (is_latin and character.isascii() and character != "["):
            runs[-1] += character
        else:
            runs.append(character)
    return runs


def _sideways(sheet: canvas.Canvas, x: float, y: float, run: str, size: float) -> float:
    shown = sheet.beginText()
    shown.setTextTransform(0, -1, 1, 0, x - 0.38 * size, y)
    shown.setFont(FONT, size)
    shown.textOut(run)
    sheet.drawText(shown)
    return y - sheet.stringWidth(run, FONT, size)


def vertical_table(sheet: canvas.Canvas, forms: bool = False) -> None:
    """Draw a comparison: the first record at the right, 改正後 above 改正前, a level page number.

    Args:
        sheet: An upright page of A4.
        forms: Brackets are the vertical forms of Unicode.
    """
    names = str.maketrans("（）", "︵︶") if forms else {}
    x = 540.0
    for row in (HEAD, *ROWS):
        for top, text in zip((780.0, 480.0), row, strict=True):
            sheet.rect(x - 40, top - 300, 40, 300)
            upright(sheet, x - 4 - SIZE / 2, top - 4, text.translate(names))
        x -= 40
    sheet.setFont(FONT, 9)
    sheet.drawString(290, 40, "- 12 -")
