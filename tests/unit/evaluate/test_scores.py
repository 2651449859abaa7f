"""The contract's scores on examples small enough to count by hand."""

import pytest

from pipeline.evaluate.scores import Comparable, Difference, compare_records, flat, normalize_space
from tests.support.scoring import LONG, OTHER, score


def test_what_is_right_scores_full() -> None:
    texts = [{"number": "1", "comment": LONG}, {"number": "2", "comment": f"{OTHER}。\n{LONG}"}]
    assert score(texts, texts) == {
        "record_f1": 1.0,
        "whole": 1.0,
        "exact": 1.0,
        "flat": 1.0,
        "break_f1": 1.0,
        "cer": 0.0,
        "labels": 1.0,
        "marks": 1.0,
        "unaccounted": 0,
    }


def test_marks_are_scored_by_character() -> None:
    """3 characters are marked in both, 1 only in the truth, 2 only in the record; the field whose
    text is wrong is left out."""
    marks = frozenset(("comment", place, "underline") for place in range(4))
    other = frozenset(("comment", place, "underline") for place in range(1, 6))
    fields = {"comment": LONG, "response": OTHER}
    truth = Comparable("t", fields, {}, marks | {("response", 0, "strike")})
    found = Comparable("f", fields | {"response": f"{OTHER}。"}, {}, other)
    counts, _ = compare_records([truth], [found])
    assert counts.scores()["marks"] == 3 / 6
    silent, _ = compare_records([Comparable("t", fields, {})], [found])
    assert silent.scores()["marks"] == 1.0


def test_one_wrong_character() -> None:
    """4 fields of 2 records, one of them with 1 of its 10 characters wrong; 22 in all."""
    truth = [
        {"number": "1", "comment": "あいうえおかきくけこ"},
        {"number": "2", "comment": "さしすせそたちつてと"},
    ]
    found = [{"number": "1", "comment": "あいうえおかきくけこ"}, dict(truth[1])]
    found[1]["comment"] = "さしすせそたちつてど"
    scores = score(truth, found)
    assert scores["record_f1"] == 1.0
    assert scores["whole"] == 1 / 2
    assert scores["exact"] == scores["flat"] == 3 / 4
    assert scores["cer"] == pytest.approx(1 / 22)


def test_a_break_too_many_and_one_too_few() -> None:
    """True breaks after 2 and 5 characters, found after 5 and 7: one right of two and two."""
    scores = score([{"comment": "あい\nうえお\nかきくけ"}], [{"comment": "あいうえお\nかき\nくけ"}])
    assert scores["break_f1"] == 2 * 1 / (2 + 2)
    assert (scores["flat"], scores["exact"], scores["whole"]) == (1.0, 0.0, 0.0)
    assert scores["cer"] == 0.0


def test_breaks_count_only_where_the_characters_are_right() -> None:
    scores = score([{"comment": "あい\nうえお"}], [{"comment": "あいうえを"}])
    assert scores["break_f1"] == 1.0
    assert scores["flat"] == 0.0


def test_a_missing_record() -> None:
    """1 of 2 is found: F1 2·1/(2+1); its 26 characters are 26 edits of 52."""
    assert len(LONG) == len(OTHER) == 26
    scores = score([{"comment": LONG}, {"comment": OTHER}], [{"comment": OTHER}])
    assert scores["record_f1"] == pytest.approx(2 / 3)
    assert scores["whole"] == scores["exact"] == scores["flat"] == scores["cer"] == 1 / 2


def test_a_record_too_many() -> None:
    scores = score([{"comment": LONG}], [{"comment": OTHER}, {"comment": LONG}])
    assert scores["record_f1"] == pytest.approx(2 / 3)
    assert scores["whole"] == scores["exact"] == 1.0
    assert scores["cer"] == 0.0


def test_nothing_found_and_nothing_true() -> None:
    assert score([{"comment": LONG}], [])["whole"] == 0.0
    assert score([{"comment": LONG}], [])["record_f1"] == 0.0
    assert score([], []) == score([{"comment": LONG}], [{"comment": LONG}])


def test_a_field_that_the_truth_leaves_open_is_not_counted() -> None:
    """null: the table has no such column. An empty cell is a field like any other."""
    truth = {"comment": LONG, "revision": None, "response": ""}
    assert score([truth], [{"comment": LONG, "response": ""}])["whole"] == 1.0
    scores = score([truth], [{"comment": LONG, "response": "対応済み"}])
    assert scores["exact"] == 1 / 2
    assert scores["cer"] == pytest.approx(4 / 26)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("PDF file", "PDFfile", False),
        ("PDF  file", "PDF file", True),
        ("PDF ファイル", "PDFファイル", True),
        ("第 1 回", "第1回", True),
        ("　字下げ", "字下げ", True),
        ("a b", "a\nb", False),
        ("甲\n\n乙", "甲\n乙", True),
        ("甲 \n 乙", "甲\n乙", True),
        ("甲\n乙", "甲乙", False),
        ("①", "1", False),
        ("Ａ", "A", False),
        ("神", "\ufa19", False),
    ],
)
def test_only_a_space_between_two_ascii_characters_counts(one: str, other: str, same: bool) -> None:
    assert (normalize_space(one) == normalize_space(other)) is same
    assert score([{"comment": one}], [{"comment": other}])["whole"] == float(same)


def test_flat_is_blind_to_white_space() -> None:
    assert flat(" 甲\u3000乙\n a b") == "甲乙ab"
    assert flat(None) == ""


def test_labels_are_scored_where_the_truth_has_them() -> None:
    truth = [Comparable("r", {"comment": LONG}, {"title": "別 紙", "pages": [1, 2]})]
    found = [Comparable("r", {"comment": LONG}, {"title": "別紙", "pages": [1, 1], "caption": "x"})]
    counts, differences = compare_records(truth, found)
    assert counts.scores()["labels"] == 1 / 2
    assert counts.scores()["whole"] == 1.0
    assert differences == [Difference("r", "pages", "[1, 2]", "[1, 1]")]


def test_a_row_that_was_cut_in_two_is_a_record_too_many() -> None:
    scores = score([{"comment": LONG + OTHER[:4]}], [{"comment": LONG}, {"comment": OTHER[:4]}])
    assert scores["record_f1"] == pytest.approx(2 / 3)
    assert scores["cer"] == pytest.approx(4 / 30)
