"""The commands as a user calls them: what they write, say and return."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.files.parquet import read_rows
from tests.support.annexes import (
    COMMENTS,
    FIRST,
    HEADER,
    SECOND,
    THIRD,
    besshi,
    comments_of,
    contents,
    letter,
    ruled_table,
)
from tests.support.broken import write_nothing
from tests.support.pdfs import ROOT, MakePdf
from tests.support.processes import python


def test_run_writes_a_file_for_each_annex_and_kind(failing_run: Path) -> None:
    kinds = ("breaks", "pages", "receipts", "records", "tokens")
    expected = {f"{kind}/ota_annex.parquet" for kind in kinds}
    assert set(contents(failing_run)) == {*expected, "issues.parquet"}
    assert len(read_rows(failing_run / "records" / "ota_annex.parquet")) == 51
    issues = [(row["annex"], row["code"]) for row in read_rows(failing_run / "issues.parquet")]
    assert issues == [("broken", "not_a_pdf"), ("ota_annex", "clipped")]


@pytest.mark.slow
def test_files_are_the_same_to_the_byte_on_two_processes(
    failing_archive: Path, failing_run: Path, tmp_path: Path
) -> None:
    assert besshi("run", failing_archive, "--out", tmp_path, "--jobs", 2).exit_code == 4
    assert contents(tmp_path) == contents(failing_run)


def test_stages_one_by_one_write_what_run_writes(
    failing_archive: Path, failing_run: Path, tmp_path: Path
) -> None:
    extracted, segmented, out = tmp_path / "1", tmp_path / "2", tmp_path / "3"
    assert besshi("extract", failing_archive, "--out", extracted).exit_code == 4
    assert set(contents(extracted)) == {"broken.json", "ota_annex.json"}
    assert besshi("segment", extracted, "--out", segmented, "--keep-going").exit_code == 0
    assert set(contents(segmented)) == {"broken.json", "ota_annex.json"}
    assert besshi("normalize", segmented, "--out", out).exit_code == 4
    assert contents(out) == contents(failing_run)


def test_a_stage_says_its_own_issues_only(make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    make_pdf(letter, name="in/letter.pdf")
    write_nothing(tmp_path / "in" / "broken.pdf", make_pdf)
    one, two, three = (tmp_path / stage for stage in ("1", "2", "3"))
    extract = besshi("extract", tmp_path / "in", "--out", one)
    segment = besshi("segment", one, "--out", two, "--keep-going")
    normalize = besshi("normalize", two, "--out", three, "--keep-going")
    assert ("is empty" in extract.stderr, "no table" in extract.stderr) == (True, False)
    assert ("is empty" in segment.stderr, "no table" in segment.stderr) == (False, True)
    assert normalize.stderr == "normalize: annexes 2, records 0, failed 1\n"


def test_a_second_run_changes_no_byte(make_pdf: MakePdf, tmp_path: Path) -> None:
    path, out = make_pdf(COMMENTS, letter), tmp_path / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    first = contents(out)
    assert besshi("run", path, "--out", out).exit_code == 0
    assert contents(out) == first


def test_files_and_folders_are_read_to_the_bottom(make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "letters" / "2025").mkdir(parents=True)
    make_pdf(COMMENTS, name="letters/2025/b.PDF")
    make_pdf(ruled_table(HEADER, THIRD), name="letters/c.pdf")
    (tmp_path / "letters" / "c.yml").write_text("title: C")
    one, out = make_pdf(COMMENTS, name="a.pdf"), tmp_path / "out"
    result = besshi("run", one, tmp_path / "letters", "--out", out)
    assert result.exit_code == 0
    assert comments_of(out, "a") == comments_of(out, "b") == [FIRST[1], SECOND[1]]
    assert comments_of(out, "c") == [THIRD[1]]
    assert len(list((out / "records").iterdir())) == 3


def test_stdout_is_for_data(make_pdf: MakePdf, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = besshi("run", make_pdf(COMMENTS), "--out", out)
    assert result.stdout == ""
    assert result.stderr == (f"run: annexes 1, records 2, failed 0\nrecords: {out / 'records'}\n")


def test_a_run_into_an_existing_folder_keeps_the_issues_of_others(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert besshi("run", make_pdf(letter, name="b.pdf"), "--out", out).exit_code == 0
    assert besshi("run", make_pdf(letter, name="a.pdf"), "--out", out).exit_code == 0
    issues = [(row["annex"], row["code"]) for row in read_rows(out / "issues.parquet")]
    assert issues == [("a", "no_comment_table"), ("b", "no_comment_table")]
    assert besshi("run", make_pdf(COMMENTS, name="b.pdf"), "--out", out).exit_code == 0
    assert [row["annex"] for row in read_rows(out / "issues.parquet")] == ["a"]
    assert comments_of(out, "a") == []


def test_keep_going_passes_over_what_failed(make_pdf: MakePdf, tmp_path: Path) -> None:
    write_nothing(tmp_path / "bad.pdf", make_pdf)
    result = besshi("run", tmp_path / "bad.pdf", "--out", tmp_path / "out", "--keep-going")
    assert result.exit_code == 0
    assert "bad.pdf: is empty" in result.stderr
    assert [row["annex"] for row in read_rows(tmp_path / "out" / "issues.parquet")] == ["bad"]


def test_the_exit_code_and_one_line_reach_the_shell(tmp_path: Path) -> None:
    missing = tmp_path / "missing.pdf"
    done = python(f"from pipeline.commands.app import main; main(['run', {str(missing)!r}])")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr == f"besshi: {missing}: there is no such file or folder; check the path\n"


@pytest.mark.slow
def test_a_reader_of_stdout_that_has_enough_is_no_error(failing_run: Path) -> None:
    """`besshi summary | head -0`: no line on stderr about a broken pipe."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                f"from pipeline.commands.app import main; main(['summary', {str(failing_run)!r}])",
            ],
            cwd=ROOT,
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert "besshi" not in done.stderr
