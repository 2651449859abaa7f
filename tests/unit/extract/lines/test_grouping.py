"""Glyphs become lines."""

from random import Random

import numpy as np
import pytest

from pipeline.extract.lines.grouping import assign_rows, assign_rows_one_by_one, build_lines
from pipeline.model import Box, Glyph, Repair
from tests.support.glyphs import glyph


@pytest.mark.parametrize("seed", range(20))
def test_rows_told_at_once_are_those_told_glyph_by_glyph(seed: int) -> None:
    rng = Random(seed)
    rows = [row * rng.choice((4.0, 12.0)) for row in range(8) for _ in range(5)]
    middles = np.sort(np.array([y + rng.uniform(0, seed / 5) for y in rows]))
    starts = np.zeros(40, np.bool_)
    starts[0] = True
    numbers = assign_rows(np.zeros(40, np.int64), middles, np.full(40, 10.0))
    assert numbers.tolist() == assign_rows_one_by_one(starts, middles, np.full(40, 5.0)).tolist()


def test_sideways_glyphs_follow_the_level_lines() -> None:
    made = [glyph("縦", 50, 20, 10.0, 90), glyph("横", 0, 0), glyph("書", 50, 30, 10.0, 90)]
    assert [line.text for line in build_lines(made, 1)] == ["横", "縦書"]


def test_glyphs_that_lie_on_their_side_one_right_of_the_other_are_a_line() -> None:
    laid = [glyph(text, 11.0 * place, 0, 10.0, 270) for place, text in enumerate("傍線部分", 1)]
    made = [glyph("（", 0, 0), glyph("）", 55, 0), *laid]
    assert [line.text for line in build_lines(made, 1)] == ["（傍線部分）"]


@pytest.mark.parametrize(
    ("texts", "read"),
    [(["将来の人口と", "財政"], "将来の人口と財政"), (["１２３４", "５"], "５１２３４")],
)
def test_vertical_lines_of_a_label_are_read_from_the_right(texts: list[str], read: str) -> None:
    """Figures set flush right are rows of level type."""
    columns = [(50 - 10 * place, text) for place, text in enumerate(texts)]
    made = [glyph(sign, x, 10 * row) for x, text in columns for row, sign in enumerate(text)]
    assert "".join(line.text for line in build_lines(made, 1)) == read


@pytest.mark.parametrize("over", [[], [glyph("3", 34, -1.5, 6.0)]])
def test_small_glyphs_that_hang_below_a_line_belong_to_it(over: list[Glyph]) -> None:
    made = [glyph("CO", 0, 0), glyph("2", 20, 5.5, 6.0), glyph("排", 24, 0), *over]
    assert [line.text for line in build_lines(made, 1)] == ["CO2排" + "3" * len(over)]


def test_small_type_below_a_line_is_a_line() -> None:
    made = [glyph("注", 0, 0), glyph("単位は円", 0, 10, 6.0)]
    assert [line.text for line in build_lines(made, 1)] == ["注", "単位は円"]


def test_lines_know_how_sure_their_characters_are() -> None:
    glyphs = [
        Glyph("個", Box(0, 0, 10, 10), 10, confidence=0.9, alternatives="固"),
        Glyph("人", Box(10, 0, 20, 10), 10, confidence=0.8, repairs=(Repair("s", "入", "人"),)),
    ]
    (built,) = build_lines(glyphs, 1)
    assert (built.confidences, built.alternatives) == ((0.9, 0.8), ("固", ""))
    assert built.repairs == (Repair("s", "入", "人"),)
    (typed,) = build_lines([Glyph("個", Box(0, 0, 10, 10), 10)], 1)
    assert typed.confidences == typed.alternatives == ()


@pytest.mark.parametrize("text", ["案内 לוח זמנים 板", "اب", "12 ج", "٩(^^)۶"])
def test_scripts_that_run_to_the_left_are_read_so(text: str) -> None:
    shown = text.replace("לוח זמנים", "םינמז חול").replace("اب", "با")
    (line,) = build_lines([glyph(one, 10.0 * x, 0) for x, one in enumerate(shown)], 1)
    assert line.text.replace("\u3000", " ") == text
