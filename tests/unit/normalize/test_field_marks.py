"""Marks of physical lines become marks of the text that the lines are joined to."""

import pytest

from pipeline.model import FieldMark, Line, Mark, MarkKind
from pipeline.normalize.record import mark_field
from pipeline.normalize.text import Text

U, S = MarkKind.UNDERLINE, MarkKind.STRIKE


def line(text: str, *marks: Mark) -> Line:
    edges = tuple(float(10 * i) for i in range(len(text) + 1))
    return Line(text, edges, 0, 0, 10, 10, 1, len(text), "", edges[-1], marks=marks)


@pytest.mark.parametrize(
    ("lines", "text", "expected"),
    [
        # over a line end of the layout it is one mark, over the author's it is two
        (
            [line("かきく", Mark(1, 3, U)), line("けこ", Mark(0, 1, U))],
            Text("かきくけこ", ((0, 3), (3, 5))),
            [(1, 4, U)],
        ),
        (
            [line("かきく", Mark(1, 3, U)), line("けこ", Mark(0, 1, U))],
            Text("かきく\nけこ", ((0, 3), (4, 6))),
            [(1, 3, U), (4, 5, U)],
        ),
        # with the space between words that the layout's line end took
        (
            [line("red", Mark(0, 3, U)), line("ink", Mark(0, 2, U))],
            Text("red ink", ((0, 3), (4, 7))),
            [(0, 6, U)],
        ),
        # white space at the line's start is not part of the text
        ([line("か"), line("  き", Mark(1, 3, U))], Text("かき", ((0, 1), (1, 2))), [(1, 2, U)]),
        # two kinds on the same characters, in turn
        (
            [line("かき", Mark(0, 2, U), Mark(0, 2, S)), line("く", Mark(0, 1, U), Mark(0, 1, S))],
            Text("かきく", ((0, 2), (2, 3))),
            [(0, 3, U), (0, 3, S)],
        ),
        ([line("か", Mark(0, 0, U))], Text("か", ((0, 1),)), []),
    ],
)
def test_marks_follow_the_characters(
    lines: list[Line], text: Text, expected: list[tuple[int, int, MarkKind]]
) -> None:
    assert mark_field("comment", lines, text) == [FieldMark("comment", *m) for m in expected]
