"""The annex of the mission, and what tests draw PDFs with."""

from collections.abc import Callable
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
OTA = ROOT / "raw_pdfs" / "ota_annex.pdf"
FONT = "HeiseiKakuGo-W5"  # known to every reader, so nothing has to be installed
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Draw = Callable[[canvas.Canvas], None]
MakePdf = Callable[..., Path]
