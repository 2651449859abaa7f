"""PDFs that viewers open although their structure is broken: PDFium writes them anew."""

import io


def rewrite_pdf(data: bytes) -> bytes | None:
    """Let PDFium rebuild a PDF whose objects cannot be found, as viewers do.

    A cross-reference table with wrong offsets, or one that points to itself, hides objects that
    are all there. What is lost stays lost: the pages of the new file are checked like any others.

    Returns:
        The new file; None where PDFium cannot open the old one either.
    """
    import pypdfium2

    rebuilt = io.BytesIO()
    try:
        with pypdfium2.PdfDocument(data) as document:
            document.save(rebuilt)
    except pypdfium2.PdfiumError:
        return None
    return rebuilt.getvalue()
