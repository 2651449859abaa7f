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
from tools.recogniser.export import export_checkpoint
from tools.recogniser.faces import Face, Faces, Glyphs
from tools.recogniser.look import Look
from tools.recogniser.quantize import quantize
from tools.recogniser.synthesis import LineMaker
from tools.recogniser.texts import TextStock, make_texts
from tools.recogniser.training import CHECKPOINT, Plan, train
from tools.recogniser.weights import load_weights

_SAME = 0.01  # probability, on average; measured: integer layers make 0.001
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
        exported, model = folder / "exported.onnx", folder / "recogniser.onnx"
        export_checkpoint(folder / CHECKPOINT, exported, MODEL, share=0.5)
        maker = LineMaker(faces, stock, Look("clean"), seed=99)
        quantize(exported, maker, model)
        assert model.stat().st_size < _LARGEST
        lines = [(line.picture, line.text) for line in (maker.make() for _ in range(_LINES))]
        score = score_lines(lines, model)
        print(f"trained, exported, read: {score}")
        assert score.cer < _MOST_ERRORS


def _compare_weights(faces: Faces, stock: TextStock) -> None:
    """The network with the given weights answers nearly as the ONNX file does."""
    session = InferenceSession(MODEL, providers=["CPUExecutionProvider"])
    network = load_weights(MODEL)
    maker, apart = LineMaker(faces, stock, Look(), seed=98), []
    for _ in range(_LINES):
        x = as_input(maker.make().picture)
        with torch.no_grad():
            own = torch.sigmoid(network(torch.from_numpy(x))[0]).numpy()
        apart.append(float(np.abs(session.run(["gate"], {"x": x})[0] - own).mean()))
    mean = float(np.mean(apart))
    print(f"weights read back: gates differ by {mean:.1e} on average, {_LINES} lines")
    assert mean < _SAME
