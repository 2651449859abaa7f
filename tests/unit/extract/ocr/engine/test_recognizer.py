"""The engine reads lines of type."""

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.factory.fonts import CARRIED
from pipeline.extract.ocr.engine.recognizer import LineRecognizer
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.repair.steps import repair_lines
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
    repaired = repair_lines(readings, [40.0])
    assert "".join(spell(repaired[0]).split()) == text
    middles = [character.middle for character in readings[0]]
    assert middles == sorted(middles)


def test_an_empty_line_says_nothing() -> None:
    white = np.full((50, 200), 255, np.uint8)
    assert LineRecognizer().read([InkLine(0, 0, 200, 50, white)]) == [()]
    assert repair_lines([()], [40.0]) == [[]]
