"""PyMuPDF4LLM writes Markdown; pages without text are recognised by tesseract."""

from pathlib import Path

import pymupdf4llm

from benchmarks.tools import Table
from benchmarks.tools.markdown import parse_tables

PACKAGE = "pymupdf4llm"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    return parse_tables(pymupdf4llm.to_markdown(str(path), ocr_language="jpn"))
