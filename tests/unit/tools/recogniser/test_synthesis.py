"""Synthetic lines: their shape, their text and where its characters are."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
from fontTools.ttLib import TTFont

from benchmarks.factory.fonts import carried_font
from pipeline.extract.ocr.engine.recognizer import HEIGHT, LineRecognizer, as_input
from pipeline.extract.ocr.layout.text_lines import InkLine
from tools.recogniser.bad_cuts import cut_badly
from tools.recogniser.damage import draw_damage, spoil
from tools.recogniser.faces import EM, Face, Faces, Glyphs
from tools.recogniser.grounds import add_ground
from tools.recogniser.look import LEVELS, Look
from tools.recogniser.synthesis import WIDEST, Line, LineMaker
from tools.recogniser.texts import TextStock
from tools.recogniser.typesetting import Box, SetLine, set_line

TEXT = "（１）個人情報保護評価書"
LOOKS = [Look(), Look(badly_cut=1.0), *map(Look, LEVELS)]


def set_text(rng: Random, face: Face, text: str = TEXT) -> SetLine:
    line = set_line(rng, text, face, None, Look("clean"))
    assert line is not None
    return line


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_line_has_its_shape_and_its_places(look: Look, faces: Faces, stock: TextStock) -> None:
    maker = LineMaker(faces, stock, look, seed=1)
    for _ in range(30):
        line = maker.make()
        assert line.picture.dtype == np.uint8 and line.picture.ndim == 2
        assert line.picture.max() > line.picture.min()
        assert line.columns <= WIDEST
        assert as_input(line.picture).shape[2:] == (HEIGHT, -(-line.columns // 4) * 4)
        assert len(line.text) == len(line.centres) == len(line.extents) > 0
        assert list(line.centres) == sorted(line.centres)
        assert (line.extents > 0).all()


def test_lines_are_the_seeds(faces: Faces, stock: TextStock) -> None:
    makers = [LineMaker(faces, stock, Look(badly_cut=0.5), seed) for seed in (1, 1, 2)]
    one, other, third = ([maker.make() for _ in range(20)] for maker in makers)
    assert all(np.array_equal(a.picture, b.picture) for a, b in zip(one, other, strict=True))
    assert [line.text for line in one] == [line.text for line in other]
    assert [line.text for line in one] != [line.text for line in third]


def test_a_text_is_set_where_it_says(rng: Random, face: Face) -> None:
    line = set_text(rng, face)
    assert line.text == TEXT and line.ink.shape[0] == 2 * EM
    for centre, extent in zip(line.centres, line.extents, strict=True):
        core = line.ink[:, int(centre - extent / 2) : int(centre + extent / 2) + 1]
        assert core.max() == 255


def test_characters_that_the_face_lacks_are_left_out(rng: Random, face: Face) -> None:
    assert set_text(rng, face, "個☎人").text == "個人"
    assert set_line(rng, "☎", face, None, Look()) is None


def test_a_yen_sign_is_no_backslash(tmp_path: Path) -> None:
    """Many faces draw one for the other, which would teach a wrong label."""
    font = TTFont(carried_font())
    for table in font["cmap"].tables:
        table.cmap[ord("\\")] = table.cmap.get(ord("¥"))
    font.save(tmp_path / "yen.ttf")
    assert Glyphs(tmp_path / "yen.ttf", "¥\\").advance.keys() == {"¥"}
    assert Glyphs(carried_font(), "¥\\").advance.keys() == {"¥", "\\"}


def test_brackets_are_squeezed(face: Face) -> None:
    widths = {set_text(Random(seed), face, "「」「」「」").ink.shape[1] for seed in range(20)}
    assert max(widths) - min(widths) > EM  # JIS X 4051: two of them may take one em


@pytest.mark.parametrize("level", [None, *LEVELS])
def test_damage_keeps_the_shape(level: str | None, rng: Random) -> None:
    ink = np.zeros((40, 90), np.uint8)
    ink[10:30, 20:30] = 255
    for amount in (0.1, 0.6, 0.99):
        damage = draw_damage(rng, level, amount, em=30, mild=0)
        picture = spoil(rng, ink, damage, is_mix=level is None)
        assert picture.shape == ink.shape and picture.dtype == np.uint8
        assert picture[12:28, 22:28].mean() < picture[12:28, 50:80].mean()  # still dark on light


def test_a_ground_leaves_the_ink(rng: Random) -> None:
    ink = np.zeros((40, 90), np.uint8)
    ink[10:30, 20:30] = 255
    grounds = [add_ground(rng, ink, em=30) for _ in range(10)]
    assert all((ground[10:30, 20:30] == 255).all() for ground in grounds)
    assert any(ground[2, 60] > 0 for ground in grounds)


def test_a_bad_cut_keeps_what_can_be_read(rng: Random, face: Face) -> None:
    line = set_text(rng, face)
    neighbour = line.ink[line.ink.any(axis=1)]
    texts = []
    for _ in range(60):
        cut = cut_badly(rng, line, neighbour)
        assert cut is not None
        assert len(cut.line.centres) == len(cut.line.text)
        assert cut.line.text in TEXT
        texts.append(cut.line.text)
    assert texts.count(TEXT) > 40  # mostly nothing is lost


def test_a_character_without_its_ink_leaves_the_label(rng: Random) -> None:
    """What was cut off with the line's foot was all of it: nobody could read it."""
    ink = np.zeros((2 * EM, 180), np.uint8)
    ink[32:96, 20:80] = 255  # 個
    ink[88:96, 100:110] = 255  # 、
    line = SetLine(ink, "個、", np.float32([50, 105]), np.float32([60, 30]), Box(20, 32, 110, 96))
    texts = {cut.line.text for _ in range(200) if (cut := cut_badly(rng, line, None))}
    assert texts == {"個、", "個"}


def read(line: Line, recognizer: LineRecognizer) -> tuple[str, list[float]]:
    height, width = line.picture.shape
    characters = recognizer.read([InkLine(0, 0, width, height, line.picture)])[0]
    middles = [character.middle * HEIGHT / height for character in characters]
    return "".join(character.text for character in characters), middles


def test_besshi_reads_a_line_as_it_is_labelled(faces: Faces, face: Face, stock: TextStock) -> None:
    """In an easy face: text and places are what the network was taught."""
    maker, recognizer = LineMaker(faces, stock, Look("clean"), seed=5), LineRecognizer()
    for text in ("個人情報保護評価書", "御意見の趣旨は、第３条第２項に規定する計画"):
        line = maker.make_of(text, face)
        assert line is not None
        found, middles = read(line, recognizer)
        assert found == line.text == text
        assert np.abs(np.array(middles) - line.centres).max() < 4  # a step
