"""Runs over many annexes: on any number of processes, again, after a change, over what breaks."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch import plan as plan_module
from pipeline.batch import process_annex as annex_module
from pipeline.batch.discovery import find_annexes
from pipeline.batch.executor import Options
from pipeline.batch.manifest import read_manifest
from pipeline.batch.plan import plan
from pipeline.batch.process_annex import do_annex_elsewhere
from pipeline.batch.process_pool import Loss, work_on
from pipeline.batch.resource_limits import Limits
from pipeline.batch.run import carry_out
from pipeline.batch.tasks import Job, Task
from pipeline.errors import AnnexError, BesshiError
from pipeline.files import LocalFolder, open_folder
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
    letter,
    ruled_table,
)
from tests.support.pdfs import OTA, MakePdf

LIMITS = Limits(seconds=30)


# --- the crew: functions that its processes find in this module


def double(number: int) -> int:
    print("this goes to stderr, not between the answers")
    return 2 * number


def stumble(number: int) -> int:
    """What may become of an annex."""
    if number == 1:
        os._exit(9)
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 3:
        time.sleep(60)
    if number == 4:
        return len(bytearray(2_000_000_000))
    if number == 5:
        os.kill(os.getpid(), signal.SIGSEGV)
    if number == 6:
        os.abort()
    return number


def leave_a_child(named: Path) -> int:
    """Ends while a process that it started, as those that read scans, has its pipes."""
    if child := os.fork():
        named.write_text(str(child))
        os._exit(1)
    time.sleep(600)
    return 0


def refuse(number: int) -> int:
    raise AnnexError(f"{number} is refused")


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_crew_does_everything_once(jobs: int) -> None:
    assert sorted(work_on(double, range(7), jobs, LIMITS)) == [2 * n for n in range(7)]  # type: ignore[type-var]


@pytest.mark.slow
def test_what_ends_a_process_costs_its_item_only() -> None:
    limits = Limits(seconds=2, megabytes=1000)  # the others need next to none of it
    made = list(work_on(stumble, range(9), 2, limits))
    lost = {loss.item: loss.error for loss in made if isinstance(loss, Loss)}
    assert sorted(value for value in made if not isinstance(value, Loss)) == [0, 7, 8]
    assert {item: error.code for item, error in lost.items()} == {
        1: "crashed",
        2: "crashed",
        3: "too_slow",
        4: "out_of_memory",
        5: "crashed",
        6: "crashed",
    }
    assert "exit status 9" in str(lost[1])
    assert "want of memory; try with fewer --jobs" in str(lost[2])
    assert "longer than 2 seconds a page; give more with --timeout" in str(lost[3])
    assert "--memory" in str(lost[4])
    assert "SIGSEGV" in str(lost[5])
    assert "SIGABRT" in str(lost[6])
    assert "give more with --memory" in str(lost[6])


@pytest.mark.slow
def test_a_process_that_leaves_a_child_behind_is_not_waited_for(tmp_path: Path) -> None:
    (loss,) = work_on(leave_a_child, [tmp_path / "child"], 1, LIMITS)
    assert isinstance(loss, Loss)
    os.kill(int((tmp_path / "child").read_text()), signal.SIGKILL)  # it is still there


@pytest.mark.slow
def test_what_the_work_raises_ends_the_run() -> None:
    with pytest.raises(AnnexError, match="is refused"):
        list(work_on(refuse, range(3), 2, LIMITS))


@pytest.mark.slow
def test_a_crew_takes_items_as_it_needs_them() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    coming = work_on(double, items(), 2, LIMITS)
    assert next(coming) in (0, 2)
    coming.close()
    assert len(taken) <= 4


# --- only what changed


@pytest.fixture
def archive(make_pdf: MakePdf, tmp_path: Path) -> Path:
    """Three annexes in a folder; files so old that their hashes may be remembered."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    make_pdf(COMMENTS, name="in/good.pdf")
    make_pdf(ruled_table(HEADER, THIRD), name="in/deep/third.pdf")
    make_pdf(letter, name="in/letter.pdf")
    (folder / "letter.yml").write_text("title: a letter\n", encoding="utf-8")
    return folder


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The annexes whose work was done, in order."""
    names: list[str] = []
    write = annex_module.write_results

    def watch(job: Job, task: Task, *rest: object) -> object:
        names.append(task.source.annex)
        return write(job, task, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(annex_module, "write_results", watch)
    return names


def again(done: list[str], *arguments: object) -> list[str]:
    """What a run does."""
    done.clear()
    assert besshi("run", *arguments).exit_code == 0
    return sorted(done)


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
    batch = plan("run", found, str(tmp_path / "out"), Options(jobs=0))
    assert do_annex_elsewhere(batch.job, batch.tasks[0]).worked
    with pytest.raises(BesshiError, match=r"install the same requirements\.lock on all"):
        do_annex_elsewhere(replace(batch.job, code="another"), batch.tasks[0])


def test_files_are_hashed_once(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand annexes that are done are not even read."""
    out, reads = tmp_path / "out", []
    monkeypatch.setattr("pipeline.batch.hash_cache._TICK", 0.0)
    besshi("run", archive, "--out", out)
    read_file = annex_module.read_file

    def watch(address: str) -> bytes:
        reads.append(address)
        return read_file(address)

    monkeypatch.setattr(annex_module, "read_file", watch)
    besshi("run", archive, "--out", out)
    assert reads == []


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
    batch = plan("run", find_annexes([str(archive)]), str(out), Options(jobs=0))
    assert len(list(carry_out(batch))) == 3
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
    assert len(found.sources) == 3
    assert {str(Path(folder).relative_to(archive)) for folder in found.skipped} == {
        "env",
        *(f"deep/{name}" for name in (".git", "node_modules", "__pycache__")),
    }
    hidden = archive / "deep" / ".git"
    assert len(find_annexes([str(hidden)]).sources) == 1  # it was named itself


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


# --- on processes


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
    assert result.stderr.splitlines()[-1].startswith("besshi: not read: good, letter, third;")
    (row,) = issues_of(out, "good")
    assert (row["level"], row["stage"], row["code"]) == ("error", "extract", "too_slow")
    assert row["message"].startswith(f"{archive / 'good.pdf'}: took longer than")
    assert files_of(out, "good") == []
    assert again(done, archive, "--out", out) == ["good", "letter", "third"]
    assert_whole(out, "good")


def test_memory_that_an_annex_may_not_have(archive: Path, tmp_path: Path) -> None:
    """So little that not even Python finds room: whatever gives way, it is told of the annex."""
    result = besshi("run", archive, "--out", tmp_path, "--jobs", 1, "--memory", 60)
    assert result.exit_code == 4
    assert {row["code"] for row in read_rows(tmp_path / "issues.parquet")} <= {
        "out_of_memory",
        "crashed",
        "internal",
    }


# --- elsewhere


@pytest.fixture
def remote(archive: Path) -> Iterator[str]:
    """The archive on a file system that is not this machine's."""
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.put(str(archive), "/bucket/in", recursive=True)
    yield "memory://bucket"
    memory.rm("/bucket", recursive=True)


def copied(address: str, to: Path) -> Path:
    import fsspec

    fsspec.filesystem("memory").get(address.removeprefix("memory:/") + "/", str(to), recursive=True)
    return to


def test_files_elsewhere_are_the_same(archive: Path, remote: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    assert besshi("run", archive, "--out", here).exit_code == 0
    result = besshi("run", f"{remote}/in", "--out", f"{remote}/out")
    assert result.exit_code == 0, result.stderr
    there = contents(copied(f"{remote}/out", tmp_path / "there"))
    assert there.keys() == contents(here).keys()
    datasets = {name for name in there if name != "issues.parquet"}
    assert {name: there[name] for name in datasets} == {
        name: data for name, data in contents(here).items() if name in datasets
    }


def test_elsewhere_too_only_what_changed_is_done(remote: str, done: list[str]) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    where = (f"{remote}/in", "--out", f"{remote}/out")
    assert again(done, *where) == ["good", "letter", "third"]
    assert again(done, *where) == []
    memory.pipe("/bucket/in/letter.yml", b"title: changed")
    assert again(done, *where) == ["letter"]
    memory.rm("/bucket/in/letter.pdf")
    assert again(done, *where) == []
    assert sorted(open_folder(f"{remote}/out").sizes("records")) == [
        "records/good.parquet",
        "records/third.parquet",
    ]


def test_elsewhere_too_folders_of_programs_are_not_searched(remote: str) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for name in (".cache/a.pdf", "env/pyvenv.cfg", "env/lib/b.pdf", "node_modules/x/c.pdf"):
        memory.pipe(f"/bucket/in/deep/{name}", b"%PDF-")
    found = find_annexes([f"{remote}/in"])
    assert len(found.sources) == 3
    assert [folder.rpartition("/")[2] for folder in found.skipped] == [
        ".cache",
        "env",
        "node_modules",
    ]
    assert len(find_annexes([f"{remote}/in/deep/.cache"]).sources) == 1


def test_a_file_elsewhere_is_renamed_into_its_place(tmp_path: Path) -> None:
    """On file systems that show a file while it grows."""
    folder = open_folder(f"local://{tmp_path}")
    folder.write("a/b.txt", b"one")
    folder.write("a/b.txt", b"two")
    assert folder.read(["a/b.txt", "a/c.txt"]) == {"a/b.txt": b"two"}
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]
    folder.remove("a/b.txt")
    folder.remove("a/b.txt")
    assert folder.sizes("a") == folder.sizes("none") == {}


def test_a_scheme_that_nobody_knows(tmp_path: Path) -> None:
    result = besshi("run", "nosuch://bucket/in", "--out", tmp_path)
    assert result.exit_code == 3
    assert "nosuch://bucket/in: cannot be reached" in result.stderr
