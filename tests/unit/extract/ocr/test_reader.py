"""What is read of a page's picture, and the ink that is not."""

from collections.abc import Sequence

import cv2
import pytest
from msgspec.structs import replace

from pipeline.extract import extract_annex
from pipeline.extract.ocr import reader
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.reader import opencv_memory_errors
from pipeline.extract.pdf.document import read_drawings
from pipeline.model import UNMAPPED, AnnexHeader
from tests.support.scanned import Counting


def test_the_look_tells_ink_beside_the_text_from_the_text(sparse_page: bytes) -> None:
    (page,) = read_drawings(sparse_page)
    look = reader.ScanReader(sparse_page)
    share = look.measure_uncovered_ink(page)
    assert share < 0.02
    assert type(share) is float  # a number of NumPy cannot be written
    assert look.measure_uncovered_ink(replace(page, glyphs=())) == pytest.approx(1.0)
    half = replace(page, glyphs=page.glyphs[: len(page.glyphs) // 2])
    assert 0.3 < look.measure_uncovered_ink(half) < 0.7


@pytest.mark.slow
def test_ink_that_no_glyph_covers_is_counted(plain_scan: bytes, counting: Counting) -> None:
    (page,) = extract_annex(AnnexHeader("a", ""), plain_scan).pages
    assert page.header.unread_ink is not None
    assert page.header.unread_ink < 0.01

    class Blind(Counting):
        def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
            return [() for _ in lines]

    blind = reader.ScanReader(plain_scan, Blind())
    (layer,) = read_drawings(plain_scan)
    assert blind.read(layer, "ocr").unread_ink == 1.0


@pytest.mark.slow
def test_glyphs_without_unicode_value_are_read_from_the_picture(sparse_page: bytes) -> None:
    (page,) = read_drawings(sparse_page)
    lost = {i for i, glyph in enumerate(page.glyphs) if glyph.text in "特個評"}
    spoilt = [
        replace(glyph, text=UNMAPPED) if i in lost else glyph for i, glyph in enumerate(page.glyphs)
    ]
    read = reader.ScanReader(sparse_page).read(replace(page, glyphs=tuple(spoilt)), "mixed")
    assert (read.source, read.count) == ("mixed", page.count)
    assert sorted(g.text for g in read.glyphs) == sorted(g.text for g in page.glyphs)


@pytest.mark.parametrize(("code", "told"), [(-4, MemoryError), (-215, cv2.error)])
def test_want_of_memory_in_opencv_is_no_bug(code: int, told: type[Exception]) -> None:
    error = cv2.error("of its own")
    error.code = code
    with pytest.raises(told), opencv_memory_errors():
        raise error
