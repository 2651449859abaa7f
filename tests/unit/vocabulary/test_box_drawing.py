"""The strokes of the characters that tables are typed with."""

import pytest

from pipeline.vocabulary.box_drawing import find_arms, is_joint


@pytest.mark.parametrize(
    ("characters", "arms"),
    [
        ("─━═┄╌-－ー―", "left right"),
        ("│┃║┆╎|｜", "up down"),
        ("┌┏╔╭┍╒", "right down"),
        ("┘┛╝╯", "left up"),
        ("├┣╠┝╞", "up down right"),
        ("┬┳╦┯╤", "left right down"),
        ("┼╋╬╪+＋", "left right up down"),
        ("╱╳田あ", ""),
        ("╴", "left"),
    ],
)
def test_strokes_run_to_sides(characters: str, arms: str) -> None:
    for character in characters:
        assert find_arms(character) == set(arms.split()), character


def test_a_joint_joins_both_directions() -> None:
    assert [c for c in "┌─│┼+-|=╴＋" if is_joint(c)] == ["┌", "┼", "+", "＋"]
