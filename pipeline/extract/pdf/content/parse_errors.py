"""The errors that pdfminer raises on a malformed PDF."""

from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

PARSE_ERRORS = (
    PDFException, PSException, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, RecursionError,
)  # fmt: skip
