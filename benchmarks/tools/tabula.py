"""tabula, lattice: tables by their rulings. It runs on Java."""

from pathlib import Path

import tabula

from benchmarks.tools import Table

PACKAGE = "tabula-py"
PROGRAM = "java"
PROGRAM_FROM = "apt-get install default-jre-headless"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    found = tabula.read_pdf(path, pages="all", lattice=True, output_format="json", silent=True)
    return [[[cell["text"] for cell in row] for row in table["data"]] for table in found]
