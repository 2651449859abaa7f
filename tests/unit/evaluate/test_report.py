"""Differences as they are read, annexes added up, floors."""

import pytest

from pipeline.errors import FloorError
from pipeline.evaluate import Evaluation, check_floors, show_differences
from pipeline.evaluate.scores import Counts, Difference
from tests.support.scoring import LONG, OTHER


def test_differences_can_be_read() -> None:
    """`-` is the truth, `+` what was found."""
    found = Difference("a-t1-r1", "comment", "窓口が遠い。\n改めよ。", "窓口が遠い。改めよ。")
    missing = Difference("a-t1-r2", "*", "申請の様式", None)
    extra = Difference("a-t1-r3", "*", None, "表の外の行")
    shown = [line for line in show_differences([found, missing, extra]) if line[0] != "?"]
    assert shown == [
        "--- a-t1-r1 comment",
        "- 窓口が遠い。",
        "+ 窓口が遠い。改めよ。",
        "- 改めよ。",
        "--- a-t1-r2 *",
        "- no such record was found: 申請の様式",
        "--- a-t1-r3 *",
        "+ no such record is true: 表の外の行",
    ]


def test_differences_leave_out_the_lines_that_are_right() -> None:
    long = Difference(
        "r", "comment", f"{LONG}\nあいうえお\n{OTHER}", f"{LONG}\nあいうえを\n{OTHER}"
    )
    shown = list(show_differences([long]))
    assert [line for line in shown if line[0] != "?"] == [
        "--- r comment",
        "- あいうえお",
        "+ あいうえを",
    ]
    assert any("^" in line for line in shown)


def test_counts_of_annexes_add_up() -> None:
    evaluation = Evaluation({"a": Counts(4, 4, 4, 4), "b": Counts(1, 1, 1, 0)}, [])
    assert evaluation.metrics()["all"]["whole"] == 4 / 5
    assert evaluation.metrics()["b"]["whole"] == 0.0


def test_floors_hold_for_every_annex() -> None:
    """The mean over all would let a bad annex through among good ones."""
    evaluation = Evaluation({"a": Counts(99, 99, 99, 99), "b": Counts(1, 1, 1, 0)}, [])
    with pytest.raises(FloorError) as caught:
        check_floors(evaluation, {"whole": 0.95})
    assert caught.value.__notes__[0] == (
        "b: 1 of 1 records differ from the truth in a field "
        "(whole is 0.0000, the least allowed is 0.95)"
    )
    assert [note.split(":")[0] for note in caught.value.__notes__[1:]] == [
        "  if the new text is right",
        "  if it is not",
    ]
    check_floors(evaluation, {"whole": 0.0, "record_f1": 1.0})


def test_an_annex_without_records_is_missing() -> None:
    """And not 0.0000 right: its PDF is gone, or could not be read."""
    evaluation = Evaluation({"a": Counts(truth_records=51)}, [])
    with pytest.raises(FloorError) as caught:
        check_floors(evaluation, {"whole": 0.95, "record_f1": 1.0})
    (note,) = caught.value.__notes__
    assert note.startswith("a: missing: no record was found, and its truth has 51")


def test_floors_of_errors_are_ceilings() -> None:
    evaluation = Evaluation({"a": Counts(edits=2, truth_characters=100)}, [])
    check_floors(evaluation, {"cer": 0.02})
    with pytest.raises(FloorError, match=r"cer is 0\.0200, the most allowed is 0\.01"):
        check_floors(evaluation, {"cer": 0.01})


def test_a_glyph_unaccounted_fails_without_being_asked() -> None:
    evaluation = Evaluation({"a": Counts(unaccounted=1)}, [])
    with pytest.raises(FloorError, match="unaccounted is 1") as caught:
        check_floors(evaluation, {})
    assert caught.value.exit_code == 5
