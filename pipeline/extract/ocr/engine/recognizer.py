"""What a line of ink says: RapidOCR's recogniser behind one interface.

The model (PP-OCRv6, small) comes in RapidOCR's wheel and is run on its own: the rest of that
package would find boxes and turn them, which the grid has done, and takes a second to load.
"""

import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.alignment import Peak, place
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.layout.text_lines import InkLine

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_MODEL = "models/PP-OCRv6_rec_small.onnx"
_HEIGHT = 48  # pixels; the model's input
_STEP = 8  # pixels of the input that one step of the answer stands for
_BLANK = 0  # the class that says: no new character here
_KEPT = 6  # classes of a step; all 18,710 of a page's steps would take a gigabyte
__all__ = ["Character", "PaddleRecognizer", "Recognizer"]

_MOST_SURE = 0.9999  # 1.0 is what stands in a text layer


class Recognizer(Protocol):
    """Reads lines of ink."""

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """The characters of each line, from left to right, without white space."""
        ...


class PaddleRecognizer:
    """PP-OCRv6, one line at a time.

    In a batch all lines are as wide as the widest. One by one they cost no more (0.07 s of one
    core for a thousand pixels of the input), and 160 MB instead of 400.
    """

    def __init__(self, threads: int = 1) -> None:
        """Load the model.

        Args:
            threads: For one line.

        Raises:
            ModuleNotFoundError: RapidOCR or ONNX Runtime is not installed (the `ocr` extra).
        """
        self._session = _load(threads)
        written = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._alphabet = ["", *written, " "]
        self._barred = np.array([not _is_typeable(text) for text in self._alphabet])

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """The characters of each line, from left to right, without white space."""
        return [tuple(self._read(line.image)) for line in lines]

    def _read(self, image: Grey) -> Iterator[Character]:
        peaks, hints = self._decode(image)
        for spot in place(peaks, hints, image):
            (text, chance), *others = spot.readings
            box = spot.x0, spot.top, spot.x1, spot.bottom
            yield Character(text, *box, min(chance, _MOST_SURE), tuple(others))

    def _decode(self, image: Grey) -> tuple[list[Peak], list[Peak]]:
        """Where the model sees a character, and where it sees none but might have."""
        peaks: list[Peak] = []
        hints: list[Peak] = []
        before = _BLANK
        scale = image.shape[0] / _HEIGHT
        for step, (kinds, chances) in enumerate(zip(*self._steps(image), strict=True)):
            readings = tuple(
                (self._alphabet[kind], float(chance))
                for kind, chance in zip(kinds, chances, strict=True)
            )
            peak = Peak((step + 0.5) * _STEP * scale, readings)
            if kinds[0] == _BLANK:
                hints.append(peak)
            elif kinds[0] != before:
                peaks.append(peak)
            elif readings[0][1] > peaks[-1].readings[0][1]:
                peaks[-1] = Peak((peaks[-1].x + peak.x) / 2, readings)
            before = kinds[0]
        return [p for p in peaks if p.readings[0][0].strip()], hints

    def _steps(self, image: Grey) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The likeliest classes of each step and their chances, both (steps, _KEPT)."""
        chances = self._session.run(None, {"x": _as_input(image)})[0][0]
        chances[:, self._barred] = 0.0
        # The model knows 対 and its Chinese form as two: what it gives to the one is the other's.
        chances /= chances.sum(axis=1, keepdims=True)
        kinds = np.argpartition(-chances, _KEPT, axis=1)[:, :_KEPT]
        kept = np.take_along_axis(chances, kinds, 1)
        order = np.argsort(-kept, axis=1)
        return np.take_along_axis(kinds, order, 1), np.take_along_axis(kept, order, 1)


def _load(threads: int) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    found = importlib.util.find_spec("rapidocr")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'rapidocr'", name="rapidocr")
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_cpu_mem_arena = False  # it keeps what the widest line took
    model = Path(found.submodule_search_locations[0], _MODEL)
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _is_typeable(text: str) -> bool:
    """Whether a Japanese office can type a character: the model knows Chinese ones too."""
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _as_input(image: Grey) -> NDArray[np.float32]:
    """A line as the model takes it: (1, 3, 48, width), black -1, white 1, whole steps wide."""
    height, width = image.shape
    scaled = max(round(width * _HEIGHT / height), 1)
    shrinks = height > _HEIGHT
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    line = np.full((_HEIGHT, -(-scaled // _STEP) * _STEP), 255, np.uint8)
    line[:, :scaled] = cv2.resize(image, (scaled, _HEIGHT), interpolation=way)
    return np.repeat((line.astype(np.float32) / 127.5 - 1.0)[None, None], 3, axis=1)
