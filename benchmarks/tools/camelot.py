"""camelot, lattice: tables by their rulings, merged cells' text in every row they span."""

from pathlib import Path

import camelot

from benchmarks.tools import Table

PACKAGE = "camelot-py"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    found = camelot.read_pdf(
        path, pages="all", flavor="lattice", copy_text=["v"], suppress_stdout=True
    )
    return [table.df.to_numpy().tolist() for table in found]
