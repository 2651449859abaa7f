"""tablers: pdfplumber's way of finding tables, in Rust, on PDFium."""

from pathlib import Path

import tablers

from benchmarks.tools import Table

PACKAGE = "tablers"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    document = tablers.Document(str(path))
    return [
        [[cell and cell.text for cell in row.cells] for row in table.rows]
        for page in document.pages()
        for table in tablers.find_tables(page, extract_text=True)
    ]
