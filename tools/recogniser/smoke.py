"""Try every step in half a minute of one CPU core, as the commands call them, on little data."""

from __future__ import annotations

import dataclasses
import math
import os
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from onnxruntime import InferenceSession

from pipeline.extract.ocr.engine.recognizer import MODEL, as_input
from tools.recogniser.charset import CHARACTERS
from tools.recogniser.evaluation import read_lines, score_lines, write_lines
from tools.recogniser.export import export_checkpoint
from tools.recogniser.faces import load_faces
from tools.recogniser.fonts import take_faces
from tools.recogniser.look import Look
from tools.recogniser.quantize import quantize
from tools.recogniser.synthesis import LineMaker
from tools.recogniser.texts import read_texts, write_texts
from tools.recogniser.training import CHECKPOINT, Plan, train
from tools.recogniser.weights import load_weights

_SAME = 0.01  # probability, on average; measured: integer layers make 0.001
_LINES = 20  # judgement: enough to see that a model reads
_MOST_ERRORS = 0.05  # a character; judgement: the given weights make 0.004 on such lines
_LEARNT = 0.1  # nats below chance; measured: 0.25 over all of it, 0.44 in its best ten seconds
_LARGEST = 10e6  # bytes; standard: what weights may take in this repository
_QUICK = Plan(
    batches=24, columns=1600, widest=192, peak=1e-3, ctc_from=0.5, workers=0, threads=1,
    half=False, look=Look("clean"),
)  # fmt: skip


def smoke() -> None:
    """Raise AssertionError where a step is broken."""
    # On several cores, threads wait for each other where a machine is busy: for minutes.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        _try_all(Path(name))


def _try_all(folder: Path) -> None:
    take_faces(folder / "none", folder / "fonts")  # so only the face that each machine has
    faces = load_faces(folder / "fonts")
    _report(f"fonts: {len(faces.japanese)} face")
    write_texts(folder / "texts", words=2000, lines=400)
    stock = read_texts(folder / "texts")
    _report(f"texts: {len(stock.lines)} lines")
    maker = LineMaker(faces, stock, Look("clean"), seed=99)
    write_lines(maker, _LINES, folder / "lines")
    lines = list(read_lines(folder / "lines"))
    _report(f"lines: {len(lines)}")
    _report(f"weights read back: gates differ by {_compare_weights(maker):.1e} on average")
    least = min(report.kind for report in train(_QUICK, faces, stock, folder))
    _report("train: from nothing")
    assert least < math.log(len(CHARACTERS)) - _LEARNT, "nothing was learnt"
    plan = dataclasses.replace(_QUICK, start=MODEL, batches=6, peak=1e-4, ctc_from=0.0)
    train(plan, faces, stock, folder)
    _report("train: from the given weights")
    exported, model = folder / "exported.onnx", folder / "recogniser.onnx"
    export_checkpoint(folder / CHECKPOINT, exported, MODEL, share=0.5)
    quantize(exported, maker, model, samples=_LINES)
    assert model.stat().st_size < _LARGEST
    _report(f"export, quantize: {model.stat().st_size / 1e6:.1f} MB")
    score = score_lines(lines, model)
    _report(f"evaluate: {score}")
    assert score.cer < _MOST_ERRORS


def _report(step: str) -> None:
    print(f"{time.process_time():5.1f} CPU s  {step}", flush=True)


def _compare_weights(maker: LineMaker) -> float:
    """How far the network with the given weights is from the ONNX file: gates, on average."""
    session = InferenceSession(MODEL, providers=["CPUExecutionProvider"])
    network, apart = load_weights(MODEL), []
    for _ in range(_LINES):
        x = as_input(maker.make().picture)
        with torch.no_grad():
            own = torch.sigmoid(network(torch.from_numpy(x))[0]).numpy()
        apart.append(float(np.abs(session.run(["gate"], {"x": x})[0] - own).mean()))
    mean = float(np.mean(apart))
    assert mean < _SAME, f"gates differ by {mean}"
    return mean
