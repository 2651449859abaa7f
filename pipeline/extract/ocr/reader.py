"""Read the pages of one PDF from their pictures."""

from collections.abc import Iterator
from contextlib import contextmanager

import cv2

from pipeline.extract.ocr.engine import alignment, character_set, recognizer
from pipeline.extract.ocr.engine.cache import CachedRecognizer, code_version
from pipeline.extract.ocr.engine.recognizer import MODEL, LineRecognizer, Recognizer
from pipeline.extract.ocr.image.coverage import measure_uncovered_ink
from pipeline.extract.ocr.image.page_image import PageRenderer
from pipeline.extract.ocr.page import recognize_page, recognize_remainder
from pipeline.extract.pdf.page_content import Drawing
from pipeline.files import cache_folder
from pipeline.processes.memory import map_large_blocks

_COVERAGE_RESOLUTION = 100  # dots per inch; judgement: enough to distinguish ink from paper

# Pages are read on several processes; with more threads each, they wait for each other.
cv2.setNumThreads(1)
map_large_blocks()


class ScanReader:
    """Reads pages of one PDF from their pictures; the model is loaded for the first line."""

    def __init__(self, data: bytes, reader: Recognizer | None = None) -> None:
        """Open the PDF, for a reader of lines or the default one."""
        self._renderer = PageRenderer(data)
        self._recognizer = reader or default_recognizer()

    def close(self) -> None:
        """Release the PDF."""
        self._renderer.close()

    def measure_uncovered_ink(self, drawing: Drawing) -> float:
        """Measure the share of a page's ink that none of its visible glyphs covers, 0-1."""
        with opencv_memory_errors():
            picture = self._renderer.render(drawing.number, _COVERAGE_RESOLUTION)
            return measure_uncovered_ink(picture, drawing)

    def read(self, drawing: Drawing, source: str) -> Drawing:
        """Recognise a page: all of it (`ocr`), or what its visible glyphs lack (`mixed`).

        Raises:
            DamagedError: The page cannot be rendered.
            MemoryError: The page needs more memory than this process may use.
        """
        with opencv_memory_errors():
            picture = self._renderer.render(drawing.number)
            if source == "mixed":
                return recognize_remainder(drawing, picture, self._recognizer)
            return recognize_page(drawing, picture, self._recognizer)


@contextmanager
def opencv_memory_errors() -> Iterator[None]:
    """Turn OpenCV's out-of-memory error into a MemoryError; otherwise it would look like a bug."""
    try:
        yield
    except cv2.error as error:
        if error.code == cv2.Error.STS_NO_MEM:
            raise MemoryError(str(error)) from error
        raise


def default_recognizer() -> Recognizer:
    """besshi's recogniser; its readings are cached by the pictures of lines."""
    folder = cache_folder()
    if folder is None:
        return LineRecognizer()
    code = code_version(character_set, alignment, recognizer, model=MODEL)
    return CachedRecognizer(LineRecognizer(), folder, code)
