"""Read a line of ink with besshi's own recogniser, behind one interface.

The model was trained for printed Japanese office documents; docs/recogniser.md says how, and how
well it reads.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.alignment import Peak, align_to_ink
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.layout.text_lines import InkLine

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = Path(__file__).with_name("recogniser.onnx")

HEIGHT = 40  # pixels; standard: the height of the model's input
STEP = 4  # pixels of the input per step of the answer; standard: of the model
# Percentiles of a line's greys that are ink and paper; standard: of the model's training.
_DARK, _LIGHT = 0.01, 0.80
_MIN_CONTRAST = 48  # grey levels between ink and paper, at least; standard: of the model's training
# Probability; measured: in 2,500 lines, steps of one ink give each other's character 0.03 or more,
# and the . and j of .jp, one step apart, 0.0001.
_SAME_INK = 0.01


class Recognizer(Protocol):
    """Reads the characters of lines of ink."""

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line, from left to right, without white space."""
        ...


class LineRecognizer:
    """The recogniser, one line at a time: in a batch, padding would change what a line says."""

    def __init__(self, model: Path = MODEL) -> None:
        """Name the model, which is loaded for the first line: all lines may be in a cache."""
        self._model = model

    @cached_property
    def _session(self) -> "InferenceSession":
        # Since 1.29 ONNX Runtime reports sessions to its maker, under an id that it keeps.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = 1  # pages are read on several processes
        options.enable_cpu_mem_arena = False  # an arena keeps the memory of the widest line
        return InferenceSession(self._model, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _alphabet(self) -> list[str]:
        return list(self._session.get_modelmeta().custom_metadata_map["character"].split("\n"))

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line, from left to right, without white space."""
        read = (_merge_steps(self._list_steps(line.image)) for line in lines)
        return [tuple(align_to_ink(p, line.image)) for p, line in zip(read, lines, strict=True)]

    def _list_steps(self, image: Grey) -> Iterator[tuple[int, bool, Peak]]:
        """Yield the steps that may have a character: number, whether they have one, readings."""
        gates, places, classes, chances = self._session.run(None, {"x": as_input(image)})
        scale, steps = image.shape[0] / HEIGHT, places[:, 1]
        opened = gates[0, steps].astype(np.float64)
        weighed = (opened[:, None] * chances).tolist()
        for step, gate, own, given in zip(
            steps.tolist(), opened.tolist(), classes.tolist(), weighed, strict=True
        ):
            readings = tuple(zip(map(self._alphabet.__getitem__, own), given, strict=True))
            is_character = readings[0][1] > 1 - gate
            yield step, is_character, Peak((step + 0.5) * STEP * scale, readings)


def _merge_steps(steps: Iterator[tuple[int, bool, Peak]]) -> list[Peak]:
    """The characters; steps side by side that hold each other's (１ and 1, く and ＜) are one."""
    peaks: list[Peak] = []
    last, space = -2, 0.0
    for step, is_character, peak in steps:
        text, chance = peak.readings[0]
        if not is_character or not text.strip():
            blank = sum(own for reading, own in peak.readings if not reading.strip())
            space = max(space, blank)
            continue
        if step == last + 1 and dict(peaks[-1].readings).get(text, 0.0) > _SAME_INK:
            if chance > peaks[-1].readings[0][1]:
                peaks[-1] = replace(peak, space=peaks[-1].space)
        else:
            peaks.append(replace(peak, space=space))
        last, space = step, 0.0
    return peaks


def as_input(image: Grey) -> NDArray[np.float32]:
    """A line as model input: (1, 1, 40, width), ink 1, paper 0, a whole number of steps wide."""
    height, width = image.shape
    scaled = max(round(width * HEIGHT / height), STEP)
    way = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    line = cv2.resize(image, (scaled, HEIGHT), interpolation=way)
    counts = np.cumsum(np.bincount(line.ravel(), minlength=256))
    dark, light = (int(np.searchsorted(counts, share * counts[-1])) for share in (_DARK, _LIGHT))
    ink = np.zeros((1, 1, HEIGHT, -(-scaled // STEP) * STEP), np.float32)
    contrast = max(light - dark, _MIN_CONTRAST)
    ink[0, 0, :, :scaled] = np.clip((light - line.astype(np.float32)) / contrast, 0, 1)
    return ink
