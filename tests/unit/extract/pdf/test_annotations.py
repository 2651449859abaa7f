"""What viewers show and print over a page is text of the page; what they do not is none."""

import io
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.extract.pdf.document import read_drawings
from pipeline.extract.pdf.text_markup import spell_operators
from tests.support.pdfs import MakePdf

PRINT, HIDDEN, NO_VIEW = 4, 2, 32
OPTIONS = Array([Array([String("A"), String("採用")]), String("採")])
HUGE = Decimal("1e308")


def annotated(path: Path, **changes: object) -> bytes:
    """A page with an annotation that shows (A) in a box of 20 × 10 points, at twice its size."""
    with pikepdf.open(path) as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        stream = pdf.make_stream(b"BT /F 5 Tf 2 2 Td (A) Tj ET")
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([0, 0, 10, 5])
        stream.Resources = Dictionary(Font=Dictionary(F=font))
        entries = {
            "Type": Name.Annot,
            "Subtype": Name.FreeText,
            "Rect": Array([100, 200, 120, 210]),
            "F": PRINT,
            "AP": Dictionary(N=stream),
        }
        pdf.pages[0].Annots = Array(
            [pdf.make_indirect(Dictionary({f"/{k}": v for k, v in (entries | changes).items()}))]
        )
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)
        return saved(pdf)


def saved(pdf: Pdf) -> bytes:
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


def shown(data: bytes) -> str:
    (drawing,) = read_drawings(data)
    return "".join(glyph.text for glyph in drawing.glyphs)


@pytest.fixture
def page(make_pdf: MakePdf) -> Path:
    return make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))


def test_an_annotation_that_is_printed_is_read_in_its_place(page: Path) -> None:
    (drawing,) = read_drawings(annotated(page))
    glyph = next(glyph for glyph in drawing.glyphs if glyph.text == "A")
    assert glyph.box.x0 == pytest.approx(104, abs=0.5)
    assert glyph.box.center[1] == pytest.approx(842 - 206, abs=3)
    assert glyph.size == pytest.approx(10, abs=2)


@pytest.mark.parametrize(
    "changes",
    [{"F": 0}, {"F": PRINT | HIDDEN}, {"F": PRINT | NO_VIEW}, {"Subtype": Name.Popup}],
    ids=["not printed", "hidden", "not viewed", "pop-up"],
)
def test_what_is_not_shown_and_printed_is_not_read(page: Path, changes: dict[str, object]) -> None:
    assert shown(annotated(page, **changes)) == "頁"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"Contents": String("採用")}, "頁採用"),
        ({"Subtype": Name.Widget, "FT": Name.Tx, "V": String("Yes 採")}, "頁Yes採"),
        ({"Subtype": Name.Widget, "FT": Name.Tx, "V": String("密"), "Ff": 1 << 13}, "頁"),
        ({"Subtype": Name.Widget, "FT": Name.Ch, "V": String("A"), "Opt": OPTIONS}, "頁採用"),
        ({"Subtype": Name.Widget, "FT": Name.Ch, "V": String("採"), "Opt": OPTIONS}, "頁採"),
        ({"Subtype": Name.Widget, "FT": Name.Btn, "V": Name.On}, "頁"),
        ({"Subtype": Name.Text, "Contents": String("注")}, "頁"),
    ],
    ids=[
        "typed on the page",
        "field",
        "password",
        "choice",
        "typed choice",
        "button",
        "sticky note",
    ],
)
def test_typed_text_without_a_look_is_set_as_viewers_set_it(
    page: Path, changes: dict[str, object], text: str
) -> None:
    box = Array([100, 200, 160, 214])
    assert shown(annotated(page, AP=7, Rect=box, **changes)).replace(" ", "") == text


@pytest.mark.parametrize(("rebuilds", "text"), [(True, "頁採"), (False, "頁A")])
def test_a_form_that_viewers_set_anew_shows_its_values(
    rebuilds: bool, text: str, page: Path
) -> None:
    """Programs that fill in a form change its values, and leave the looks to the viewer."""
    field = {"Subtype": Name.Widget, "FT": Name.Tx, "V": String("採")}
    with pikepdf.open(io.BytesIO(annotated(page, **field))) as pdf:
        pdf.Root.AcroForm.NeedAppearances = rebuilds
        assert shown(saved(pdf)) == text


def test_a_size_that_is_no_number_is_the_viewers_choice(page: Path) -> None:
    typed = {"Contents": String("採"), "DA": String("/F . Tf"), "AP": 7}
    assert shown(annotated(page, **typed)) == "頁採"


def test_a_content_stream_has_no_exponents() -> None:
    assert spell_operators(1e-05, 2, "w") == "0.000010 2.000000 w"


def test_a_tick_of_a_form_field_is_read_as_a_tick(page: Path) -> None:
    with pikepdf.open(io.BytesIO(annotated(page))) as pdf:
        stream = pdf.pages[0].Annots[0].AP.N
        stream.write(b"BT /F 5 Tf 2 2 Td (48) Tj ET")
        stream.Resources.Font.F.BaseFont = Name.ZapfDingbats
        assert shown(saved(pdf)) == "頁✔✘"


def test_the_codes_of_a_composite_font_are_no_ticks(page: Path) -> None:
    with pikepdf.open(io.BytesIO(annotated(page))) as pdf:
        stream = pdf.pages[0].Annots[0].AP.N
        stream.write(b"BT /F 5 Tf 2 2 Td <0034> Tj ET")
        font = stream.Resources.Font.F
        font.Subtype, font.BaseFont = Name.Type0, Name.ZapfDingbats
        font.Encoding = Name("/Identity-H")
        info = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        glyphs = Dictionary(Subtype=Name.CIDFontType0, CIDSystemInfo=info)
        glyphs.BaseFont, glyphs.FontDescriptor = Name.ZapfDingbats, Dictionary()
        font.DescendantFonts = Array([glyphs])
        assert shown(saved(pdf)) == "頁\ufffd"


def test_a_tick_that_an_encoding_names_is_not_known(page: Path) -> None:
    with pikepdf.open(io.BytesIO(annotated(page))) as pdf:
        stream = pdf.pages[0].Annots[0].AP.N
        font = stream.Resources.Font.F
        font.BaseFont, names = Name.ZapfDingbats, Array([65, Name.a20])
        font.Encoding = Dictionary(Type=Name.Encoding, Differences=names)
        assert shown(saved(pdf)) == "頁\ufffd"


def test_a_rubber_stamp_is_laid_over_the_text(page: Path) -> None:
    (drawing,) = read_drawings(annotated(page, Subtype=Name.Stamp))
    assert "".join(glyph.text for glyph in drawing.glyphs) == "頁"
    assert [glyph.text for glyph in drawing.overlays] == ["A"]
    assert (drawing.count, drawing.hidden) == (2, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"Rect": Array([1, 2])},
        {"AP": 7},
        {"AP": Dictionary()},
        {"F": Name.X},
        {"AP": 7, "Contents": String("採"), "Rect": Array([100, 200, 100, 200])},
        {"AP": 7, "Contents": String("採"), "Rect": Array([HUGE] * 2 + [-HUGE] * 2)},
    ],
    ids=["half a box", "no dictionary", "no look", "odd flags", "no room", "huge box"],
)
def test_a_broken_annotation_costs_nothing_else(page: Path, changes: dict[str, object]) -> None:
    assert shown(annotated(page, **changes)) == "頁"


@pytest.mark.parametrize(
    ("subtype", "y", "shapes"),
    [("StrikeOut", 205.0, 1), ("Underline", 200.8, 1), ("Highlight", None, 1), ("Link", None, 0)],
)
def test_markup_without_a_look_of_its_own_is_drawn_as_viewers_draw_it(
    page: Path, subtype: str, y: float | None, shapes: int
) -> None:
    corners = Array([100, 210, 120, 210, 100, 200, 120, 200])
    data = annotated(
        page, Subtype=Name(f"/{subtype}"), AP=7, QuadPoints=corners, C=Array([1, 0, 0])
    )
    (drawing,) = read_drawings(data)
    strokes = [(s.x0, s.x1, pytest.approx(842 - s.center[1], abs=0.2)) for s in drawing.strokes]
    assert strokes == ([(100, 120, y)] if y is not None else [])
    assert len(drawing.shades) == shapes - len(strokes)
    assert drawing.hidden == 0
