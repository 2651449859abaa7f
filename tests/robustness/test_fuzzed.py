"""What fuzzing found is read, or refused with an error of its annex."""

import pytest

from pipeline.extract.pdf.document import read_drawings
from tools.fuzz import FOUND, SEEDS, read
from tools.hostile.drawn import page_of

pytestmark = pytest.mark.usefixtures("without_ocr")


@pytest.mark.parametrize("content", SEEDS)
def test_a_seed_is_read(content: bytes) -> None:
    read(content)


def test_what_fuzzing_found() -> None:
    for path in sorted(FOUND.glob("*")):
        read(path.read_bytes())


@pytest.mark.parametrize("number", [b"-", b".", b"+-", b"-.-", b"1.5-3", b"--5"])
def test_a_number_that_is_none_loses_no_glyph(number: bytes) -> None:
    level = b"BT /F 10 Tf 50 700 Td [(ab) %b (cd)] TJ ET "
    content = level + b"BT /V 10 Tf 90 700 Td [<0041> %b <0042>] TJ ET"
    (drawing,) = read_drawings(page_of(content % (number, number)))
    assert drawing.count == len(drawing.glyphs) + drawing.hidden == 6
    assert "".join(glyph.text for glyph in drawing.glyphs)[:4] == "abcd"
