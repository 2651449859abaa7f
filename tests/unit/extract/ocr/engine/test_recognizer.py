"""The engine reads lines of type."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.factory.fonts import CARRIED
from pipeline.extract.ocr.engine.recognizer import LineRecognizer
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.repair.steps import repair_lines
from tests.support.pdfs import ROOT
from tests.support.recognised import spell


def draw(text: str, size: int = 40) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A line of type as a picture, black on white."""
    font = ImageFont.truetype(str(CARRIED["IPAexGothic"]), size)
    width = int(font.getlength(text)) + 12
    image = Image.new("L", (width, size + 12), 255)
    ImageDraw.Draw(image).text((6, 4), text, font=font, fill=0)
    return np.asarray(image)


@pytest.mark.parametrize(
    "text", ["個人情報の保護に関する法律", "（１）通知カードの送付", "①の【方針】について"]
)
def test_a_line_of_type_is_read(text: str) -> None:
    image = draw(text)
    ink = InkLine(0, 0, image.shape[1], image.shape[0], image)
    readings = LineRecognizer().read([ink])
    repaired = repair_lines(readings, [40.0], [0])
    assert "".join(spell(repaired[0]).split()) == text
    middles = [character.middle for character in readings[0]]
    assert middles == sorted(middles)


class Answering:
    """A model that says of two neighbouring steps what a test wants."""

    def __init__(self, *steps: tuple[float, ...]) -> None:
        self.chances = np.array(steps, np.float32)

    def get_modelmeta(self) -> Any:
        return SimpleNamespace(custom_metadata_map={"character": "１\n1\n個\n "})

    def run(self, _: None, feed: dict[str, Any]) -> tuple[Any, ...]:
        order = np.argsort(-self.chances, axis=1)[:, :2]  # its likeliest
        gates = np.full((1, feed["x"].shape[3] // 4), 0.98, np.float32)
        places = np.array([(0, 5 + step) for step in range(len(order))])
        return gates, places, order, np.take_along_axis(self.chances, order, 1)


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (((0.6, 0.39, 0.01), (0.3, 0.69, 0.01)), "1"),  # both widths of the same ink
        (((0.9, 0.1, 0.0), (0.0, 0.1, 0.9)), "１個"),
        (((0.99, 0.003, 0.0), (0.001, 0.99, 0.0)), "１1"),  # two narrow ones, as in .jp
    ],
)
def test_neighbouring_steps_of_the_same_ink_are_one_character(
    monkeypatch: pytest.MonkeyPatch, steps: tuple[tuple[float, ...], ...], text: str
) -> None:
    image = np.full((40, 80), 255, np.uint8)
    image[8:32, 20:30] = 0
    monkeypatch.setattr("onnxruntime.InferenceSession", lambda *_, **__: Answering(*steps))
    (read,) = LineRecognizer().read([InkLine(0, 0, 80, 40, image)])
    assert spell(read) == text


def test_white_space_belongs_to_the_character_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    image = np.full((40, 80), 255, np.uint8)
    image[8:32, 18:22] = image[8:32, 30:34] = 0
    answer = Answering((0.99, 0, 0, 0), (0, 0, 0, 0.9), (0, 0, 0.99, 0))
    monkeypatch.setattr("onnxruntime.InferenceSession", lambda *_, **__: answer)
    (read,) = LineRecognizer().read([InkLine(0, 0, 80, 40, image)])
    assert spell(read) == "１個"
    assert [character.space > 0.5 for character in read] == [False, True]


def test_an_empty_line_says_nothing() -> None:
    white = np.full((50, 200), 255, np.uint8)
    assert LineRecognizer().read([InkLine(0, 0, 200, 50, white)]) == [()]
    assert repair_lines([()], [40.0], [0]) == [[]]


def test_no_one_is_told_that_a_model_was_loaded(tmp_path: Path) -> None:
    """ONNX Runtime keeps what it reports, and the id under which, in the cache of the user."""
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    load = "from pipeline.extract.ocr.engine.recognizer import LineRecognizer as R; R()._alphabet"
    subprocess.run([sys.executable, "-c", load], cwd=ROOT, env=environment, check=True)
    assert list(tmp_path.rglob("*")) == []
