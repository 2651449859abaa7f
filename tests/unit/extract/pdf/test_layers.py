"""Layers that are off are not seen, by their group, their membership or their form."""

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.extract.pdf.document import read_drawings
from tests.support.pdfs import MakePdf


def layered(path: Path, off: bool, policy: str | None = None, negated: bool = False) -> bytes:
    """The text of a page on a layer, by itself or through a membership of two layers.

    `negated`: its expression asks for one of the two to be off.
    """
    with pikepdf.open(path) as pdf:
        one, other = (
            pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("a", "b")
        )
        content = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].Contents = pdf.make_stream(b"/OC /L BDC\n" + content + b"\nEMC")
        member = Dictionary(Type=Name.OCMD, OCGs=Array([one, other]), P=Name(f"/{policy}"))
        if negated:
            member.VE = Array([Name.Or, Array([Name.Not, one]), Array([Name.Not, other])])
        pdf.pages[0].Resources.Properties = Dictionary(L=member if policy else one)
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([one, other]), D=Dictionary(OFF=Array([one] if off else []))
        )
        written = io.BytesIO()
        pdf.save(written)
        return written.getvalue()


@pytest.fixture
def page(make_pdf: MakePdf) -> Path:
    return make_pdf(lambda sheet: sheet.drawString(50, 700, "層"))


@pytest.mark.parametrize(
    ("off", "policy", "seen"),
    [
        (False, None, True),
        (True, None, False),
        (True, "AnyOn", True),
        (True, "AllOn", False),
        (True, "AnyOff", True),
        (True, "AllOff", False),
    ],
)
def test_layers(off: bool, policy: str | None, seen: bool, page: Path) -> None:
    (drawing,) = read_drawings(layered(page, off, policy))
    assert (len(drawing.glyphs), drawing.count, drawing.hidden) == (seen, 1, not seen)


@pytest.mark.parametrize("off", [True, False])
def test_an_expression_of_layers(off: bool, page: Path) -> None:
    (drawing,) = read_drawings(layered(page, off, "AllOn", negated=True))
    assert (len(drawing.glyphs), drawing.hidden) == (off, not off)
