"""pdf2docx: the tables that it would write into a Word document."""

from pathlib import Path

from pdf2docx import Converter

from benchmarks.tools import Table

PACKAGE = "pdf2docx"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order; None in cells that a merged one covers."""
    converter = Converter(str(path))
    tables: list[Table] = converter.extract_tables()
    converter.close()
    return tables
