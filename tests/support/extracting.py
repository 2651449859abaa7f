"""Made PDFs, extracted."""

from pathlib import Path

from reportlab.pdfgen import canvas

from pipeline.extract import extract_annex
from pipeline.model import AnnexHeader, Extracted, Page
from tests.support.pdfs import Draw, MakePdf


def extract(path: Path) -> Extracted:
    return extract_annex(AnnexHeader(path.stem, ""), path.read_bytes())


def first_page(make_pdf: MakePdf, draw: Draw) -> Page:
    return extract(make_pdf(draw)).pages[0]


def table(sheet: canvas.Canvas, columns: list[float], rows: list[float]) -> None:
    for x in columns:
        sheet.line(x, rows[0], x, rows[-1])
    for y in rows:
        sheet.line(columns[0], y, columns[-1], y)
