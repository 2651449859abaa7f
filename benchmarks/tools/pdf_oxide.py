"""pdf_oxide, `extract_tables`."""

from pathlib import Path

from pdf_oxide import PdfDocument

from benchmarks.tools import Table

PACKAGE = "pdf-oxide"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    document = PdfDocument(str(path))
    return [
        [[cell["text"] for cell in row["cells"]] for row in table["rows"]]
        for page in range(document.page_count())
        for table in document.extract_tables(page)
    ]
