"""The pages of one PDF, read from their pictures."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

import cv2

from pipeline.extract.ocr.engine import alignment as placing
from pipeline.extract.ocr.engine import character_set as characters
from pipeline.extract.ocr.engine import recognizer
from pipeline.extract.ocr.engine import tesseract as opinion
from pipeline.extract.ocr.engine.cache import KeptRecognizer, code_version
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import PaddleRecognizer, Recognizer
from pipeline.extract.ocr.engine.tesseract import DoubtingRecognizer, Tesseract, tesseract_version
from pipeline.extract.ocr.image import run_lengths as runs
from pipeline.extract.ocr.image.coverage import uncovered_ink
from pipeline.extract.ocr.image.page_image import Pictures
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.page import add_scan, read_scan
from pipeline.extract.pdf.page_content import Drawing
from pipeline.files import cache_folder

_LOOK = 100  # dots an inch; enough to tell ink from paper


class ScanReader:
    """Reads pages of one PDF from their pictures; the recogniser is loaded when needed."""

    def __init__(self, data: bytes, reader: Recognizer | None = None) -> None:
        """Open the PDF.

        Args:
            data: The bytes of the file.
            reader: What reads the lines; None: the usual one.

        Raises:
            DamagedError: PDFium cannot open it.
        """
        self._pictures = Pictures(data)
        self._given = reader

    def close(self) -> None:
        """Release the PDF."""
        self._pictures.close()

    @cached_property
    def _recognizer(self) -> Recognizer:
        # Asked for when a page is read: a look at one must not start tesseract's program.
        return self._given or _usual_recognizer()

    def uncovered_ink(self, drawing: Drawing) -> float:
        """The share of a page's ink that none of its visible glyphs covers, 0-1."""
        with told_as_memory():
            return uncovered_ink(self._pictures.take(drawing.number, _LOOK), drawing)

    def read(self, drawing: Drawing, source: str) -> Drawing:
        """A page as recognised.

        Args:
            drawing: What the PDF says is on it.
            source: `ocr` to recognise all of it, `mixed` to keep its visible glyphs.

        Raises:
            DamagedError: The page cannot be rendered.
            MemoryError: The page takes more memory than this process may have.
        """
        with told_as_memory():
            picture = self._pictures.take(drawing.number)
            if source == "mixed":
                return add_scan(drawing, picture, self._recognizer)
            return read_scan(picture, self._recognizer, drawing.hidden)


@contextmanager
def told_as_memory() -> Iterator[None]:
    """OpenCV has an error of its own for want of memory; others would take it for a bug."""
    try:
        yield
    except cv2.error as error:
        if error.code == cv2.Error.STS_NO_MEM:
            raise MemoryError(str(error)) from error
        raise


class _LateRecognizer:
    """The usual recogniser, loaded when a line is not in the cache."""

    def __init__(self) -> None:
        self._loaded: Recognizer | None = None

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        if self._loaded is None:
            self._loaded = PaddleRecognizer()
        return self._loaded.read(lines)


def _usual_recognizer() -> Recognizer:
    """RapidOCR's, with tesseract's opinion where that is installed; what they read is kept."""
    first = _kept(_LateRecognizer(), code_version(characters, placing, recognizer, runs))
    if not (version := tesseract_version()):
        return first
    second = _kept(Tesseract(), code_version(characters, opinion) + version.encode())
    return DoubtingRecognizer(first, second)


def _kept(reader: Recognizer, version: bytes) -> Recognizer:
    folder = cache_folder()
    return reader if folder is None else KeptRecognizer(reader, folder, version)
