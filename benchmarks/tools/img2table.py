"""img2table finds the cells of the pictures; tesseract reads them where there is no text layer."""

from pathlib import Path

from img2table.document import PDF
from img2table.ocr import TesseractOCR

from benchmarks.tools import Table

PACKAGE = "img2table"
PROGRAM, PROGRAM_FROM = "tesseract", "Debian: tesseract-ocr tesseract-ocr-jpn"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    found = PDF(path, detect_rotation=True, pdf_text_extraction=True).extract_tables(
        ocr=TesseractOCR(lang="jpn"), implicit_rows=False, borderless_tables=False
    )
    return [
        [[cell.value for cell in row] for row in table.content.values()]
        for page in sorted(found)
        for table in found[page]
    ]
