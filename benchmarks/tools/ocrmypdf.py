"""ocrmypdf (tesseract) puts a text layer under the pages that have none; pdfplumber reads tables.

A picture has no rulings that pdfplumber sees: its columns come from the text's alignment. Of
ocrmypdf's renderers the one is taken whose text pdfplumber reads.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pdfplumber

from benchmarks.tools import Table

PACKAGE = "ocrmypdf"
_ALIGNED = {"vertical_strategy": "text", "horizontal_strategy": "text"}
PROGRAM, PROGRAM_FROM = "tesseract", "Debian: tesseract-ocr tesseract-ocr-jpn ghostscript"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    with tempfile.TemporaryDirectory() as folder:
        searchable = Path(folder) / path.name
        command = [sys.executable, "-m", "ocrmypdf", "-l", "jpn", "--deskew", "--skip-text"]
        command += ["--pdf-renderer", "sandwich", "--output-type", "pdf", "--jobs", "1"]
        subprocess.run([*command, str(path), str(searchable)], check=True, capture_output=True)
        with pdfplumber.open(searchable) as pdf:
            return [
                table
                for page in pdf.pages
                for table in page.extract_tables({} if page.edges else _ALIGNED)
            ]
