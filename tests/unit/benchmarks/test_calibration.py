"""Confidence is compared with what is right, and its exponents are fitted to it."""

from math import exp
from random import Random

import pytest

from benchmarks.mistakes.calibrate import Example, expect, fit_exponents, measure_auc
from benchmarks.mistakes.diagram import bin_points, draw_reliability
from pipeline.normalize.record import Exponents


def test_exponents_are_those_with_which_fields_are_right_as_often_as_expected() -> None:
    rng = Random(3)
    true = Exponents(rows=0.5, breaks=1.0, characters=1.5)
    examples = []
    for _ in range(6000):
        doubts = (rng.expovariate(4), rng.expovariate(4), rng.expovariate(4))
        chance = exp(-(doubts[0] * true.rows + doubts[1] + doubts[2] * true.characters))
        is_right = rng.random() < chance
        examples.append(Example("text_layer", doubts, 1.0, is_right, is_right))
    fitted = fit_exponents(examples)
    assert fitted.rows == pytest.approx(true.rows, abs=0.15)
    assert fitted.breaks == pytest.approx(true.breaks, abs=0.15)
    assert fitted.characters == pytest.approx(true.characters, abs=0.25)


def test_signs_count_as_they_are() -> None:
    example = Example("recognised", (0.0, 0.1, 0.2), 0.5, is_flat=True, is_exact=False)
    assert expect([example], Exponents(1.0, 1.0, 0.5)) == [pytest.approx(0.5 * exp(-0.2))]
    assert example.is_right


@pytest.mark.parametrize(
    ("values", "right", "area"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.1, 0.9], [True, False], 0.0),
        ([0.5, 0.5], [True, False], 0.5),
        ([0.5], [True], 1.0),
    ],
)
def test_area_under_the_curve(values: list[float], right: list[bool], area: float) -> None:
    assert measure_auc(values, right) == pytest.approx(area)


def test_a_diagram_has_a_point_for_each_bin_with_fields() -> None:
    points = [(0.97, True)] * 9 + [(0.97, False)] + [(1.0, True)] * 6 + [(0.2, False)] * 4
    assert bin_points(points) == [
        (pytest.approx(0.97), pytest.approx(0.9), 10),
        (pytest.approx(1.0), pytest.approx(1.0), 6),
    ]
    assert draw_reliability({"text layer": points}).count("<circle") == 2
