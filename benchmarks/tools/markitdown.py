"""MarkItDown writes Markdown: pdfplumber's words, set into columns by their places."""

from pathlib import Path

from markitdown import MarkItDown

from benchmarks.tools import Table
from benchmarks.tools.markdown import parse_tables

PACKAGE = "markitdown"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    return parse_tables(MarkItDown(enable_plugins=False).convert(str(path)).text_content)
