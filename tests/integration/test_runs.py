"""Runs over many annexes: on any number of processes, again, after a change, over what breaks."""

import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.batch import plan as plan_module
from pipeline.batch import process_annex as annex_module
from pipeline.batch.discovery import find_annexes
from pipeline.batch.executor import BatchOptions
from pipeline.batch.manifest import read_manifest
from pipeline.batch.plan import plan
from pipeline.batch.process_annex import process_annex_on_cluster
from pipeline.batch.run import process_batch, run_batch
from pipeline.errors import BesshiError
from pipeline.files import LocalFolder
from pipeline.files.parquet import read_rows
from tests.support.annexes import (
    COMMENTS,
    FIRST,
    HEADER,
    THIRD,
    assert_whole,
    besshi,
    comments_of,
    contents,
    files_of,
    issues_of,
    ruled_table,
)
from tests.support.pdfs import OTA, MakePdf
from tests.support.runs import again


def test_what_is_done_is_not_done_again(archive: Path, tmp_path: Path, done: list[str]) -> None:
    out = tmp_path / "out"
    assert again(done, archive, "--out", out) == ["good", "letter", "third"]
    first = contents(out)
    assert again(done, archive, "--out", out) == []
    assert again(done, archive, "--out", out, "--force") == ["good", "letter", "third"]
    assert contents(out) == first


def test_a_run_says_what_it_did_not_do(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second = (besshi("run", archive, "--out", out).stderr for _ in range(2))
    assert "run: annexes 3, records 3, failed 0\n" in first
    assert "besshi: warning: letter: " in first
    assert second == f"run: annexes 3, records 3, failed 0, unchanged 3\nrecords: {out}/records\n"


def test_a_run_counts_the_records_to_look_at(make_pdf: MakePdf, tmp_path: Path) -> None:
    cut = (
        ("1", "朝の交差点は車が多く、人を", "検討します。"),
        ("2", "置いてほしい。", "検討します。"),
    )
    pdf, out = make_pdf(ruled_table(HEADER, *cut)), tmp_path / "out"
    first, second = (besshi("run", pdf, "--out", out).stderr for _ in range(2))
    assert "run: annexes 1, records 2, failed 0, to look at 2\n" in first
    assert "run: annexes 1, records 2, failed 0, to look at 2, unchanged 1\n" in second


def test_only_what_changed_is_done(
    archive: Path, make_pdf: MakePdf, tmp_path: Path, done: list[str]
) -> None:
    out = tmp_path / "out"
    again(done, archive, "--out", out)
    make_pdf(ruled_table(HEADER, FIRST), name="in/new.pdf")
    assert again(done, archive, "--out", out) == ["new"]
    make_pdf(ruled_table(HEADER, FIRST, THIRD), name="in/good.pdf")
    assert again(done, archive, "--out", out) == ["good"]
    assert comments_of(out, "good") == [FIRST[1], THIRD[1]]
    (archive / "deep" / "third.yml").write_text("records: 1", encoding="utf-8")
    assert again(done, archive, "--out", out) == ["third"]
    (archive / "letter.yml").unlink()
    assert again(done, archive, "--out", out) == ["letter"]
    os.utime(archive / "good.pdf", (0, 0))
    assert again(done, archive, "--out", out) == []


def test_a_change_of_the_code_is_a_change(
    archive: Path, tmp_path: Path, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again(done, archive, "--out", tmp_path / "out")
    monkeypatch.setattr(plan_module, "fingerprint", lambda stage: f"another {stage}")
    assert again(done, archive, "--out", tmp_path / "out") == ["good", "letter", "third"]


def test_a_worker_with_another_besshi_is_refused(archive: Path, tmp_path: Path) -> None:
    found = find_annexes([str(archive)])
    batch = plan("run", found, str(tmp_path / "out"), BatchOptions(jobs=0))
    assert process_annex_on_cluster(batch.job, batch.tasks[0]).processed
    with pytest.raises(BesshiError, match=r"install the same requirements\.lock on all"):
        process_annex_on_cluster(replace(batch.job, code="another"), batch.tasks[0])


def test_files_are_hashed_once(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand annexes that are done are not even read."""
    out, reads = tmp_path / "out", []
    monkeypatch.setattr("pipeline.batch.hash_cache.CLOCK_TICK", 0.0)
    besshi("run", archive, "--out", out)
    read_file = annex_module.read_file

    def watch(address: str) -> bytes:
        reads.append(address)
        return read_file(address)

    monkeypatch.setattr(annex_module, "read_file", watch)
    besshi("run", archive, "--out", out)
    assert reads == []


def test_a_run_that_is_killed_has_kept_its_hashes(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next one reads all PDFs again: for hours, where they stand in an object store."""
    monkeypatch.setattr("pipeline.batch.hash_cache.CLOCK_TICK", 0.0)
    monkeypatch.setattr("pipeline.batch.hash_cache.SAVE_EVERY", 0.0)
    planned = partial(plan, "run", find_annexes([str(archive)]), str(tmp_path / "out"))
    unfinished = run_batch(planned(BatchOptions(jobs=0)))
    done = next(unfinished).entry.annex
    assert planned(BatchOptions()).unchanged == [done]


@pytest.mark.parametrize("damage", ["missing", "short", "entry", "torn entry"])
def test_what_is_not_whole_is_done_again(
    damage: str, archive: Path, tmp_path: Path, done: list[str]
) -> None:
    out = tmp_path / "out"
    again(done, archive, "--out", out)
    first = contents(out)
    tokens, entry = out / "tokens" / "good.parquet", out / "manifest" / "good.json"
    {
        "missing": tokens.unlink,
        "short": lambda: tokens.write_bytes(tokens.read_bytes()[:-1]),
        "entry": entry.unlink,
        "torn entry": lambda: entry.write_bytes(entry.read_bytes()[:100]),
    }[damage]()
    assert again(done, archive, "--out", out) == ["good"]
    assert contents(out) == first


def test_issues_that_an_ended_run_did_not_write_are_written(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch = plan("run", find_annexes([str(archive)]), str(out), BatchOptions(jobs=0))
    assert len(list(process_batch(batch))) == 3
    assert not (out / "issues.parquet").exists()  # ended here
    assert besshi("run", archive, "--out", out).exit_code == 0
    assert [row["annex"] for row in issues_of(out, "letter")] == ["letter"]


def test_an_annex_without_its_pdf_goes_from_the_records(
    archive: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    other = make_pdf(COMMENTS, name="other.pdf")
    assert besshi("run", archive, other, "--out", out).exit_code == 0
    (archive / "letter.pdf").unlink()
    (archive / "good.pdf").rename(archive / "deep" / "good.pdf")
    other.unlink()
    result = besshi("run", archive, "--out", out)
    assert "unchanged 2, removed 1 whose files are gone (letter)" in result.stderr
    assert files_of(out, "letter") == []
    assert issues_of(out, "letter") == []
    assert_whole(out, "good")
    assert_whole(out, "other")  # it was named by itself, and is not now
    assert set(read_manifest(LocalFolder(out))) == {"good", "other", "third"}


def test_folders_of_programs_are_not_searched(archive: Path, tmp_path: Path) -> None:
    """Environments hold PDFs too (matplotlib's), and hidden folders copies."""
    shutil.copytree(archive, archive / "env")
    (archive / "env" / "pyvenv.cfg").touch()
    for name in (".git", "node_modules", "__pycache__"):
        shutil.copytree(archive / "deep", archive / "deep" / name)
    found = find_annexes([str(archive)])
    assert len(found.annexes) == 3
    assert {str(Path(folder).relative_to(archive)) for folder in found.skipped} == {
        "env",
        *(f"deep/{name}" for name in (".git", "node_modules", "__pycache__")),
    }
    hidden = archive / "deep" / ".git"
    assert len(find_annexes([str(hidden)]).annexes) == 1  # it was named itself


def test_what_came_from_a_folder_that_is_not_searched_stays(
    archive: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    (archive / ".hidden").mkdir()
    other, out = make_pdf(COMMENTS, name="in/.hidden/other.pdf"), tmp_path / "out"
    assert besshi("run", other, archive, "--out", out).exit_code == 0
    assert "removed" not in besshi("run", archive, "--out", out).stderr
    assert_whole(out, "other")
    shutil.rmtree(archive / ".hidden")
    assert "(other)" in besshi("run", archive, "--out", out).stderr


def test_an_annex_that_was_moved_is_not_removed_with_its_old_folder(
    archive: Path, tmp_path: Path
) -> None:
    out, new = tmp_path / "out", tmp_path / "new"
    assert besshi("run", archive, "--out", out).exit_code == 0
    new.mkdir()
    (archive / "good.pdf").rename(new / "good.pdf")
    assert besshi("run", new, "--out", out).exit_code == 0
    assert besshi("run", archive, "--out", out).exit_code == 0
    assert_whole(out, "good")


def test_stages_do_only_what_changed(archive: Path, tmp_path: Path, done: list[str]) -> None:
    one, two, three = (tmp_path / stage for stage in "123")
    steps = (("extract", archive, one), ("segment", one, two), ("normalize", two, three))

    def go() -> list[tuple[str, list[str]]]:
        made = []
        for command, source, out in steps:
            done.clear()
            assert besshi(command, source, "--out", out).exit_code == 0
            made.append((command, sorted(done)))
        return made

    assert [names for _, names in go()] == [["good", "letter", "third"]] * 3
    assert [names for _, names in go()] == [[]] * 3
    shutil.copy(archive / "good.pdf", archive / "new.pdf")
    (archive / "letter.pdf").unlink()
    assert [names for _, names in go()] == [["new"]] * 3
    assert sorted(path.stem for path in (three / "records").iterdir()) == ["good", "new", "third"]


def test_a_failed_annex_is_remembered_and_fails_again(tmp_path: Path, done: list[str]) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no PDF")
    for work in (["bad"], []):
        done.clear()
        result = besshi("run", bad, "--out", tmp_path / "out")
        assert result.exit_code == 4
        assert f"besshi: error: {bad}: is no PDF" in result.stderr
        assert done == work


@pytest.mark.slow
def test_files_are_the_same_to_the_byte_for_any_number_of_processes(
    archive: Path, tmp_path: Path
) -> None:
    shutil.copy(OTA, archive)
    (archive / "broken.pdf").write_bytes(b"%PDF-1.7")
    for jobs in (0, 1, 2):
        assert besshi("run", archive, "--out", tmp_path / str(jobs), "--jobs", jobs).exit_code == 4
    assert contents(tmp_path / "0") == contents(tmp_path / "1") == contents(tmp_path / "2")


def test_a_stuck_annex_is_said_and_tried_again(
    archive: Path, tmp_path: Path, done: list[str]
) -> None:
    """Not one annex can be read in a millisecond."""
    out = tmp_path / "out"
    result = besshi("run", archive, "--out", out, "--jobs", 2, "--timeout", 0.001)
    assert result.exit_code == 4
    assert result.stderr.splitlines()[-1] == "besshi: not read: good, letter, third"
    (row,) = issues_of(out, "good")
    assert (row["level"], row["stage"], row["code"]) == ("error", "extract", "too_slow")
    assert row["message"].startswith(f"{archive / 'good.pdf'}: took longer than")
    assert files_of(out, "good") == []
    assert again(done, archive, "--out", out) == ["good", "letter", "third"]
    assert_whole(out, "good")


def test_memory_in_which_besshi_cannot_even_start(archive: Path, tmp_path: Path) -> None:
    result = besshi("run", archive, "--out", tmp_path / "out", "--memory", 60)
    assert result.exit_code == 2
    assert "60 MB is less than besshi needs to start; give at least 300" in result.stderr
    assert not (tmp_path / "out").exists()


def test_memory_that_an_annex_may_not_have(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So little that not even Python finds room: whatever gives way, it is told of the annex."""
    monkeypatch.setattr("pipeline.commands.options.LEAST_MEGABYTES", 0)
    result = besshi("run", archive, "--out", tmp_path, "--jobs", 1, "--memory", 60)
    assert result.exit_code == 4
    rows = list(read_rows(tmp_path / "issues.parquet"))
    assert {row["code"] for row in rows} <= {"out_of_memory", "crashed"}
    assert all("--memory" in row["message"] for row in rows)
