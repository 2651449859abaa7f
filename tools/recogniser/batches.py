"""Put lines together for training: pictures, labels, and what each step should say."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.recognizer import HEIGHT, STEP, as_input
from tools.recogniser.charset import INDEX
from tools.recogniser.synthesis import Line, LineMaker

WIDTHS = (64, 128, 192, 288, 400, 560, 800, 1120, 1600)
"""Columns of a batch's pictures; judgement: with a third more each time, few are padding."""
IS_CHARACTER, IS_GAP, IS_UNSURE = 1, 0, -1
"""What a step's gate should say; an unsure step, at a character's edge, teaches nothing."""
NOTHING = -1
"""The class of a place behind the end of a line's text."""

_SHIFT = 4  # columns; standard: of the model; a line starts at any of the columns of a step
_MOST = 1024  # lines of a batch; judgement: more is slower and learns no better
_CORE = 0.12  # share of a character's width; judgement: the steps around its middle are taught
_CORE_COLUMNS = (2.01, 5.0)  # columns; judgement: always one step, never more than three
_AWAY = 0.3  # share of a character's width; judgement: from here on a step has no character
_AWAY_COLUMNS = 3  # columns beyond the core; judgement: one step lies between at least


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """Lines of about the same width."""

    pictures: NDArray[np.uint8]
    """(lines, 40, columns): 255 ink, 0 paper."""
    labels: NDArray[np.int64]
    """(lines, longest): the classes of each text, then `NOTHING`."""
    gates: NDArray[np.int8]
    """(lines, steps): `IS_CHARACTER`, `IS_GAP` or `IS_UNSURE`."""
    classes: NDArray[np.int16]
    """(lines, steps): the class of the character whose middle is nearest."""


def pack(lines: Sequence[Line], columns: int, shifts: Sequence[int]) -> Batch:
    """Put lines into one batch.

    Args:
        lines: Lines of one character and more.
        columns: Width of the batch's pictures, a multiple of 4.
        shifts: Columns before each line; with them, none is wider than the batch.
    """
    pictures = np.zeros((len(lines), HEIGHT, columns), np.uint8)
    labels = np.full((len(lines), max(len(line.text) for line in lines)), NOTHING, np.int64)
    gates = np.zeros((len(lines), columns // STEP), np.int8)
    classes = np.zeros(gates.shape, np.int16)
    for i, (line, shift) in enumerate(zip(lines, shifts, strict=True)):
        ink = np.rint(as_input(line.picture)[0, 0] * 255).astype(np.uint8)[:, : columns - shift]
        pictures[i, :, shift : shift + ink.shape[1]] = ink
        own = np.array([INDEX[character] for character in line.text])
        labels[i, : len(own)] = own
        gates[i], nearest = aim_steps(line.centres + shift, line.extents, gates.shape[1])
        classes[i] = own[nearest]
    return Batch(pictures, labels, gates, classes)


def aim_steps(
    centres: NDArray[np.float32], extents: NDArray[np.float32], steps: int
) -> tuple[NDArray[np.int8], NDArray[np.intp]]:
    """What the steps of a line should say.

    Args:
        centres: (characters,): the middle of each, in columns.
        extents: (characters,): the width of each, in columns.
        steps: How many there are.

    Returns:
        (steps,): the gate of each, and the place in the text of the character that is nearest.
    """
    middles = (np.arange(steps, dtype=np.float32) + np.float32(0.5)) * STEP
    distances = np.abs(middles[:, None] - centres[None, :])
    nearest = distances.argmin(axis=1)
    distance, extent = distances.min(axis=1), extents[nearest]
    core = np.clip(_CORE * extent, *_CORE_COLUMNS)
    away = np.maximum(_AWAY * extent, core + _AWAY_COLUMNS)
    gates = np.where(distance > away, IS_GAP, IS_UNSURE)
    return np.where(distance <= core, IS_CHARACTER, gates).astype(np.int8), nearest


def stream(maker: LineMaker, columns: int, widest: int, seed: int) -> Iterator[Batch]:
    """Yield batches without end.

    Args:
        maker: Makes the lines.
        columns: Of all lines of a batch together.
        widest: Columns of the longest line.
        seed: Of the lines' shifts.
    """
    rng = Random(seed)
    waiting: dict[int, list[tuple[Line, int]]] = {width: [] for width in WIDTHS if width <= widest}
    while True:
        line, shift = maker.make(), rng.randint(0, _SHIFT)
        width = next((w for w in waiting if w >= line.columns + shift + STEP), None)
        if width is None:
            continue
        waiting[width].append((line, shift))
        if len(waiting[width]) >= min(max(columns // width, 1), _MOST):
            lines, shifts = zip(*waiting[width], strict=True)
            yield pack(lines, width, shifts)
            waiting[width] = []
