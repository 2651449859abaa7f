"""Try the whole way in a minute on a CPU: weights in and out, training, export, reading."""

from __future__ import annotations

import dataclasses
import math
import tempfile
from pathlib import Path
from random import Random

import numpy as np
import torch
from onnxruntime import InferenceSession

from benchmarks.factory.fonts import carried_font
from pipeline.extract.ocr.engine.recognizer import MODEL, as_input
from tools.recogniser.charset import CHARACTERS
from tools.recogniser.evaluation import score_lines
from tools.recogniser.export import KEPT, OPEN_FROM, export_checkpoint
from tools.recogniser.faces import Face, Faces, Glyphs
from tools.recogniser.look import Look
from tools.recogniser.network import Exported
from tools.recogniser.synthesis import LineMaker
from tools.recogniser.texts import TextStock, make_texts
from tools.recogniser.training import CHECKPOINT, Plan, train
from tools.recogniser.weights import load_weights

_SAME = 1e-4  # probability; judgement: two libraries round differently
_LINES = 40  # judgement: enough to see that a model reads
_MOST_ERRORS = 0.05  # a character; judgement: the given weights make 0.004 on such lines
_LEARNT = 0.2  # nats below chance; measured: 0.45 and 0.51 in two runs of this
_LARGEST = 10e6  # bytes; standard: what weights may take in this repository
# judgement: short lines, few batches; on two threads, a busy machine waits for itself.
_QUICK = Plan(
    batches=24, columns=1600, widest=192, peak=1e-3, ctc_from=0.5, workers=0, threads=1,
    half=False, look=Look("clean"),
)  # fmt: skip


def smoke() -> None:
    """Raise AssertionError where a part of the way is broken."""
    faces = Faces((Face("IPAexGothic", 1.0, Glyphs(carried_font())),), ())
    stock = make_texts(Random(1), words=2000, lines=400)
    _compare_weights(faces, stock)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("from nothing:")
        reports = train(_QUICK, faces, stock, folder)
        least = min(report.kind for report in reports)
        assert least < math.log(len(CHARACTERS)) - _LEARNT, "nothing was learnt"
        print("from the given weights:")
        plan = dataclasses.replace(_QUICK, start=MODEL, peak=1e-4, ctc_from=0.0)
        train(plan, faces, stock, folder)
        model = folder / "recogniser.onnx"
        export_checkpoint(folder / CHECKPOINT, model, MODEL, share=0.5)
        assert model.stat().st_size < _LARGEST
        maker = LineMaker(faces, stock, Look("clean"), seed=99)
        lines = [(line.picture, line.text) for line in (maker.make() for _ in range(_LINES))]
        score = score_lines(lines, model)
        print(f"trained, exported, read: {score}")
        assert score.cer < _MOST_ERRORS


def _compare_weights(faces: Faces, stock: TextStock) -> None:
    """The network with the given weights answers as the ONNX file does."""
    session = InferenceSession(MODEL, providers=["CPUExecutionProvider"])
    network = Exported(load_weights(MODEL), KEPT, OPEN_FROM).eval()
    maker, farthest = LineMaker(faces, stock, Look(), seed=98), 0.0
    for _ in range(_LINES):
        x = as_input(maker.make().picture)
        with torch.no_grad():
            own = [value.numpy() for value in network(torch.from_numpy(x))]
        gate, where, _, chances = session.run(None, {"x": x})
        assert np.array_equal(where, own[1])
        farthest = max(farthest, np.abs(gate - own[0]).max(), np.abs(chances - own[3]).max())
    print(f"weights read back: probabilities differ by {farthest:.1e} at most, {_LINES} lines")
    assert farthest < _SAME
