"""Runs that are ended by anything: what is there is whole, and the next run completes it."""

import ctypes
import errno
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.discovery import find_annexes
from pipeline.batch.executor import BatchOptions
from pipeline.batch.manifest import MANIFEST_FOLDER, RUN_FOLDERS, lock_results
from pipeline.batch.plan import plan
from pipeline.batch.run import run_batch
from pipeline.commands.verify.folder import verify
from pipeline.errors import BusyError
from pipeline.files import atomic as writing
from pipeline.files.atomic import lock_folder, write_atomically
from pipeline.files.parquet import DATASETS, read_rows
from tests.support.annexes import START, besshi
from tests.support.pdfs import ROOT
from tools.kills import Tally, compare, find_torn, prepare, small_archive, try_all

_CAP_DAC_OVERRIDE = 1  # linux/capability.h: the right of root to write where nobody may
_DROP_CAPABILITY = 24  # prctl(2): PR_CAPBSET_DROP
PATIENCE = 60  # seconds, on a busy machine; who waits for longer waits in vain
SLOWLY = [
    sys.executable,
    "-P",
    "-c",
    "from tests.support.processes import be_slow; be_slow(); "
    "from pipeline.commands.app import main; main()",
]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return small_archive(tmp_path / "in")


@pytest.fixture
def right(archive: Path, tmp_path: Path) -> Path:
    """What an undisturbed run writes."""
    assert besshi("run", archive, "--out", tmp_path / "right").exit_code == 0
    return tmp_path / "right"


def start(*arguments: object, **how: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*START, *map(str, arguments)], cwd=ROOT, text=True, stderr=subprocess.PIPE, **how
    )


def assert_completes(archive: Path, out: Path, right: Path) -> None:
    assert find_torn(out) == []
    result = besshi("run", archive, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert compare(out, right) == []


# --- killed


@pytest.mark.slow
def test_a_few_commands_killed_at_random(archive: Path, tmp_path: Path) -> None:
    """`python -m tools.kills` does two hundred."""
    commands = prepare(archive, tmp_path)
    total = Tally()
    for tally in try_all(commands, tmp_path, 4, random.Random(3)):
        total.kills += tally.kills
        total.wrong += tally.wrong
    assert total.kills >= 4
    assert total.wrong == []


def run_to_step(archive: Path, out: Path, step: int) -> bool:
    """Run in a process that kills itself as it is about to do a step with the folder's files.

    Returns:
        Whether there were so many steps.
    """
    child = os.fork()
    if child == 0:
        left = [step]

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            if event in _STEPS and arguments and str(out) in str(arguments[0]):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        with lock_results(str(out)):
            batch = plan("run", find_annexes([str(archive)]), str(out), BatchOptions(jobs=0))
            list(run_batch(batch))
        os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


_STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod"}


@pytest.mark.slow
def test_a_run_killed_at_a_step(archive: Path, right: Path, tmp_path: Path) -> None:
    """About 60 there are for two annexes: files opened, renamed, removed."""
    for annex in sorted(archive.iterdir())[3:]:
        annex.unlink()
    assert besshi("run", archive, "--out", right).exit_code == 0
    steps = random.Random(5).sample(range(1, 100), 12)
    killed = 0
    for step in steps:
        out = tmp_path / f"step{step}"
        killed += run_to_step(archive, out, step)
        assert_completes(archive, out, right)
    assert killed >= 8


@pytest.mark.slow
def test_a_worker_ends_with_its_run(archive: Path, tmp_path: Path) -> None:
    """Else it would write while the next run does."""
    process = subprocess.Popen(
        [*SLOWLY, "run", str(archive), "--out", str(tmp_path / "out"), "--jobs", "2"], cwd=ROOT
    )
    workers = wait_for(lambda: children(process.pid))
    process.kill()
    process.wait()
    assert wait_for(lambda: not any(map(is_alive, workers)))


def children(pid: int) -> list[int]:
    return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for(found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What is found, as soon as it is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("waited in vain")


# --- stopped


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_says_so_and_leaves_no_process(
    sent: signal.Signals, code: int, archive: Path, right: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [*SLOWLY, "run", str(archive), "--out", str(out), "--jobs", "2"],
        cwd=ROOT,
        text=True,
        stderr=subprocess.PIPE,
        # What a shell starts behind the scenes (`make test &`) is deaf to Ctrl-C, and so is this.
        preexec_fn=lambda: signal.signal(sent, signal.SIG_DFL),
    )
    workers = wait_for(lambda: found if len(found := children(process.pid)) == 2 else None)
    process.send_signal(sent)
    _, said = process.communicate(timeout=PATIENCE)  # its workers would go on for longer
    assert process.returncode == code
    assert said == (
        "besshi: stopped; the written results are complete; run the same command to continue\n"
    )
    # One that was being started ends with its parent, a moment later.
    assert wait_for(lambda: not any(map(is_alive, workers)))
    assert_completes(archive, out, right)


# --- a disk that takes no more


@pytest.mark.slow
@pytest.mark.parametrize("room", [100, 3_000, 8_000])
def test_a_full_disk(room: int, archive: Path, right: Path, tmp_path: Path) -> None:
    """No file may have more bytes: the system says it as it says that a disk is full."""
    out = tmp_path / "out"

    def leave_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    environment = os.environ | {"BESSHI_CACHE": ""}
    process = start(
        "run", archive, "--out", out, "--jobs", 1, preexec_fn=leave_room, env=environment
    )
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, said
    assert f"{out}/" in said
    assert "check the path, its permissions and the free space" in said
    assert ".part" not in said
    assert not list(out.rglob("*.part"))
    assert_completes(archive, out, right)


def test_a_full_disk_takes_no_workbook(right: Path, tmp_path: Path) -> None:
    def leave_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))

    out = tmp_path / "records.xlsx"
    process = start("export", right, "--to", "xlsx", "--out", out, preexec_fn=leave_room)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert said.startswith(f"besshi: {out}: File too large; check the path")


def test_a_disk_that_becomes_full_at_any_file(
    archive: Path, right: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, left = tmp_path / "out", [0]
    make = tempfile.mkstemp

    def fill_up(**how: Any) -> tuple[int, str]:
        handle, name = make(**how)
        left[0] -= writing.is_leftover(Path(name).name)
        if left[0] == 0:
            os.close(handle)
            Path(name).unlink()
            raise OSError(errno.ENOSPC, "No space left on device")
        return handle, name

    monkeypatch.setattr(tempfile, "mkstemp", fill_up)
    for count in (1, 4, 6, 9, 25, 26):
        left[0] = count
        result = besshi("run", archive, "--out", out, "--force")
        assert result.exit_code == 1, count
        assert result.stderr.startswith(f"besshi: {out}/")
        assert ": No space left on device; check the path" in result.stderr
        assert find_torn(out) == []
    left[0] = 0
    assert_completes(archive, out, right)


@pytest.mark.slow
def test_a_folder_that_may_not_be_written(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o555)

    def be_nobody() -> None:
        ctypes.CDLL(None).prctl(_DROP_CAPABILITY, _CAP_DAC_OVERRIDE)

    process = start("run", archive, "--out", out, "--jobs", 1, preexec_fn=be_nobody)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, said
    assert f"besshi: {out}/" in said
    assert ": Permission denied; check the path" in said
    assert "check the path, its permissions" in said
    assert list(out.iterdir()) == []


# --- two at once, and what the dead leave


def test_a_second_run_into_one_folder_is_told_to_wait(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with lock_folder(out):
        result = besshi("run", archive, "--out", out)
        other = besshi("run", archive, "--out", tmp_path / "other")
    assert result.exit_code == BusyError.exit_code
    assert result.stderr == (
        f"besshi: {out}: another besshi is writing here; wait until it has finished, "
        "or name another --out\n"
    )
    assert other.exit_code == 0
    assert besshi("run", archive, "--out", out).exit_code == 0


@pytest.mark.parametrize("folder", RUN_FOLDERS)
def test_a_run_sweeps_what_dead_runs_left(
    folder: str, archive: Path, right: Path, tmp_path: Path
) -> None:
    left, other = right / folder / ".besshi-a.part", right / "dataset" / ".besshi-a.part"
    for path in (left, other):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
    assert besshi("run", archive, "--out", right).exit_code == 0
    assert not left.exists()
    assert other.exists()  # another run may be writing it


def test_what_is_written_now_is_not_swept_where_nobody_is_kept_out(tmp_path: Path) -> None:
    young, old, own = (
        tmp_path / ".besshi-a.part",
        tmp_path / ".besshi-b.part",
        tmp_path / ".own.part",
    )
    for path in (young, old, own):
        path.write_bytes(b"half")
        os.utime(path, (0, 0))
    os.utime(young)
    write_atomically(tmp_path / "a.txt", lambda beside: beside.write_text("all"))
    assert sorted(tmp_path.iterdir()) == sorted([young, tmp_path / "a.txt", own])


def test_the_folders_of_a_run_are_known() -> None:
    assert set(RUN_FOLDERS) == {"", MANIFEST_FOLDER, *DATASETS}


def test_a_file_is_synced_before_it_has_its_name_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, rename = os.fsync, Path.replace

    def watch_sync(handle: int) -> None:
        done.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().suffix}")
        sync(handle)

    def watch_rename(self: Path, target: Path) -> Path:
        done.append(f"rename to {target.name}")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", watch_sync)
    monkeypatch.setattr(Path, "replace", watch_rename)
    write_atomically(tmp_path / "a.txt", lambda beside: beside.write_text("all"))
    assert done == ["sync .part", "rename to a.txt", "sync "]


def killed_at(step: int, *arguments: object) -> None:
    """Run besshi in a copy of this process, and let it die at the nth file renamed or removed."""
    child = os.fork()
    if child == 0:
        left = [step]

        def die(function: Callable[..., Any]) -> Callable[..., Any]:
            def do_step(*arguments: Any, **options: Any) -> Any:
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)
                return function(*arguments, **options)

            return do_step

        Path.replace = die(Path.replace)  # type: ignore[method-assign]
        Path.unlink = die(Path.unlink)  # type: ignore[method-assign]
        try:
            besshi(*arguments, "--jobs", "0")
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in (0, 9)


@pytest.mark.parametrize("step", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("change", ["gone", "broken", "changed"])
def test_what_was_begun_is_ended_whatever_becomes_of_the_pdf(
    step: int, change: str, archive: Path, right: Path, tmp_path: Path
) -> None:
    """A run is killed between a file and its entry; then the PDF is gone."""
    pdf = archive / "annex1.pdf"
    if change == "gone":
        pdf.unlink()
    else:
        pdf.write_bytes(b"%PDF" if change == "broken" else (archive / "annex0.pdf").read_bytes())
    killed_at(step, "run", archive, "--out", right)
    pdf.unlink(missing_ok=True)
    assert besshi("run", archive, "--out", right).exit_code == 0
    assert not list(right.rglob("annex1*"))
    assert list(verify(str(right))) == []


def test_compact_leaves_out_nothing_that_was_begun(archive: Path, right: Path) -> None:
    killed_at(3, "run", archive, "--out", right, "--force")
    result = besshi("compact", right)
    assert result.exit_code == 6
    assert "files of annex0 are missing; do `besshi run` again" in result.stderr
    assert (
        "incomplete results for: annex0; do `besshi run` again" in besshi("summary", right).stderr
    )


def test_what_a_stopped_run_left_is_answered_with_a_warning(right: Path) -> None:
    (right / "issues.parquet").unlink()
    result = besshi("query", "SELECT count(*) FROM records", "--records", right)
    assert result.exit_code == 0, result.stderr
    assert f"{right}: its run was stopped; do `besshi run` again" in result.stderr


def test_what_two_commands_wrote_does_not_stand_together(archive: Path, right: Path) -> None:
    assert besshi("compact", right).exit_code == 0
    for folder in (right / "dataset", right):
        other = "run" if folder.name == "dataset" else "extract"
        result = besshi(other, archive, "--out", folder)
        assert result.exit_code == 3
        assert "name another folder" in result.stderr
    assert list(verify(str(right))) == []


@pytest.mark.parametrize("option", [(), ("--force",)])
def test_issues_that_are_broken_are_written_anew(
    option: tuple[str, ...], archive: Path, right: Path
) -> None:
    whole = (right / "issues.parquet").read_bytes()
    (right / "issues.parquet").write_bytes(whole[:-7] if not option else whole[:-7] + b"?" * 7)
    assert besshi("run", archive, "--out", right, *option).exit_code == 0
    assert (right / "issues.parquet").read_bytes() == whole


def test_ctrl_c_while_besshi_is_still_being_imported() -> None:
    code = (
        "import builtins, signal, os\n"
        "take = builtins.__import__\n"
        "def stop(name, *rest):\n"
        "    if name == 'click': os.kill(os.getpid(), signal.SIGINT)\n"
        "    return take(name, *rest)\n"
        "builtins.__import__ = stop\n"
        "from pipeline.__main__ import main; main()\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # as above
    )
    assert process.returncode == 130
    assert process.stderr.startswith("besshi: stopped;")
    assert process.stderr.count("\n") == 1


def test_issues_are_completed(archive: Path, right: Path) -> None:
    issues = read_rows(right / "issues.parquet")
    (right / "issues.parquet").unlink()
    assert besshi("run", archive, "--out", right).exit_code == 0
    assert read_rows(right / "issues.parquet") == issues
