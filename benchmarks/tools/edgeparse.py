"""EdgeParse writes Markdown."""

from pathlib import Path

import edgeparse

from benchmarks.tools import Table
from benchmarks.tools.markdown import parse_tables

PACKAGE = "edgeparse"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    return parse_tables(edgeparse.convert(str(path), format="markdown"))
