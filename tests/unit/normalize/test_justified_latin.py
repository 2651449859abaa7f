"""normalize: Latin words at line ends that justification left no room at."""

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from pipeline.normalize.text import join_physical_lines
from tests.support.annexes import HEADER, besshi, comments_of
from tests.support.making import line
from tests.support.pdfs import FONT, MakePdf

COLUMNS = (50, 90, 295, 545)
WIDTH = COLUMNS[2] - COLUMNS[1] - 8
LATIN, SIZE = "Helvetica", 10


def draw(sheet: canvas.Canvas, lines: list[str]) -> None:
    """A table of one record whose comment has these lines, all but the last one full."""
    for x in COLUMNS:
        sheet.line(x, 640, x, 780)
    for y in (640, 760, 780):
        sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
    sheet.setFont(FONT, SIZE)
    for column, text in enumerate(HEADER):
        sheet.drawString(COLUMNS[column] + 4, 766, text)
    sheet.drawString(COLUMNS[0] + 4, 746, "1")
    sheet.drawString(COLUMNS[2] + 4, 746, "承りました。")
    sheet.setFont(LATIN, SIZE)
    for place, text in enumerate(lines):
        room = WIDTH - stringWidth(text, LATIN, SIZE)
        stretch = 0 if text == lines[-1] else room / max(text.count(" "), 1)
        sheet.drawString(COLUMNS[1] + 4, 746 - 15 * place, text, wordSpace=stretch)


WORDS = [
    "The definition of the supplier should be",
    "aligned with the rules that are used by",
    "organisations established elsewhere; we",
    "appreciate every clarification of that.",
]
PARTED = [
    "The definition of the supplier should be align",
    "ed with the rules that are used by the organi",
    "sations elsewhere; we appreciate the clarific",
    "ation.",
]


@pytest.mark.parametrize(("lines", "joint"), [(WORDS, " "), (PARTED, "")])
def test_stretched_spaces_tell_whether_words_move(
    make_pdf: MakePdf, lines: list[str], joint: str
) -> None:
    path = make_pdf(lambda sheet: draw(sheet, lines))
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    assert comments_of(out, path.stem) == [joint.join(lines)]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ('a so-called "', 'operator"', 'a so-called "operator"'),
        ("see the law (", "Article 3)", "see the law (Article 3)"),
        ('an "operator"', "is named", 'an "operator" is named'),
    ],
)
def test_no_space_stands_behind_a_mark_that_opens(first: str, second: str, text: str) -> None:
    lines = [line(first), line(second)]
    assert join_physical_lines(lines, [False], [1.0], words=True).value == text
