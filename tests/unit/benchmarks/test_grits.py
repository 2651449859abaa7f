"""GriTS-Con against examples that are computed by hand."""

import numpy as np
import pytest

from benchmarks.scoring.grits import Likeness, compare_annex, compare_grids, pair_in_order
from pipeline.evaluate.scores import Comparable

TRUE = [["1", "あいう"], ["2", "かき"], ["3", "さ"]]


def f_score(truth: list[list[str]], found: list[list[str]]) -> float:
    cells = sum(map(len, truth)), sum(map(len, found))
    return Likeness(compare_grids(truth, found), *cells).f_score


def test_equal_grids_are_alike() -> None:
    assert f_score(TRUE, TRUE) == 1.0


def test_a_row_that_is_missing() -> None:
    """Four of six true cells are found: 2 · 4 / (6 + 4)."""
    assert f_score(TRUE, [TRUE[0], TRUE[2]]) == pytest.approx(0.8)


def test_a_column_that_is_missing() -> None:
    """Three of six: 2 · 3 / (6 + 3)."""
    assert f_score(TRUE, [[row[1]] for row in TRUE]) == pytest.approx(2 / 3)


def test_a_cell_counts_by_its_longest_common_subsequence() -> None:
    """あいう and あう have two characters in common: 2 · 2 / (3 + 2) = 0.8; 2 · 5.8 / 12."""
    found = [["1", "あう"], *TRUE[1:]]
    assert f_score(TRUE, found) == pytest.approx(2 * 5.8 / 12)


def test_rows_in_another_order_are_not_alike() -> None:
    """Of three rows in the reverse order, one can be paired: 2 · 2 / (6 + 6)."""
    assert f_score(TRUE, TRUE[::-1]) == pytest.approx(1 / 3)


def test_a_row_that_is_cut_in_two_counts_once() -> None:
    """かき is か and き: one of them is paired, with a likeness of 2/3 and its number 2."""
    found = [TRUE[0], ["2", "か"], ["", "き"], TRUE[2]]
    assert f_score(TRUE, found) == pytest.approx(2 * (5 + 2 / 3) / (6 + 8))


def test_pairs_keep_the_order() -> None:
    rewards = np.array([[0.0, 1.0, 0.0], [0.9, 0.0, 0.0], [0.0, 0.0, 0.5]])
    assert pair_in_order(rewards) == [(0, 1), (2, 2)]
    assert pair_in_order(np.zeros((0, 3))) == []


def record(**fields: str) -> Comparable:
    return Comparable("r", fields, {})


def test_the_columns_of_an_annex_are_put_in_one_order() -> None:
    truth = [record(number="1", comment="長い 意見"), record(number="2", comment="別の意見")]
    found = [record(comment="長い\n意見", number="1"), record(comment="別の意見", number="2")]
    assert compare_annex(truth, found) == Likeness(4.0, 4, 4)


def test_tables_with_other_columns_are_grids_of_their_own() -> None:
    truth = [record(number="1", comment="甲"), record(original_text="乙", revision="丙")]
    assert compare_annex(truth, truth) == Likeness(4.0, 4, 4)
    assert compare_annex(truth, truth[1:]) == Likeness(2.0, 4, 2)
    assert compare_annex(truth, []).f_score == 0.0
    assert compare_annex([], []).f_score == 1.0
