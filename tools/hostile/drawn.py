"""A page for any content stream."""

from tools.hostile.writing import page_objects, write_pdf, write_stream

_DRAWN = {
    10: write_stream(b"(form) Tj 0 0 m 9 9 l S", b"/Subtype/Form/BBox[0 0 99 99]"),
    11: b"<</Type/Font/Subtype/Type0/BaseFont/V/Encoding/Identity-V/DescendantFonts[12 0 R]>>",
    12: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/V/FontDescriptor 13 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    13: b"<</Type/FontDescriptor/FontName/V/Flags 4>>",
}
_NAMED = (
    b"<</Font<</F 9 0 R/V 11 0 R>>/XObject<</X 10 0 R>>"
    b"/ColorSpace<</C[/Indexed/DeviceRGB 1(abcdef)]>>/ExtGState<</G<</ca .5/CA 0>>>>>>"
)


def page_of(content: bytes) -> bytes:
    """A page with a content stream, and one of each thing that it may name."""
    return write_pdf(page_objects(write_stream(content), _DRAWN, _NAMED))
