"""Lines of vertical type are read as their characters stand."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.factory.fonts import CARRIED
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import LineRecognizer
from pipeline.extract.ocr.engine.vertical_lines import VerticalRecognizer
from pipeline.extract.ocr.layout.text_lines import InkLine

EM = 40
LYING = "「」（）ー"


def draw(texts: list[str]) -> NDArray[np.uint8]:
    """A vertical line on its side: one text a cell; Latin words lie, and so do brackets."""
    font = ImageFont.truetype(str(CARRIED["IPAexGothic"]), EM)
    cells = []
    for text in texts:
        lies = text in LYING or (len(text) > 2 and text.isascii())
        width = round(font.getlength(text)) if lies else EM
        cell = Image.new("L", (width, EM), 255)
        aside = (EM // 2, -EM // 2) if text in "、。" else (0, 0)  # at the top right
        aside = (5, -5) if text in "ょっ" else aside
        ImageDraw.Draw(cell).text(aside, text, font=font, fill=0)
        cells.append(np.asarray(cell) if lies else np.rot90(np.asarray(cell)))
    line = np.pad(np.hstack(cells), 5, constant_values=255)
    columns, rows = (np.flatnonzero((line < 128).any(axis=axis)) for axis in (0, 1))
    return line[rows[0] - 5 : rows[-1] + 6, columns[0] - 5 : columns[-1] + 6]


def read(texts: list[str]) -> tuple[Character, ...]:
    image = draw(texts)
    line = InkLine(0, 0, image.shape[1], image.shape[0], image)
    return VerticalRecognizer(LineRecognizer(), EM).read([line])[0]


@pytest.mark.parametrize(
    "texts",
    [
        [*"個人情報の保護について、説明会を開く。"],
        [*"「地域の見守り」（案）のとおり"],
        [*"サービスセンターの一覧を配る"],  # ー and 一 differ in how they lie
        [*"令和", "12", *"年度に進める"],
        [*"一か所だけでょっと足りない。"],
        [*"取組を", "www.city.lg.jp", *"で見る"],
    ],
)
def test_a_vertical_line_is_read(texts: list[str]) -> None:
    reading = read(texts)
    assert "".join(character.text for character in reading) == "".join(texts)
    middles = [character.middle for character in reading]
    assert middles == sorted(middles)


def test_characters_stand_where_they_stood() -> None:
    reading = read([*"議会の会議録"])
    middles = [(character.middle - 5) / EM for character in reading]
    assert middles == pytest.approx(np.arange(6) + 0.5, abs=0.15)


def test_a_single_figure_has_either_width() -> None:
    (figure,) = (own for own in read([*"第７条の規定"]) if own.text.isdigit())
    assert figure.confidence < 0.9
    assert "7" in dict(figure.others)


def test_white_paper_says_nothing() -> None:
    white = np.full((50, 200), 255, np.uint8)
    recognizer = VerticalRecognizer(LineRecognizer(), EM)
    assert recognizer.read([InkLine(0, 0, 200, 50, white)]) == [()]
