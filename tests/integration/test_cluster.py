"""Runs on a real Dask scheduler with real workers over loopback."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.batch.manifest import MANIFEST_FOLDER
from tests.support.annexes import besshi, contents
from tests.support.pdfs import OTA

pytestmark = pytest.mark.cluster

PATIENCE = 60  # seconds, on a busy machine
ANNEXES = 6
BESSHI = (sys.executable, "-c", "from pipeline.commands.app import main; main()")


def wait_for(there: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def dask(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for number in range(ANNEXES):
        shutil.copy(OTA, folder / f"a{number}.pdf")
    (folder / "broken.pdf").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def parsed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process makes of it."""
    out = tmp_path_factory.mktemp("parsed")
    assert besshi("run", archive, "--out", out).exit_code == 4
    return out


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "scheduler.json"
    process = dask(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
        "--scheduler-file", str(file),
    )  # fmt: skip
    wait_for(file.exists)
    yield str(file)
    process.terminate()
    process.wait()


@pytest.fixture
def workers(scheduler: str, tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    started = [
        dask(
            "worker", "--scheduler-file", scheduler, "--nthreads", "1", "--no-nanny",
            "--no-dashboard", "--local-directory", str(tmp_path / f"worker{number}"),
        )
        for number in range(2)
    ]  # fmt: skip
    yield started
    for process in started:
        process.kill()
        process.wait()


def address(scheduler: str) -> str:
    return str(json.loads(Path(scheduler).read_text())["address"])


def children(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children()


def test_a_worker_that_is_killed_costs_nothing(
    archive: Path,
    parsed: Path,
    scheduler: str,
    workers: list[subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    run = subprocess.Popen(
        [*BESSHI, "run", str(archive), "--out", str(out), "--cluster", address(scheduler)],
        stderr=subprocess.PIPE,
        text=True,
    )
    victim = workers[0]
    wait_for(lambda: children(victim) and any((out / MANIFEST_FOLDER).glob("*.json")))
    orphans = children(victim)
    os.kill(victim.pid, signal.SIGKILL)
    assert run.poll() is None, "it was over before a worker was killed"
    _, said = run.communicate(timeout=3 * PATIENCE)
    assert run.returncode == 4, said
    assert f"run: annexes {ANNEXES + 1}, records {51 * ANNEXES}, failed 1" in said
    # Its processes end too, once they see that nobody listens.
    _, alive = psutil.wait_procs(orphans, PATIENCE)
    assert not alive
    again = besshi("run", archive, "--out", out)
    assert f"unchanged {ANNEXES + 1}\n" in again.stderr
    # Only now: the next run removes the file that a killed process was writing.
    assert contents(out) == contents(parsed)


def test_a_cluster_that_is_started_here(archive: Path, parsed: Path, tmp_path: Path) -> None:
    for some in ("a0.pdf", "broken.pdf"):
        shutil.copy(archive / some, tmp_path / some)
    result = besshi("run", tmp_path, "--out", tmp_path / "out", "--cluster", "local", "--jobs", 1)
    assert result.exit_code == 4, result.stderr
    assert "records 51, failed 1" in result.stderr
    made = contents(tmp_path / "out")
    assert made["records/a0.parquet"] == contents(parsed)["records/a0.parquet"]


def test_a_scheduler_that_is_not_there(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.batch.dask_cluster.CONNECT_TIMEOUT", "0.5s")
    result = besshi("run", archive, "--out", tmp_path, "--cluster", "tcp://127.0.0.1:9")
    assert result.exit_code == 3
    assert "no scheduler answers" in result.stderr
    assert "dask scheduler" in result.stderr
