"""OpenDataLoader PDF: the tables of its JSON. It runs on Java."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import opendataloader_pdf

from benchmarks.tools import Table

PACKAGE = "opendataloader-pdf"
PROGRAM, PROGRAM_FROM = "java", "apt-get install default-jre-headless"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    with tempfile.TemporaryDirectory() as folder:
        opendataloader_pdf.convert(str(path), output_dir=folder, format="json", quiet=True)
        (written,) = Path(folder).glob("*.json")
        document = json.loads(written.read_text(encoding="utf-8"))
    return [_cells(node) for node in _nodes(document) if node.get("type") == "table"]


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node and all below it, but for what tables hold."""
    yield node
    for child in node.get("kids", ()) if node.get("type") != "table" else ():
        yield from _nodes(child)


def _cells(table: dict[str, Any]) -> Table:
    """A table's grid; None where a merged cell covers the place."""
    grid: Table = [[None] * table["number of columns"] for _ in range(table["number of rows"])]
    for row in table["rows"]:
        for cell in row["cells"]:
            texts = [
                node["content"] for node in _nodes({"kids": cell["kids"]}) if "content" in node
            ]
            grid[cell["row number"] - 1][cell["column number"] - 1] = "\n".join(texts)
    return grid
