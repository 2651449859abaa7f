"""The other tools: one module each, with its package, what it needs, and `read(pdf)`.

They run in a virtual environment of their own (`.venv-bench`), so nothing here imports besshi.
"""

NAMES = ("pdfplumber", "camelot", "pymupdf", "tabula")
"""The tools compared on PDFs with a text layer, each a module here."""
SCANS = ("ocrmypdf", "img2table")
"""Those compared on scans."""

Cell = str | None
"""A cell's text as the tool gives it; None where it says that another cell covers the place."""
Table = list[list[Cell]]
"""A table as the tool gives it: one list a row, from one page."""
