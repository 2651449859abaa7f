"""Rulings of + - and |, or of ┼ ─ and │, in a picture."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from pipeline.extract.ocr.image.components import Mask, find_parts
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling
from pipeline.extract.ocr.layout.rulings import erase_rulings
from pipeline.extract.ocr.layout.typed_rulings import find_typed_rulings

EM = 40
_STROKES = {
    "-": [(-0.2, 0, 0.2, 0)],
    "ー": [(-0.4, 0, 0.4, 0), (-0.4, -0.08, -0.35, 0)],
    "|": [(0, -0.45, 0, 0.45)],
    "｜": [(0, -0.45, 0, 0.45)],
    "市": [(-0.4, -0.2, 0.4, -0.2), (0, -0.4, 0, 0.4), (-0.3, 0, -0.3, 0.3), (0.3, 0, 0.3, 0.3)],
    "+": [(-0.2, 0, 0.2, 0), (0, -0.2, 0, 0.2)],
    "＋": [(-0.35, 0, 0.35, 0), (0, -0.35, 0, 0.35)],
    "十": [(-0.45, -0.1, 0.45, -0.1), (0, -0.45, 0, 0.45)],
    "あ": [(-0.3, -0.2, 0.3, -0.2), (0, -0.4, 0, 0.3), (-0.4, 0.3, 0.3, 0.4), (-0.4, 0.3, 0.1, 0)],
}
_LEFT, _RIGHT = (-0.5, 0, 0, 0), (0, 0, 0.5, 0)
_UP, _DOWN = (0, -0.5, 0, 0), (0, 0, 0, 0.5)
_STROKES |= {
    "─": [_LEFT, _RIGHT],
    "│": [_UP, _DOWN],
    "┌": [_RIGHT, _DOWN],
    "┬": [_LEFT, _RIGHT, _DOWN],
    "┐": [_LEFT, _DOWN],
    "├": [_UP, _RIGHT, _DOWN],
    "┼": [_LEFT, _RIGHT, _UP, _DOWN],
    "┤": [_LEFT, _UP, _DOWN],
    "║": [(-0.1, -0.5, -0.1, 0.5), (0.1, -0.5, 0.1, 0.5)],
    "═": [(-0.5, -0.1, 0.5, -0.1), (-0.5, 0.1, 0.5, 0.1)],
    "川": [(x, -0.4, x, 0.5) for x in (-0.3, 0, 0.3)] + [_LEFT],
}
_OUT, _IN = ((-0.1, -0.5, -0.1, 0.5), (0.1, -0.5, 0.1, 0.5))
_NEAR = [(x, y, x, 5 * y) for x in (-0.1, 0.1) for y in (-0.1, 0.1)]
_ARMS = [(x, y, 5 * x, y) for x in (-0.1, 0.1) for y in (-0.1, 0.1)]
_STROKES["╬"] = [*_NEAR, *_ARMS]
_STROKES["╠"] = [_OUT, *_NEAR[2:], *_ARMS[2:]]
_STROKES["╔"] = [(-0.1, -0.1, -0.1, 0.5), (-0.1, -0.1, 0.5, -0.1), _NEAR[3], _ARMS[3]]
_STROKES["╦"] = [*_NEAR[1::2], *_ARMS[1::2], (-0.5, -0.1, 0.5, -0.1)]
_STROKES["╗"] = [(0.1, -0.1, 0.1, 0.5), (0.1, -0.1, -0.5, -0.1), _NEAR[1], _ARMS[1]]
_STROKES["╚"] = [(x, -y, x1, -y1) for x, y, x1, y1 in _STROKES["╔"]]
_STROKES["╩"] = [(x, -y, x1, -y1) for x, y, x1, y1 in _STROKES["╦"]]
_STROKES["╝"] = [(x, -y, x1, -y1) for x, y, x1, y1 in _STROKES["╗"]]
_STROKES["╣"] = [_IN, *_NEAR[:2], *_ARMS[:2]]


def type_lines(lines: Sequence[str], pitch: float, skew: float = 0.0, narrow: str = "") -> Mask:
    """Ink of lines of equally wide characters, half an em each in ASCII and of the narrow ones."""
    ink = np.zeros((900, 1200), np.uint8)
    for row, line in enumerate(lines):
        x = 100.0
        for character in line:
            half = (EM if ord(character) > 127 and character not in narrow else EM / 2) / 2
            x, y = x + half, 100 + row * pitch * EM + skew * x
            for stroke in _STROKES.get(character, []):
                x0, y0, x1, y1 = (
                    round(v * EM + o) for v, o in zip(stroke, (x, y) * 2, strict=True)
                )
                cv2.line(ink, (x0, y0), (x1, y1), 255, 2)
            x += half
    return ink


def find(lines: Sequence[str], pitch: float = 1.25, skew: float = 0.0) -> list[PixelRuling]:
    return find_typed_rulings(find_parts(type_lines(lines, pitch, skew), EM), EM)


TABLE = [
    "+----+--------+",
    "| あ | あ     |",
    "+----+--------+",
    "|    |ああああ|",
    "| あ | あ     |",
    "+----+--------+",
]


@pytest.mark.parametrize("pitch", [1.0, 1.25, 1.75])
@pytest.mark.parametrize("skew", [0.0, 0.01])
def test_a_typed_table_has_its_rulings(pitch: float, skew: float) -> None:
    rulings = find(TABLE, pitch, skew)
    levels = {(round(r.x0, -1), round(r.x1, -1)) for r in rulings if r.is_horizontal}
    columns = {(r.x0 + 5) // 10 * 10 for r in rulings if not r.is_horizontal}
    assert levels == {(100, 220), (200, 400)}
    assert columns == {110, 210, 390}
    assert len(rulings) == 3 * 2 + 3 * 2


def test_full_width_characters_are_rulings_too() -> None:
    table = ["＋ーー＋ーーー＋", "｜　あ｜　ああ｜", "＋ーー＋ーーー＋"]
    assert sum(r.is_horizontal for r in find(table)) == 4


JOINED = ["┌──┬───┐", "│あ　│あ　　│", "├──┼───┤", "│　　│あああ│", "│あ　│あ　　│"]


@pytest.mark.parametrize("pitch", [1.25, 1.75])
@pytest.mark.parametrize("skew", [0.0, 0.005])
def test_joints_of_level_rulings_in_one_stroke_are_found(pitch: float, skew: float) -> None:
    rulings = find(JOINED, pitch, skew)
    assert [(r.x0 + 20) // 40 for r in rulings if r.is_horizontal] == [3, 6] * 2
    columns = [r for r in rulings if not r.is_horizontal]
    assert sorted({(r.x0 + 20) // 40 for r in columns}) == [3, 6, 10]
    assert max(r.bottom for r in columns) > 100 + pitch * 4 * EM


def test_double_strokes_are_one_joint() -> None:
    table = ["╔══╦═══╗", "║あ　║あ　　║", "╠══╬═══╣"]
    rulings = find(table, 1.5)
    assert [(r.x0 + 20) // 40 for r in rulings if r.is_horizontal] == [3, 6] * 2


_LEFT_LINE, _RIGHT_LINE = "═" * 9, "═" * 13
NARROW = [
    f"╔{_LEFT_LINE}╦{_RIGHT_LINE}╗",
    "║あああ　　　　　　║あ　　　　　　　　　　　　║",
    f"╠{_LEFT_LINE}╬{_RIGHT_LINE}╣",
    "║あああああああああ║　　　　　　　　　　　　　║",
    "║あああああああああ║ああああああ　　　　　　　║",
    f"╚{_LEFT_LINE}╩{_RIGHT_LINE}╝",
]


@pytest.mark.parametrize("pitch", [1.25, 1.5])
def test_joints_of_a_narrower_font_stand_for_the_bars_beside_them(pitch: float) -> None:
    ink = type_lines(NARROW, pitch, narrow="═")
    found = find_typed_rulings(find_parts(ink, EM), EM)
    rulings = [ruling for ruling in found if not ruling.is_underline]
    columns = sorted({(r.x0 + 20) // 40 for r in rulings if not r.is_horizontal})
    assert columns == [3, 13, 27]
    assert {(r.x0 + 20) // 40 for r in rulings if r.is_horizontal} == {3}
    assert {r.x1 // 40 for r in rulings if r.is_horizontal} == {27}
    spiked = np.s_[: 100 + EM // 2, 100 + 15 * EM // 2 :]  # right of the text in the first row
    assert ink[spiked].any() and not erase_rulings(ink, found, white=0)[spiked].any()


def test_a_cell_over_several_columns_is_not_parted() -> None:
    heading = ["+-------------+", "| ああああ    |", *TABLE]
    inner = [r for r in find(heading) if not r.is_horizontal and 200 < r.x0 < 220]
    assert min(r.top for r in inner) > 100 + 1.25 * EM


def test_a_record_that_the_page_cuts_keeps_its_columns() -> None:
    uprights = [r for r in find([*TABLE[:5], TABLE[3]]) if not r.is_horizontal]
    assert max(r.bottom for r in uprights) > 100 + 1.25 * 5 * EM


@pytest.mark.parametrize(
    "lines",
    [
        ["あ十一ーあ", "十ー"],
        ["|+|", "a+a+a", "+"],
        ["------", "||||"],
        ["ー十あ十ー"] * 3,
        ["市ー市ー市"] * 3,
        ["川─川川─川", "│　││　│"] * 3,
        ["─川──川─", "　│　　│"] * 3,
        ["┌────┐", "あ　あああ　", "└────┘"] * 2,
        ["┌────┐", "│　あああ　", "└────┘", "", *["└────┘", "あ", ""] * 3],
    ],
)
def test_strokes_in_text_are_no_rulings(lines: list[str]) -> None:
    assert find(lines) == []


def test_text_above_a_column_is_none_of_its_rulings() -> None:
    rulings = find(["あああ", "|あ |ああ", "", *TABLE])
    assert min(r.top for r in rulings) > 100 + 1.25 * 2 * EM
