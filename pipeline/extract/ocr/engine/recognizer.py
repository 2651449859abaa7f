"""Read a line of ink with RapidOCR's recogniser, behind one interface.

The model (PP-OCRv6, small) comes in RapidOCR's wheel and runs without the rest of that package.
The rest would find and rotate text boxes, which besshi has already done, and takes a second to
load.
"""

import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.alignment import Peak, align_to_ink
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.layout.text_lines import InkLine

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_MODEL = "models/PP-OCRv6_rec_small.onnx"
_HEIGHT = 48  # pixels; standard: PP-OCRv6, the height of the model's input
_STEP = 8  # pixels of the input per step of the answer; standard: PP-OCRv6
_BLANK = 0  # the class for "no new character here"; standard: PP-OCRv6
# Classes kept per step; judgement: all 18,710 classes for the steps of a page would take a
# gigabyte.
_KEPT_CLASSES = 6
__all__ = ["Character", "PaddleRecognizer", "Recognizer"]

_MAX_CONFIDENCE = 0.9999  # judgement: just below 1.0, which means text from a text layer


class Recognizer(Protocol):
    """Reads the characters of lines of ink."""

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line, from left to right, without white space."""
        ...


class PaddleRecognizer:
    """PP-OCRv6, one line at a time.

    In a batch, all lines become as wide as the widest. One by one they take no longer (0.07 s of
    one core per thousand pixels of the input), and 160 MB instead of 400 MB.
    """

    def __init__(self, threads: int = 1) -> None:
        """Load the model.

        Args:
            threads: Number of threads per line.

        Raises:
            ModuleNotFoundError: RapidOCR or ONNX Runtime is not installed (the `ocr` extra).
        """
        self._session = _load(threads)
        written = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._alphabet = ["", *written, " "]
        self._barred = np.array([not _is_typeable(text) for text in self._alphabet])

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line, from left to right, without white space."""
        return [tuple(self._read_line(line.image)) for line in lines]

    def _read_line(self, image: Grey) -> Iterator[Character]:
        peaks, hints = self._decode(image)
        for spot in align_to_ink(peaks, hints, image):
            (text, probability), *others = spot.readings
            box = spot.x0, spot.top, spot.x1, spot.bottom
            yield Character(text, *box, min(probability, _MAX_CONFIDENCE), tuple(others))

    def _decode(self, image: Grey) -> tuple[list[Peak], list[Peak]]:
        """The steps in which the model sees a character, and those in which it sees none."""
        peaks: list[Peak] = []
        hints: list[Peak] = []
        before = _BLANK
        scale = image.shape[0] / _HEIGHT
        for step, (classes, probabilities) in enumerate(zip(*self._run_model(image), strict=True)):
            readings = tuple(
                (self._alphabet[class_], float(probability))
                for class_, probability in zip(classes, probabilities, strict=True)
            )
            peak = Peak((step + 0.5) * _STEP * scale, readings)
            if classes[0] == _BLANK:
                hints.append(peak)
            elif classes[0] != before:
                peaks.append(peak)
            elif readings[0][1] > peaks[-1].readings[0][1]:
                peaks[-1] = Peak((peaks[-1].x + peak.x) / 2, readings)
            before = classes[0]
        return [p for p in peaks if p.readings[0][0].strip()], hints

    def _run_model(self, image: Grey) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The likeliest classes of each step and their probabilities, as (steps, _KEPT_CLASSES)."""
        probabilities = self._session.run(None, {"x": _as_input(image)})[0][0]
        probabilities[:, self._barred] = 0.0
        # The model splits the probability between 対 and its Chinese form: give all of it to 対.
        probabilities /= probabilities.sum(axis=1, keepdims=True)
        classes = np.argpartition(-probabilities, _KEPT_CLASSES, axis=1)[:, :_KEPT_CLASSES]
        kept = np.take_along_axis(probabilities, classes, 1)
        order = np.argsort(-kept, axis=1)
        return np.take_along_axis(classes, order, 1), np.take_along_axis(kept, order, 1)


def _load(threads: int) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    found = importlib.util.find_spec("rapidocr")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'rapidocr'", name="rapidocr")
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_cpu_mem_arena = False  # an arena never releases the memory of the widest line
    model = Path(found.submodule_search_locations[0], _MODEL)
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _is_typeable(text: str) -> bool:
    """Whether a Japanese office can type a character: the model also knows Chinese ones."""
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _as_input(image: Grey) -> NDArray[np.float32]:
    """A line as model input: (1, 3, 48, width), black -1, white 1, a whole number of steps wide."""
    height, width = image.shape
    scaled = max(round(width * _HEIGHT / height), 1)
    shrinks = height > _HEIGHT
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    line = np.full((_HEIGHT, -(-scaled // _STEP) * _STEP), 255, np.uint8)
    line[:, :scaled] = cv2.resize(image, (scaled, _HEIGHT), interpolation=way)
    return np.repeat((line.astype(np.float32) / 127.5 - 1.0)[None, None], 3, axis=1)
