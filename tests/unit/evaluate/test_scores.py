"""The contract's scores on examples small enough to count by hand."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from pipeline.commands.evaluate.folder import parse_floors
from pipeline.errors import FloorError
from pipeline.evaluate import Evaluation, check_floors, show_differences
from pipeline.evaluate.align import align
from pipeline.evaluate.scores import (
    Comparable,
    Counts,
    Difference,
    compare_records,
    flat,
    normalize_space,
)
from pipeline.files import LocalFolder
from pipeline.files.parquet import write_annex
from pipeline.model import AnnexHeader, Normalized, PageAccount
from tests.support.annexes import COMMENTS, FIRST, SECOND, besshi, record
from tests.support.broken import write_nothing
from tests.support.pdfs import MakePdf

LONG = "窓口の待ち時間が長いので予約を取れるようにしてほしい"
OTHER = "申請の様式をもっと分かりやすいものに改めるべきである"


def records(*texts: Mapping[str, str | None]) -> list[Comparable]:
    return [Comparable(f"a-t1-r{i}", fields, {}) for i, fields in enumerate(texts, start=1)]


def score(
    truth: Sequence[Mapping[str, str | None]], found: Sequence[Mapping[str, str | None]]
) -> dict[str, float]:
    counts, _ = compare_records(records(*truth), records(*found))
    return counts.scores()


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
        "unaccounted": 0,
    }


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


def test_extra_columns_are_fields(tmp_path: Path) -> None:
    truth = {"annex": "a", "tables": [table({"comment": LONG, "extra": {"備考": "済"}})]}
    write(tmp_path, truth, [record(comment=LONG, extra={"備考": "未"})])
    result = besshi("evaluate", "--truth", tmp_path, "--records", tmp_path)
    assert "--- a-t1-r1 extra:備考" in result.stdout
    assert scores_of(tmp_path, result.stdout)["exact"] == "0.5000"


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


def test_alignment_keeps_the_order_around_a_record_that_was_put_in() -> None:
    texts = [LONG, OTHER, "駐輪場が足りないため放置自転車が増えている"]
    assert align(texts, [texts[0], "別の表にあった行", *texts[1:]]) == [
        (0, 0),
        (None, 1),
        (1, 2),
        (2, 3),
    ]
    assert align(texts, texts[1:]) == [(0, None), (1, 0), (2, 1)]
    assert align(texts, []) == [(0, None), (1, None), (2, None)]


def test_alignment_never_crosses() -> None:
    """Two records that changed places are one matched, one missing and one too many."""
    pairs = align([LONG, OTHER], [OTHER, LONG])
    assert sum(i is not None and j is not None for i, j in pairs) == 1
    assert [i for i, _ in pairs if i is not None] == [0, 1]
    assert [j for _, j in pairs if j is not None] == [0, 1]


def test_alignment_takes_the_likeliest_of_similar_records() -> None:
    near = f"{LONG}と思う"
    assert align([LONG], [near, LONG]) == [(None, 0), (0, 1)]
    assert align([LONG], [LONG, near]) == [(0, 0), (None, 1)]


def full_scores(truth: Sequence[str], found: Sequence[str], band: int) -> list[list[float]]:
    """The score of every cell: what `align` computes inside its band only."""
    scores = [[0.0] * (len(found) + 1) for _ in range(len(truth) + 1)]
    for i, one in enumerate(truth, start=1):
        for j, other in enumerate(found, start=1):
            same = Indel.normalized_similarity(one, other, score_cutoff=0.5)
            paired = scores[i - 1][j - 1] + same if same and abs(i - j) <= band else 0.0
            scores[i][j] = max(scores[i - 1][j], scores[i][j - 1], paired)
    return scores


def align_in_full(
    truth: Sequence[str], found: Sequence[str], most_shift: int
) -> list[tuple[int | None, int | None]]:
    """The pairs as traced through all cells."""
    scores = full_scores(truth, found, abs(len(truth) - len(found)) + most_shift)
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(truth), len(found)
    while i or j:
        unpaired = max(scores[i - 1][j] if i else 0.0, scores[i][j - 1] if j else 0.0)
        if i and j and scores[i][j] > unpaired:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and (not j or scores[i - 1][j] >= scores[i][j - 1]):
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


TEXTS = st.lists(st.text("あいう", min_size=1, max_size=4), max_size=12)


@given(TEXTS, TEXTS, st.integers(0, 4))
def test_alignment_in_its_band_equals_the_full_computation(
    truth: list[str], found: list[str], most_shift: int
) -> None:
    assert align(truth, found, most_shift) == align_in_full(truth, found, most_shift)


def test_a_row_that_was_cut_in_two_is_a_record_too_many() -> None:
    scores = score([{"comment": LONG + OTHER[:4]}], [{"comment": LONG}, {"comment": OTHER[:4]}])
    assert scores["record_f1"] == pytest.approx(2 / 3)
    assert scores["cer"] == pytest.approx(4 / 30)


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
    with pytest.raises(FloorError, match=r"b: whole is 0\.0000, asked 0\.95") as caught:
        check_floors(evaluation, {"whole": 0.95})
    assert caught.value.__notes__ == ["b: whole is 0.0000, asked 0.95"]
    check_floors(evaluation, {"whole": 0.0, "record_f1": 1.0})


def test_floors_of_errors_are_ceilings() -> None:
    evaluation = Evaluation({"a": Counts(edits=2, truth_characters=100)}, [])
    check_floors(evaluation, {"cer": 0.02})
    with pytest.raises(FloorError, match=r"a: cer is 0\.0200, asked 0\.01"):
        check_floors(evaluation, {"cer": 0.01})


def test_a_glyph_unaccounted_fails_without_being_asked() -> None:
    evaluation = Evaluation({"a": Counts(unaccounted=1)}, [])
    with pytest.raises(FloorError, match="a: unaccounted is 1") as caught:
        check_floors(evaluation, {})
    assert caught.value.exit_code == 5


def test_floors_are_read() -> None:
    assert parse_floors(["whole=0.95", "cer=1e-2"]) == {"whole": 0.95, "cer": 0.01}


# The command


def table(*found: Mapping[str, object]) -> dict[str, Any]:
    return {"headers": [], "roles": [], "records": list(found)}


def write(
    folder: Path, truth: Mapping[str, Any], found: Sequence[Any], unaccounted: int = 0
) -> None:
    """A truth file and the files of a run, side by side."""
    name = truth["annex"]
    (folder / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    page = PageAccount(
        name, 1, 595.0, 842.0, "text_layer", 1, 9, 9 - unaccounted, 0, 0, 0, unaccounted, None
    )
    write_annex(
        Normalized(AnnexHeader(name, "0" * 64), list(found), pages=[page]), LocalFolder(folder)
    )


def scores_of(folder: Path, stdout: str) -> dict[str, str]:
    """The last line of the printed table by column."""
    *_, head, _, total = stdout.splitlines()
    return dict(zip(head.split(), total.split()[1:], strict=True))


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A folder with a truth of two records, and a run that found one of them right."""
    truth = {"annex": "a", "tables": [table({"comment": LONG}, {"comment": f"{OTHER}。\n以上"})]}
    found = [
        record(comment=LONG),
        record(record_id="a-t1-r2", row_index=2, comment=f"{OTHER}。以上"),
    ]
    write(tmp_path, truth, found)
    return tmp_path


def test_evaluate_prints_scores_and_what_differs(judged: Path) -> None:
    result = besshi("evaluate", "--truth", judged, "--records", judged)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"--- a-t1-r2 comment\n- {OTHER}。\n+ {OTHER}。以上\n")
    assert scores_of(judged, result.stdout) == {
        "records": "2/2",
        "record_f1": "1.0000",
        "whole": "0.5000",
        "exact": "0.5000",
        "flat": "1.0000",
        "break_f1": "0.0000",
        "cer": "0.0000",
        "labels": "1.0000",
        "unaccounted": "0",
    }


def test_a_missed_floor_is_exit_code_5_and_the_scores_are_still_written(judged: Path) -> None:
    metrics, plots = judged / "metrics.json", judged / "plots.csv"
    floors = ("--floor", "whole=0.95", "--floor", "flat=1")
    files = ("--metrics", metrics, "--plots", plots)
    result = besshi("evaluate", "--truth", judged, "--records", judged, *floors, *files)
    assert result.exit_code == 5
    assert "besshi: floors missed:\n  a: whole is 0.5000, asked 0.95\n" in result.stderr
    assert "flat" not in result.stderr
    assert json.loads(metrics.read_text())["a"]["whole"] == 0.5
    head, *rows = plots.read_text().splitlines()
    assert head.startswith("annex,record_f1,whole,")
    assert [row.split(",")[0] for row in rows] == ["a", "all"]


def test_evaluate_fails_on_a_glyph_unaccounted(tmp_path: Path) -> None:
    truth = {"annex": "a", "tables": [table({"comment": LONG})]}
    write(tmp_path, truth, [record(comment=LONG)], unaccounted=1)
    result = besshi("evaluate", "--truth", tmp_path, "--records", tmp_path)
    assert result.exit_code == 5
    assert "a: unaccounted is 1" in result.stderr


def test_glyphs_too_many_and_too_few_do_not_cancel(tmp_path: Path) -> None:
    write(tmp_path, {"annex": "a"}, [], unaccounted=-1)
    assert besshi("evaluate", "--truth", tmp_path, "--records", tmp_path).exit_code == 5


@pytest.mark.parametrize("floor", ["whole", "whole=much", "wholly=1"])
def test_a_floor_that_is_none_is_a_wrong_argument(floor: str, judged: Path) -> None:
    result = besshi("evaluate", "--truth", judged, "--records", judged, "--floor", floor)
    assert result.exit_code == 2
    assert floor in result.stderr


@pytest.fixture
def pairs(make_pdf: MakePdf, tmp_path: Path) -> Path:
    """A folder with a PDF and its truth, as a user would keep them."""
    (tmp_path / "pairs").mkdir()
    make_pdf(COMMENTS, name="pairs/a.pdf")
    rows = [
        dict(zip(("number", "comment", "response"), row, strict=True)) for row in (FIRST, SECOND)
    ]
    truth = {"annex": "a", "tables": [table(*rows)]}
    (tmp_path / "pairs" / "a.json").write_text(json.dumps(truth), encoding="utf-8")
    return tmp_path / "pairs"


def test_pdfs_beside_their_truth_are_run_and_nothing_is_left(pairs: Path) -> None:
    before = sorted(pairs.iterdir())
    result = besshi("evaluate", "--truth", pairs, "--floor", "whole=1")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert scores_of(pairs, result.stdout)["records"] == "2/2"
    assert sorted(pairs.iterdir()) == before


def test_a_truth_without_its_pdf(pairs: Path) -> None:
    (pairs / "b.json").write_text('{"annex": "b"}')
    result = besshi("evaluate", "--truth", pairs)
    assert result.exit_code == 3
    assert result.stderr == (
        f"besshi: {pairs / 'b.pdf'}: is missing beside its truth; "
        "put it there, or give --records of a run\n"
    )


def test_a_pdf_that_cannot_be_read_says_why_its_score_is_nothing(
    pairs: Path, make_pdf: MakePdf
) -> None:
    write_nothing(pairs / "a.pdf", make_pdf)
    result = besshi("evaluate", "--truth", pairs)
    assert result.exit_code == 4
    assert result.stderr.startswith(f"besshi: error: {pairs / 'a.pdf'}: is no PDF")
    assert scores_of(pairs, result.stdout)["records"] == "0/2"


def test_a_folder_without_truth(tmp_path: Path) -> None:
    result = besshi("evaluate", "--truth", tmp_path)
    assert result.exit_code == 3
    assert "holds no truth file (*.json); name a folder that does" in result.stderr


def test_records_that_no_run_wrote(pairs: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = besshi("evaluate", "--truth", pairs, "--records", tmp_path / "empty")
    assert result.exit_code == 3
    assert "no run has written here" in result.stderr


def test_an_annex_that_the_run_does_not_hold_is_missing_record_by_record(
    judged: Path, pairs: Path
) -> None:
    (judged / "records" / "a.parquet").unlink()
    result = besshi("evaluate", "--truth", pairs, "--records", judged)
    assert result.stdout.count("- no such record was found: ") == 2
    assert scores_of(pairs, result.stdout)["record_f1"] == "0.0000"
