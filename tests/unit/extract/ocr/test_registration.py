"""A page's columns laid over those of the page before."""

from collections.abc import Sequence

import pytest

from pipeline.extract.ocr.registration import find_move

KNOWN = (36.0, 71.2, 491.4, 650.0, 806.1, 964.7, 995.8)


@pytest.mark.parametrize("columns", [(0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 5, 6), (1, 2, 6)])
def test_a_shifted_and_stretched_page_is_laid_over_the_page_before(columns: Sequence[int]) -> None:
    expected = [KNOWN[column] for column in columns]
    found = [7.5 + 1.004 * x for x in expected]
    move = find_move(found, KNOWN, 8.0)
    assert move is not None
    assert [move.at(x) for x in found] == pytest.approx(expected)
    assert move.at(found[0] - 10) == pytest.approx(expected[0] - 10, abs=0.2)


@pytest.mark.parametrize(
    "found",
    [
        (36.0, 120.0, 400.0, 995.8),  # another table
        (36.0, 995.8),  # a box
        (136.0, 171.2, 591.4, 750.0, 906.1, 1064.7, 1095.8),  # as far off as no sheet lies
    ],
)
def test_other_columns_are_not_laid_over(found: Sequence[float]) -> None:
    assert find_move(found, KNOWN, 8.0) is None
