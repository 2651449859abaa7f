"""`besshi evaluate`: records scored against truths, floors held."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.evaluate.folder import parse_floors
from pipeline.commands.evaluate.plots import write_plots
from pipeline.evaluate import Evaluation
from pipeline.evaluate.certainty import JudgedBreak, JudgedField
from pipeline.files import LocalFolder
from pipeline.files.parquet import write_annex
from pipeline.model import AnnexHeader, Normalized, PageAccount
from tests.support.annexes import COMMENTS, FIRST, SECOND, besshi, record
from tests.support.broken import write_nothing
from tests.support.pdfs import MakePdf
from tests.support.scoring import LONG, OTHER


def test_extra_columns_are_fields(tmp_path: Path) -> None:
    truth = {"annex": "a", "tables": [table({"comment": LONG, "extra": {"備考": "済"}})]}
    write(tmp_path, truth, [record(comment=LONG, extra={"備考": "未"})])
    result = besshi("evaluate", "--truth", tmp_path, "--records", tmp_path)
    assert "--- a-t1-r1 extra:備考" in result.stdout
    assert scores_of(tmp_path, result.stdout)["exact"] == "0.5000"


def test_floors_are_read() -> None:
    assert parse_floors(["whole=0.95", "cer=1e-2"]) == {"whole": 0.95, "cer": 0.01}


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
        "marks": "1.0000",
        "unaccounted": "0",
    }


def test_a_missed_floor_is_exit_code_5_and_the_scores_are_still_written(judged: Path) -> None:
    metrics, plots = judged / "metrics.json", judged / "plots"
    floors = ("--floor", "whole=0.95", "--floor", "flat=1")
    files = ("--metrics", metrics, "--plots", plots)
    result = besshi("evaluate", "--truth", judged, "--records", judged, *floors, *files)
    assert result.exit_code == 5
    assert result.stderr.startswith(
        "besshi: some records are not what their truths say:\n"
        "  a: 1 of 2 records differ from the truth in a field "
        "(whole is 0.5000, the least allowed is 0.95)\n"
        "    if the new text is right: besshi annex draft a --force, then besshi annex accept a\n"
    )
    assert "flat" not in result.stderr
    assert json.loads(metrics.read_text())["a"]["whole"] == 0.5
    head, *rows = (plots / "scores.csv").read_text().splitlines()
    assert head.startswith("annex,record_f1,whole,")
    assert [row.split(",")[0] for row in rows] == ["a", "all"]


def test_plots_say_whether_confidence_is_right_and_who_decided_line_breaks(tmp_path: Path) -> None:
    fields = {
        "a": [JudgedField("ocr", 0.91, True), JudgedField("ocr", 0.93, False)],
        "b": [JudgedField("text_layer", 1.0, True), JudgedField("ocr", 0.3, False)],
    }
    twice = [JudgedBreak("geometry", kept=False, right=right) for right in (True, False)]
    breaks = {"a": [*twice, JudgedBreak("prior", kept=True, right=True)], "b": twice[:1]}
    write_plots(tmp_path / "new" / "plots", Evaluation({}, [], fields, breaks))
    assert (tmp_path / "new/plots/confidence.csv").read_text() == (
        "source,confidence,right,fields\nocr,0.3,0.0,1\nocr,0.92,0.5,2\ntext_layer,1.0,1.0,1\n"
    )
    assert (tmp_path / "new/plots/breaks.csv").read_text() == (
        "annex,witness,decision,breaks,wrong\n"
        "a,prior,kept,1,0\n"
        "a,geometry,undone,2,1\n"
        "b,geometry,undone,1,0\n"
    )


def test_evaluate_fails_on_a_glyph_unaccounted(tmp_path: Path) -> None:
    truth = {"annex": "a", "tables": [table({"comment": LONG})]}
    write(tmp_path, truth, [record(comment=LONG)], unaccounted=1)
    result = besshi("evaluate", "--truth", tmp_path, "--records", tmp_path)
    assert result.exit_code == 5
    assert "unaccounted is 1" in result.stderr


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
        "put it there, or name results with --records\n"
    )


def test_a_pdf_that_cannot_be_read_says_why_its_score_is_nothing(
    pairs: Path, make_pdf: MakePdf
) -> None:
    write_nothing(pairs / "a.pdf", make_pdf)
    result = besshi("evaluate", "--truth", pairs)
    assert result.exit_code == 4
    assert result.stderr.startswith(f"besshi: error: {pairs / 'a.pdf'}: is empty")
    assert scores_of(pairs, result.stdout)["records"] == "0/2"


def test_a_folder_without_truth(tmp_path: Path) -> None:
    result = besshi("evaluate", "--truth", tmp_path)
    assert result.exit_code == 3
    assert "holds no truth file (*.json); name a folder that does" in result.stderr


def test_a_run_that_could_read_no_annex_is_scored(pairs: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    assert besshi("run", tmp_path / "a.pdf", "--out", tmp_path / "out").exit_code == 4
    result = besshi("evaluate", "--truth", pairs, "--records", tmp_path / "out")
    assert result.exit_code == 0
    assert scores_of(pairs, result.stdout)["records"] == "0/2"


def test_records_that_no_run_wrote(pairs: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = besshi("evaluate", "--truth", pairs, "--records", tmp_path / "empty")
    assert result.exit_code == 3
    assert "no run has written here" in result.stderr


def test_truths_whose_annexes_no_run_has_read_are_named(
    pairs: Path, tmp_path: Path, make_pdf: MakePdf
) -> None:
    out = tmp_path / "out"
    besshi("run", make_pdf(COMMENTS, name="another.pdf"), "--out", out)
    result = besshi("evaluate", "--truth", pairs, "--records", out)
    assert f"warning: {out}: has no results of a; read these with `besshi run`" in result.stderr
    besshi("compact", out)
    for command in (
        ("evaluate", "--truth", pairs, "--records", out / "dataset"),
        ("review", out / "dataset"),
    ):
        refused = besshi(*command)
        assert (refused.exit_code, "holds parts; name the folder" in refused.stderr) == (3, True)


def test_an_annex_that_the_run_does_not_hold_takes_two_lines(judged: Path, pairs: Path) -> None:
    (judged / "records" / "a.parquet").unlink()
    result = besshi("evaluate", "--truth", pairs, "--records", judged)
    assert result.stdout.startswith("--- a *\n- none of its 2 records was found\n")
    assert "no such record" not in result.stdout
    assert scores_of(pairs, result.stdout)["record_f1"] == "0.0000"
