"""PDFs that viewers open although their structure is broken: PDFium writes them anew."""

import io

from pipeline.errors import DamagedError


def rewrite_pdf(data: bytes) -> bytes:
    """Let PDFium rebuild a PDF whose objects cannot be found, as viewers do.

    A cross-reference table with wrong offsets, or one that points to itself, hides objects that
    are all there. What is lost stays lost: the pages of the new file are checked as any others.

    Raises:
        DamagedError: PDFium cannot open it either.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        rebuilt = io.BytesIO()
        document.save(rebuilt)
        document.close()
    except pypdfium2.PdfiumError as error:
        raise DamagedError(
            f"cannot be opened, by PDFium neither ({error}); get the file again from its source"
        ) from error
    return rebuilt.getvalue()
