"""PyMuPDF, `find_tables` with its default strategy: tables by their rulings."""

from pathlib import Path

import pymupdf

from benchmarks.tools import Table

PACKAGE = "pymupdf"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order, each below the header that the tool found."""
    tables: list[Table] = []
    with pymupdf.open(path) as pdf:
        for page in pdf:
            for table in page.find_tables().tables:
                outside = [list(table.header.names)] if table.header.external else []
                tables.append(outside + table.extract())
    return tables
