"""Pages as PDFium renders them."""

import pytest
from reportlab.pdfgen import canvas

from tests.support.pdfs import MakePdf
from tests.support.pictures import render


def test_a_wall_chart_is_rendered_smaller(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setPageSize((200, 14400))

    rendering = render(make_pdf(draw))
    assert rendering.image.height == 6000
    assert rendering.scale == pytest.approx(6000 / 14400)
