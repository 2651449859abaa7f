"""A line is recognised once, however often a page asks for it."""

from collections.abc import Sequence

import numpy as np

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.read_once import ReadOnce
from pipeline.extract.ocr.layout.text_lines import InkLine


class Counting:
    """Says of each line how many lines it has read before."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        first, self.count = self.count, self.count + len(lines)
        return [
            (Character(str(number), 0.0, 0.0, 1.0, 1.0, 0.9),)
            for number in range(first, self.count)
        ]


def test_each_line_is_read_once_and_keeps_its_reading() -> None:
    picture = np.full((8, 8), 255, np.uint8)
    a, b, c = (InkLine(0, 0, 8, 8, picture) for _ in range(3))
    counting = Counting()
    recognizer = ReadOnce(counting)
    assert [reading[0].text for reading in recognizer.read([b])] == ["0"]
    assert [reading[0].text for reading in recognizer.read([a, b, c])] == ["1", "0", "2"]
    assert counting.count == 3
