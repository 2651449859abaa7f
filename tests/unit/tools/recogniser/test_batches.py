"""Batches: pictures, labels, and what each step of the answer should say."""

import itertools

import numpy as np

from pipeline.extract.ocr.engine.recognizer import HEIGHT, STEP, as_input
from tools.recogniser.batches import (
    IS_CHARACTER,
    IS_GAP,
    NOTHING,
    WIDTHS,
    aim_steps,
    pack,
    stream,
)
from tools.recogniser.charset import CHARACTERS
from tools.recogniser.faces import Faces
from tools.recogniser.look import Look
from tools.recogniser.synthesis import LineMaker
from tools.recogniser.texts import TextStock


def test_steps_aim_at_the_middles_of_characters() -> None:
    centres, extents = np.float32([18, 50]), np.float32([32, 32])
    gates, nearest = aim_steps(centres, extents, steps=20)  # their middles are 2, 6, 10, … 78
    assert list(np.flatnonzero(gates == IS_CHARACTER)) == [4, 12]
    assert list(nearest[:8]) == [0] * 8 and list(nearest[9:]) == [1] * 11
    is_gap = gates == IS_GAP
    assert is_gap[0] and is_gap[8] and is_gap[16:].all() and not is_gap[3:6].any()


def test_every_character_has_a_step(faces: Faces, stock: TextStock) -> None:
    """Narrow ones too: without a step of its own, one would never be taught."""
    maker = LineMaker(faces, stock, Look(), seed=1)
    for _ in range(50):
        line = maker.make()
        gates, nearest = aim_steps(line.centres, line.extents, line.columns // STEP + 1)
        taught = {int(place) for place in nearest[gates == IS_CHARACTER]}
        assert len(taught) > 0.9 * len(line.text)


def test_a_batch_holds_what_the_product_would_read(faces: Faces, stock: TextStock) -> None:
    maker = LineMaker(faces, stock, Look(), seed=1)
    lines = sorted((maker.make() for _ in range(3)), key=lambda line: line.columns)
    batch = pack(lines, columns=1600, shifts=(0, 1, 4))
    assert batch.pictures.shape == (3, HEIGHT, 1600)
    for i, shift in enumerate((0, 1, 4)):
        given = as_input(lines[i].picture)[0, 0]
        width = given.shape[1]
        part = batch.pictures[i, :, shift : shift + width]
        assert np.abs(part / 255 - given).max() < 1 / 255
        assert not batch.pictures[i, :, shift + width :].any()
        known = [CHARACTERS[kind] for kind in batch.labels[i] if kind != NOTHING]
        assert "".join(known) == lines[i].text
        on = batch.gates[i] == IS_CHARACTER
        assert {CHARACTERS[kind] for kind in batch.classes[i][on]} <= set(lines[i].text)


def test_a_stream_is_of_even_batches(faces: Faces, stock: TextStock) -> None:
    maker = LineMaker(faces, stock, Look(), seed=1)
    for batch in itertools.islice(stream(maker, columns=1600, widest=400, seed=1), 8):
        lines, _, columns = batch.pictures.shape
        assert columns in WIDTHS and columns <= 400
        assert lines == 1600 // columns
        assert batch.gates.shape == batch.classes.shape == (lines, columns // STEP)
