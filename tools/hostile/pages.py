"""PDFs of one page that draws too much, too deep, or where no page is."""

from tools.hostile.structures import SMALL
from tools.hostile.writing import Objects, deflate, one_page, write_pdf, write_stream

MILLION = 1_000_000
_SHOW = b"BT /F 10 Tf 50 700 Td (text) Tj ET"


def page_of_ten_metres() -> bytes:
    return one_page(_SHOW, box=b"[0 0 28346 28346]")


def picture_of_ten_metres() -> bytes:
    image = write_stream(
        b"\x00", b"/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    content = b"q 28346 0 0 28346 0 0 cm /I Do Q"
    return one_page(content, {10: image}, b"<</XObject<</I 10 0 R>>>>", b"[0 0 28346 28346]")


def page_of_no_size() -> bytes:
    return one_page(_SHOW, box=b"[0 0 0 0]")


def picture_of_no_size() -> bytes:
    return picture_of_ten_metres().replace(b"/MediaBox [0 0 28346 28346]", b"/MediaBox [0 0 0 0]")


def page_of_no_number() -> bytes:
    return one_page(_SHOW, box=b"[0 0 NaN NaN]")


def page_of_infinite_size() -> bytes:
    return one_page(_SHOW, box=b"[0 0 %b %b]" % ((b"9" * 400 + b".0",) * 2))


def page_of_astronomic_size() -> bytes:
    return one_page(_SHOW, box=b"[-1%b 0 1%b 9]" % ((b"0" * 300 + b".0",) * 2))


def page_box_of_names() -> bytes:
    return one_page(_SHOW, box=b"[/A /B /C /D]")


def rotated_by_one() -> bytes:
    return write_pdf({**SMALL, 3: SMALL[3].replace(b"/Type/Page", b"/Type/Page/Rotate 1")})


def million_rulings() -> bytes:
    """Lines as they come: no two have anything in common."""
    return one_page(
        b"\n".join(
            b"%d %d m %d %d l S" % (n % 595, n * 7 % 842, (n % 595) + 20, n * 7 % 842)
            for n in range(MILLION)
        )
    )


def million_crossing_rulings() -> bytes:
    """500,000 lines each way over the whole page."""
    return one_page(
        b"\n".join(
            b"0 %.4f m 595 %.4f l S %.4f 0 m %.4f 842 l S" % ((n / 594,) * 2 + (n / 841,) * 2)
            for n in range(MILLION // 2)
        )
    )


def grid_of_many_cells() -> bytes:
    """A ruled table of 1,500 × 1,500 cells on a page of five metres."""
    lines = [b"0 %d m 15000 %d l S %d 0 m %d 15000 l S" % ((n * 10,) * 4) for n in range(1501)]
    text = b"BT /F 5 Tf 12 12 Td (x) Tj ET\n"
    return one_page(text + b"\n".join(lines), box=b"[0 0 15000 15000]")


def million_glyphs() -> bytes:
    return one_page(
        b"BT /F 1 Tf 0 800 Td 1 TL\n%b ET" % (b"(%b) '\n" % (b"abcdefghij" * 100) * 1000)
    )


def million_glyphs_on_one_spot() -> bytes:
    return one_page(b"BT /F 10 Tf 300 400 Td\n%b ET" % (b"(a) Tj 0 0 Td\n" * MILLION))


def million_white_glyphs() -> bytes:
    """White on many shapes: each glyph asks which shapes lie under it."""
    shapes = b"0 0 1 1 re f\n" * 100_000
    return one_page(
        shapes + b"1 g BT /F 1 Tf 0 800 Td 1 TL\n%b ET" % (b"(%b) '\n" % (b"a" * 500) * 200)
    )


def million_saved_states() -> bytes:
    return one_page(b"q\n" * MILLION + _SHOW)


def path_of_a_million_points() -> bytes:
    return one_page(
        b"0 0 m\n" + b"".join(b"%d %d l\n" % (n % 595, n % 842) for n in range(MILLION)) + b"S"
    )


def path_clipped_again_and_again() -> bytes:
    """Each W looks at the whole path, which no operator ends."""
    return one_page(b"0 0 m 10 10 l W\n" * 20_000 + b"n")


def path_of_many_beginnings() -> bytes:
    return one_page(b"0 0 m " * MILLION + b"S")


def string_without_end() -> bytes:
    return one_page(b"BT /F 10 Tf (" + b"(a" * MILLION)


def strings_without_end() -> bytes:
    """Each parenthesis may begin a string, and none ends."""
    return one_page(b"( \\" * 50_000)


def images_without_end() -> bytes:
    """Each BI may begin an inline image, and none ends."""
    return one_page(b"BI /W 1 /H 1 " * 50_000)


def images_without_data() -> bytes:
    return one_page(b"BI /W 1 /F /A85 ID " * 20_000)


def array_without_end() -> bytes:
    return one_page(b"[" * MILLION)


def comments() -> bytes:
    return one_page(b"%" * MILLION + b"\n" + b"%(\n" * 100_000)


def giant_operands() -> bytes:
    return one_page(
        b"BT /F 1e308 Tf 1e308 0 0 1e308 0 0 Tm (text) Tj 9%b 0 Td (x) Tj ET" % (b"9" * 400)
    )


def giant_matrix() -> bytes:
    return one_page(b"9999999999 0 0 9999999999 0 0 cm " * 100 + _SHOW + b" 0 0 m 1 1 l S")


def _forms(forms: Objects) -> bytes:
    return one_page(b"/X Do", forms, b"<</XObject<</X 10 0 R>>>>")


def _form(content: bytes, named: bytes) -> bytes:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<<%b>>>>" % named
    return write_stream(content, entries)


def form_that_draws_itself() -> bytes:
    return _forms({10: _form(b"/X Do /X Do", b"/X 10 0 R")})


def forms_that_draw_each_other() -> bytes:
    return _forms({10: _form(b"/X Do", b"/X 11 0 R"), 11: _form(b"/X Do /X Do", b"/X 10 0 R")})


def forms_a_thousand_deep() -> bytes:
    return _forms({n: _form(b"q /X Do Q", b"/X %d 0 R" % (n + 1)) for n in range(10, 1010)})


def forms_that_multiply() -> bytes:
    """Twelve levels, each of which draws the next ten times."""
    return _forms({n: _form(b"/X Do " * 10, b"/X %d 0 R" % (n + 1)) for n in range(10, 22)})


def form_drawn_a_million_times() -> bytes:
    return one_page(b"/X Do " * MILLION, {10: _form(b"", b"")}, b"<</XObject<</X 10 0 R>>>>")


def large_form_drawn_often() -> bytes:
    """2 MB of nothing, decoded and cut up anew 10,000 times."""
    form = deflate(b"q Q " * 500_000, entries=b"/Subtype/Form/BBox[0 0 9 9]")
    return one_page(b"/X Do " * 10_000, {10: form}, b"<</XObject<</X 10 0 R>>>>")


def spaces_in_a_circle() -> bytes:
    resources = b"<</ColorSpace<</C 10 0 R>>>>"
    return one_page(b"/C cs 1 scn", {10: b"[/Indexed 10 0 R 1 (x)]"}, resources)


def font_that_draws_itself() -> bytes:
    """A Type 3 font whose glyph shows itself."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]"
        b"/FirstChar 97/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 10 0 R>>"
        b"/Resources<</Font<</F 9 0 R>>>>>>"
    )
    return one_page(
        b"BT /F 9 Tf (aaaa) Tj ET", {9: font, 10: write_stream(b"BT /F 9 Tf (a) Tj ET")}
    )


def vertical_million() -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-V/DescendantFonts[10 0 R]>>"
    inner = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW2[880 -1000]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor 11 0 R>>"
    )
    descriptor = b"<</Type/FontDescriptor/FontName/X/Flags 4>>"
    return one_page(
        b"BT /F 1 Tf 300 800 Td <%b> Tj ET" % (b"0041" * 300_000),
        {9: font, 10: inner, 11: descriptor},
    )
