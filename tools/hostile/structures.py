"""PDFs whose objects lead in circles, promise what is not there, or are too many or too deep."""

import random
import zlib

from tools.hostile.writing import page_objects, write_pdf, write_stream

SMALL = page_objects(write_stream(b"BT /F 10 Tf 50 700 Td (text) Tj ET"))
MANY = 100_000  # pages
DEEP = 20_000  # levels; Python gives up at 1,000, a C stack at some 10,000


def nothing() -> bytes:
    return b""


def picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(1000)


def header_alone() -> bytes:
    return b"%PDF-1.7\n"


def noise() -> bytes:
    return b"%PDF-1.7\n" + random.Random(1).randbytes(200_000)


def xref_loop() -> bytes:
    """The table before this one is this one."""
    data = write_pdf(SMALL)
    start = data.rindex(b"xref\n0")
    return write_pdf(SMALL, b"/Prev %d" % start)


def xref_of_giant_numbers() -> bytes:
    data = write_pdf(SMALL)
    return data.replace(b"xref\n0 10\n", b"xref\n0 4000000000\n")


def xref_stream_of_giant_index() -> bytes:
    """A cross-reference stream that says it has four thousand million entries."""
    entries = zlib.compress(bytes(4))
    objects = {
        **SMALL,
        10: write_stream(
            entries,
            b"/Type/XRef/Size 4000000000/Index[0 4000000000]/W[1 2 1]/Root 1 0 R"
            b"/Filter/FlateDecode",
        ),
    }
    data = write_pdf(objects)
    start = data.index(b"10 0 obj")
    return data[: data.rindex(b"xref\n0")] + b"startxref\n%d\n%%%%EOF\n" % start


def page_tree_cycle() -> bytes:
    return write_pdf({**SMALL, 2: b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>"})


def page_that_is_its_parent() -> bytes:
    return write_pdf({**SMALL, 2: b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"})


def deep_page_tree() -> bytes:
    nodes = {
        number: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1)
        for number in range(10, 10 + DEEP)
    }
    tail = {10 + DEEP: SMALL[3]}
    return write_pdf({**SMALL, 2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>", **nodes, **tail})


def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 10 + MANY))
    pages = dict.fromkeys(range(10, 10 + MANY), SMALL[3])
    return write_pdf({**SMALL, 2: b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, MANY), **pages})


def one_page_many_times() -> bytes:
    """A page tree that names one page 100,000 times: 1 MB of references, no pages."""
    return write_pdf({**SMALL, 2: b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"3 0 R " * MANY, MANY)})


def page_tree_that_doubles() -> bytes:
    """Thirty levels, each of which names the next twice: a thousand million pages."""
    nodes = {
        number: b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (number + 1, number + 1)
        for number in range(10, 40)
    }
    return write_pdf({**SMALL, 2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>", **nodes, 40: SMALL[3]})


def promised_pages() -> bytes:
    return write_pdf({**SMALL, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"})


def reference_to_itself() -> bytes:
    return write_pdf({**SMALL, 4: b"4 0 R"})


def references_in_a_circle() -> bytes:
    return write_pdf({**SMALL, 4: b"10 0 R", 10: b"11 0 R", 11: b"10 0 R"})


def length_of_itself() -> bytes:
    return write_pdf({**SMALL, 4: b"<</Length 4 0 R>>\nstream\n0 0 m\nendstream"})


def deep_arrays() -> bytes:
    return write_pdf({**SMALL, 9: b"[" * DEEP + b"]" * DEEP})


def deep_dictionaries() -> bytes:
    return write_pdf({**SMALL, 9: b"<</A" * DEEP + b" 1" + b">>" * DEEP})


def inherited_in_a_circle() -> bytes:
    """The page's resources are its parent's, whose parent is the page."""
    objects = {**SMALL, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>"}
    return write_pdf({**objects, 3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"})


def object_stream_in_itself() -> bytes:
    """Object 4 is in object stream 10, which is in itself."""
    inner = zlib.compress(b"4 0 10 3 <<>> <<>>")
    entries = b"".join(
        kind.to_bytes(1, "big") + value.to_bytes(3, "big") + bytes(1)
        for kind, value in ((0, 0), (2, 10), (2, 10), (2, 10), (2, 10), (2, 10))
    )
    table = zlib.compress(entries)
    objects = {
        10: write_stream(inner, b"/Type/ObjStm/N 2/First 9/Filter/FlateDecode/Extends 10 0 R"),
        11: write_stream(table, b"/Type/XRef/Size 6/W[1 3 1]/Root 1 0 R/Filter/FlateDecode"),
    }
    data = write_pdf(objects)
    start = data.index(b"11 0 obj")
    return data[: data.rindex(b"xref\n0")] + b"startxref\n%d\n%%%%EOF\n" % start


def object_stream_of_many() -> bytes:
    """An object stream that says it holds a thousand million objects."""
    inner = zlib.compress(b"4 0 <<>>")
    return write_pdf(
        {**SMALL, 10: write_stream(inner, b"/Type/ObjStm/N 1000000000/First 4/Filter/FlateDecode")}
    ).replace(b"startxref", b"startxre_")


def giant_number() -> bytes:
    """Python reads no integer of more than 4,300 digits."""
    return write_pdf({**SMALL, 4: write_stream(b"9" * 100_000 + b" 0 m 1 1 l S")})


def giant_literals() -> bytes:
    return write_pdf(
        {**SMALL, 9: b"<</Type/Font/Subtype/Type1/BaseFont /" + b"A" * 10_000_000 + b">>"}
    )
