"""Lines whose rest the page's edge or a clip cuts off."""

import pytest
from reportlab.pdfgen import canvas

import besshi
from tests.support.pdfs import Draw, MakePdf

SIDES = (40.0, 90.0, 320.0, 550.0)
ANSWER = ("御意見の趣旨を踏まえ、第三章の", "記載を改めました。")


def _table(right: float, clip: float, low: float = 40.0) -> Draw:
    """Three columns up to a right side; the last one's texts are shown up to a clip.

    It ends so many points below their first line.
    """

    def paint(sheet: canvas.Canvas) -> None:
        x = (*SIDES[:3], right)
        for level in range(4):
            sheet.line(x[0], 760 - level * 60, x[-1], 760 - level * 60)
        for side in x:
            sheet.line(side, 760, side, 580)
        for left, text in zip(x, ("番号", "意見", "回答"), strict=False):
            sheet.drawString(left + 4, 740, text)
        for row in (1, 2):
            y = 740 - row * 60
            sheet.drawString(x[0] + 4, y, str(row))
            sheet.drawString(x[1] + 4, y, "道が狭いので広げてほしい。")
            sheet.saveState()
            shown = sheet.beginPath()
            shown.rect(x[2], y - low, clip - x[2], low + 20)
            sheet.clipPath(shown, stroke=0)
            for place, text in enumerate(ANSWER):
                sheet.drawString(x[2] + 4, y - place * 14, text)
            sheet.restoreState()

    return paint


@pytest.mark.parametrize(
    ("right", "clip", "clipped"), [(550.0, 550.0, False), (420.0, 420.0, True)]
)
def test_a_record_whose_lines_go_on_out_of_sight_is_clipped_and_doubtful(
    right: float, clip: float, clipped: bool, make_pdf: MakePdf
) -> None:
    records = besshi.read(make_pdf(_table(right, clip))).records
    assert [("clipped" in flags) for flags in records["flags"]] == [clipped] * 2
    assert [confidence < 0.5 for confidence in records["confidence"]] == [clipped] * 2


@pytest.mark.parametrize(("low", "clipped"), [(40.0, False), (6.0, True)])
def test_a_record_whose_next_line_is_out_of_sight_is_clipped(
    low: float, clipped: bool, make_pdf: MakePdf
) -> None:
    records = besshi.read(make_pdf(_table(550.0, 550.0, low))).records
    assert [("clipped" in flags) for flags in records["flags"]] == [clipped] * 2
