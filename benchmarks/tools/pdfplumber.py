"""pdfplumber, its default strategy: tables by their rulings."""

from pathlib import Path

import pdfplumber

from benchmarks.tools import Table

PACKAGE = "pdfplumber"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    tables: list[Table] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            tables += page.extract_tables()
            page.close()
    return tables
