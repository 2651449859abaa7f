"""ocrmypdf (tesseract) puts a text layer under the pictures; pdfplumber reads its tables."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.tools import Table, pdfplumber

PACKAGE = "ocrmypdf"
PROGRAM, PROGRAM_FROM = "tesseract", "Debian: tesseract-ocr tesseract-ocr-jpn ghostscript"


def read(path: Path) -> list[Table]:
    """The tables of all pages in reading order."""
    with tempfile.TemporaryDirectory() as folder:
        searchable = Path(folder) / path.name
        command = [sys.executable, "-m", "ocrmypdf", "-l", "jpn", "--deskew", "--force-ocr"]
        subprocess.run([*command, str(path), str(searchable)], check=True, capture_output=True)
        return pdfplumber.read(searchable)
