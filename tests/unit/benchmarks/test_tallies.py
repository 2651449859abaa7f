"""Scores of outputs, their intervals and the calibration of confidences."""

import numpy as np
import pytest

from benchmarks.outputs import Output, OutputTable
from benchmarks.scoring.calibration import Forecast, Reliability, list_reliability
from benchmarks.scoring.tallies import Tally, add_up, score, tally_annex
from pipeline.files.truths import Truth, TruthTable

RECORDS = [
    {"number": "1", "comment": "一行目\n二行目", "extra": {"備考": "なし"}},
    {"number": "2", "comment": "別の意見", "extra": {"備考": ""}},
]
TRUTH = Truth("a", tables=[TruthTable([], [], RECORDS, "題", None)])


def output(*records: dict[str, object]) -> Output:
    return Output("a", [OutputTable(list(records), "ほかの題")])


def test_an_output_like_the_truth_has_full_scores() -> None:
    tally, forecasts = tally_annex(TRUTH, output(*RECORDS))
    assert forecasts == []
    scores = {**dict.fromkeys(("whole", "record_f1", "exact", "flat", "break_f1", "grits"), 1.0)}
    assert tally.scores() == {**scores, "cer": 0.0}


def test_an_annex_without_an_output_has_no_records() -> None:
    scores = tally_annex(TRUTH, None)[0].scores()
    assert (scores["whole"], scores["record_f1"], scores["cer"], scores["grits"]) == (0, 0, 1, 0)


def test_what_becomes_of_a_confidence() -> None:
    """The first record has a line break less, the third is no record; a title changes nothing."""
    found = output(
        {**RECORDS[0], "comment": "一行目二行目", "confidence": 0.9},
        {**RECORDS[1], "confidence": 0.8},
        {"number": "合計", "comment": "全く別の何かがここにあった", "confidence": 0.3},
    )
    tally, forecasts = tally_annex(TRUTH, found)
    assert forecasts == [Forecast(0.9, False), Forecast(0.8, True), Forecast(0.3, False)]
    assert tally.scores()["brier"] == pytest.approx((0.81 + 0.04 + 0.09) / 3)


def test_reliability_is_counted_in_classes() -> None:
    forecasts = [Forecast(0.4, False), Forecast(0.96, True), Forecast(0.98, False)]
    assert list(list_reliability(forecasts)) == [
        Reliability(0.0, 1, 0.4, 0.0),
        Reliability(0.95, 2, pytest.approx(0.97), 0.5),
    ]
    assert list(list_reliability([Forecast(1.0, True)])) == [Reliability(0.99, 1, 1.0, 1.0)]


def test_tallies_add_up_number_by_number() -> None:
    tally = tally_annex(TRUTH, output({**RECORDS[0], "confidence": 0.5}))[0]
    assert Tally.of_numbers(tally.numbers()) == tally
    both = add_up([tally, tally])
    assert both.counts.truth_records == 4
    assert both.forecasts == 2
    assert both.scores() == tally.scores()


def test_an_interval_is_that_of_whole_annexes() -> None:
    """Of ten annexes of one record, seven are right: the interval is the binomial one."""
    right = tally_annex(Truth("a", tables=[TruthTable([], [], RECORDS[1:])]), output(RECORDS[1]))
    wrong = tally_annex(Truth("a", tables=[TruthTable([], [], RECORDS[1:])]), None)
    tallies = [right[0]] * 7 + [wrong[0]] * 3
    value, low, high = score(tallies)["whole"]
    assert value == pytest.approx(0.7)
    shares = np.random.default_rng(1).binomial(10, 0.7, 100_000) / 10
    assert (low, high) == pytest.approx(np.percentile(shares, (2.5, 97.5)), abs=0.1)
    assert score(tallies) == score(tallies)
    assert score(tallies, seed=1)["cer"] != score(tallies, seed=2)["cer"] or low < value < high
    assert score([right[0]] * 5)["whole"] == (1.0, 1.0, 1.0)
