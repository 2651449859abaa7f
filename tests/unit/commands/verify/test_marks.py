"""Marks of continuation in the second count."""

import pytest

from pipeline.commands.verify.characters import Character
from pipeline.commands.verify.compare import without_marks


def drawn(*lines: str) -> list[Character]:
    """Characters of 10 points, a line every 12 points."""
    return [
        Character(letter, 10.0 * i, 12.0 * row, 10.0 * i + 10, 12.0 * row + 10, seen=True)
        for row, line in enumerate(lines)
        for i, letter in enumerate(line)
    ]


@pytest.mark.parametrize(
    "lines, left",
    [
        (("途中の文章", "（次頁に続く）"), "途中の文章"),
        (("［続き］", "です。"), "です。"),
        (("（続き）3",), "3"),
        (("※次頁に続く",), ""),
        (("次ページへ続く",), ""),
        (("手続きを続ける。",), "手続きを続ける。"),
        (("次頁の図を見る",), "次頁の図を見る"),
        (("（別紙）",), "（別紙）"),
    ],
)
def test_only_marks_are_left_out(lines: tuple[str, ...], left: str) -> None:
    assert "".join(one.text for one in without_marks(drawn(*lines))) == left
