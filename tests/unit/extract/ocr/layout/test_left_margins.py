"""Where lines begin, told by those around."""

import numpy as np
import pytest

from pipeline.extract.ocr.layout.left_margins import find_margins
from pipeline.extract.ocr.layout.text_lines import InkLine
from tests.support.recognised import EM, type_out


def test_lines_around_tell_where_a_line_begins() -> None:
    blank = np.full((40, 400), 255, np.uint8)
    lines = [InkLine(100 + x, y, 500 + x, y + 40, blank) for x, y in ((5, 0), (0, 50), (300, 50))]
    readings = [type_out(text) for text in ("（2）個人", "個人", "情報")]
    margin, other, lone = find_margins(lines, readings, [EM] * 3)
    assert margin == pytest.approx(readings[1][0].x0 - 5)
    assert other is None  # a bracket tells nothing
    assert lone is None
