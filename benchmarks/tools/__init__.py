"""The tools: one adapter each, with its package, what else it needs, and what reads a PDF.

They run in a virtual environment of their own (`.venv-bench`), so no adapter but besshi's imports
besshi.
"""

NAMES = (
    "besshi",
    "pdfplumber",
    "camelot",
    "pymupdf",
    "tabula",
    "img2table",
    "ocrmypdf",
    "pdf2docx",
    "pymupdf4llm",
    "markitdown",
    "opendataloader",
    "tablers",
    "pdf_oxide",
    "edgeparse",
)
"""Each a module here."""

LEFT_OUT = {
    "docling": "its layout and table models are fetched from a model hub when it runs",
    "marker, surya": "their models are fetched from the makers' server when they run",
    "mineru": "its models are fetched from a model hub",
    "gmft, deepdoctection, pdf2table": "Table Transformer's weights are fetched from a model hub",
    "unstructured": "tables need its strategy `hi_res`, whose model is fetched from a model hub",
    "paddleocr (PP-StructureV3)": "its models are fetched from the makers' server",
    "pdftables": "needs the pdfminer of 2011, which does not build today",
}
"""Tools that were considered, and why they cannot run without network."""

Cell = str | None
"""A cell's text as the tool gives it; None where it says that another cell covers the place."""
Table = list[list[Cell]]
"""A table as the tool gives it: one list a row, from one page."""
