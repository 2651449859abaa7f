"""PDFs written byte by byte: no library writes what these files hold."""

import zlib
from collections.abc import Mapping

Objects = Mapping[int, bytes]
"""Object number → what stands between obj and endobj."""

A4 = b"[0 0 595 842]"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
"""One of the fonts that every reader knows."""


def write_pdf(objects: Objects, trailer: bytes = b"") -> bytes:
    """A PDF with a cross-reference table that is right; object 1 is the catalog."""
    data, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(data), max(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        there = number in places
        data += b"%010d 00000 %b \n" % (places.get(number, 0), b"n" if there else b"f")
    data += b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(data)


def write_stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object whose data stand there as they are."""
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), entries, data)


def deflate(data: bytes, times: int = 1, entries: bytes = b"") -> bytes:
    """A stream object, compressed so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    names = b"/FlateDecode" * times
    return write_stream(data, b"/Filter[%b]%b" % (names, entries))


def one_page(
    content: bytes,
    more: Objects | None = None,
    resources: bytes = b"<</Font<</F 9 0 R>>>>",
    box: bytes = A4,
) -> bytes:
    """A PDF of one page.

    Args:
        content: The content stream, without its dictionary.
        more: Further objects, from 10 on; 9 is a font.
        resources: Of the page.
        box: Its media box.
    """
    return write_pdf(page_objects(deflate(content), more, resources, box))


def page_objects(
    stream: bytes,
    more: Objects | None = None,
    resources: bytes = b"<</Font<</F 9 0 R>>>>",
    box: bytes = A4,
) -> dict[int, bytes]:
    """The objects of `one_page`, its content a stream object."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox %b/Contents 4 0 R/Resources %b>>" % (box, resources)
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page,
        4: stream,
        9: FONT,
        **(more or {}),
    }
