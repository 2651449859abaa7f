"""Two sets of figures in one document."""

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.digit_width import learn_digit_shapes
from tests.support.recognised import EM


def test_two_sets_of_figures_are_told_by_their_ones() -> None:
    narrow, wide = 0.24 * EM, 0.29 * EM

    def number(text: str, one: float, other: float) -> list[Character]:
        widths = [one if c == "1" else other for c in text]
        return [
            Character(c, 0.0, 0.0, w, 0.74 * EM, 1.0) for c, w in zip(text, widths, strict=True)
        ]

    full, half = number("13", narrow, 0.54 * EM), number("13", wide, 0.50 * EM)
    lines = [full, half, number("14", narrow, 0.6 * EM), number("15", wide, 0.49 * EM)]
    figures = learn_digit_shapes(lines, [EM] * 4)
    assert figures is not None
    assert figures.odds(full[1], EM) > 1 > -1 > figures.odds(half[1], EM)
    assert learn_digit_shapes([half, half], [EM] * 2) is None
