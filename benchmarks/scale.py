"""What many annexes cost: time, memory and files of each step over an archive of copies.

python -m benchmarks.scale [STEP …] [--annexes N] [--jobs N] [--keep FOLDER]

The steps follow each other: run, compact, verify, query, dask. A Markdown table to stdout, progress
to stderr. CPU seconds are of a process and all that it starts; on a cluster also of its scheduler
and workers. The memory is the peak of a process: of the command itself, which knows all annexes,
and of the largest of those that work for it.
"""

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pypdf

from benchmarks.speed import BESSHI, SOURCE
from benchmarks.usage import MEGABYTE, ROOT, Usage, measure, read_memory

_PER_FOLDER = 1000
"""Copies in a folder of the archive."""
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Archive:
    """Where everything is."""

    annexes: int
    jobs: int
    scratch: Path

    @property
    def pdfs(self) -> Path:
        """The copies."""
        return self.scratch / "raw_pdfs"

    @property
    def parsed(self) -> Path:
        """What `run` writes."""
        return self.scratch / "parsed"

    @property
    def jobs_option(self) -> tuple[str, str]:
        """For a command that uses processes."""
        return "--jobs", str(self.jobs)

    @property
    def folders(self) -> tuple[tuple[Path, str], ...]:
        """What can be checked and asked."""
        return (self.parsed, "over the annexes"), (self.merged, "over the parts")

    @property
    def merged(self) -> Path:
        """What `compact` writes."""
        return self.parsed / "dataset"

    def besshi(self, *arguments: str | Path) -> Usage:
        """Run a command of besshi.

        Raises:
            CalledProcessError: It failed.
        """
        return measure((*BESSHI, *arguments), self.scratch / "cache")


def write_copies(archive: Archive) -> None:
    """Write the annexes: one page again and again, but for a last line that PDF ignores."""
    writer, content = pypdf.PdfWriter(), io.BytesIO()
    writer.add_page(pypdf.PdfReader(SOURCE).pages[0])
    writer.write(content)
    for number in range(archive.annexes):
        path = archive.pdfs / f"{number // _PER_FOLDER:04}" / f"a{number:07}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.getvalue() + b"%% %d\n" % number)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    taken: Usage
    note: str = ""

    def describe(self, annexes: int) -> str:
        """It as Markdown; the CPU time also for each annex."""
        taken = self.taken
        times = f"{taken.wall:.1f} s | {taken.cpu:.1f} s | {taken.cpu / annexes * 1000:.1f} ms"
        return (
            f"| {self.what} | {times} | {taken.own:.0f} MB | {taken.largest:.0f} MB | {self.note} |"
        )


def measure_run(archive: Archive) -> Iterator[Row]:
    """All annexes, then again where nothing is to do, then with one new annex."""
    run = ("run", archive.pdfs, "--out", archive.parsed, *archive.jobs_option)
    yield Row(f"`run`, {archive.jobs} processes", archive.besshi(*run), _count(archive.parsed))
    yield Row("`run` again: nothing to do", archive.besshi(*run))
    new = next(archive.pdfs.glob("*/*.pdf")).read_bytes() + b"%% new\n"
    (archive.pdfs / "new.pdf").write_bytes(new)
    yield Row("`run` again: one new annex", archive.besshi(*run))


def measure_compact(archive: Archive) -> Iterator[Row]:
    """Merging, and again where nothing is to do."""
    compact = ("compact", archive.parsed, *archive.jobs_option)
    yield Row("`compact`", archive.besshi(*compact), _count(archive.merged))
    yield Row("`compact` again: nothing to do", archive.besshi(*compact))


def measure_verify(archive: Archive) -> Iterator[Row]:
    """Checking the files of the annexes, and those that they were merged into."""
    for folder, what in archive.folders:
        yield Row(f"`verify` {what}", archive.besshi("verify", folder, *archive.jobs_option))


def measure_query(archive: Archive) -> Iterator[Row]:
    """Asking the files of the annexes, and those that they were merged into."""
    for folder, what in archive.folders:
        for name, sql in QUERIES.items():
            taken = archive.besshi("query", sql, "--records", folder)
            yield Row(f"`query` {what}: {name}", taken)


QUERIES = {
    "records by kind": "SELECT revision_kind, count(*) FROM records GROUP BY ALL",
    "records with a word": "SELECT count(*) FROM search('特定個人情報')",
}


def _count(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / MEGABYTE
    used = sum(path.stat().st_blocks for path in files) * 512 / MEGABYTE
    return f"{len(files):,} files, {size:,.0f} MB ({used:,.0f} MB of disk)"


def measure_cluster(archive: Archive) -> Iterator[Row]:
    """`run` on a Dask scheduler and two workers of this machine."""
    out = archive.scratch / "parsed_by_cluster"
    with _cluster(archive.scratch) as (address, processes):
        run = ("run", archive.pdfs, "--out", out, "--cluster", address)
        taken = archive.besshi(*run)
        scheduler, *workers = (psutil.Process(process.pid) for process in processes)
        everything = [
            scheduler,
            *workers,
            *(c for w in workers for c in w.children(recursive=True)),
        ]
        cpu = taken.cpu + sum(sum(process.cpu_times()[:2]) for process in everything)
        peaks = [read_memory(process.pid, "VmHWM") for process in everything]
    what = f"`run` on a cluster of {WORKERS} workers"
    note = f"scheduler {peaks[0]:.0f} MB, a worker {max(peaks[1 : 1 + WORKERS]):.0f} MB"
    yield Row(what, replace(taken, cpu=cpu, largest=max(peaks)), note)


@contextlib.contextmanager
def _cluster(scratch: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """Address of a scheduler; its process and those of its workers."""
    file = scratch / "scheduler.json"
    environment = {**os.environ, "BESSHI_CACHE": str(scratch / "cache")}

    def start(*arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip

    scheduler = start(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)
    )
    processes = [scheduler]
    try:
        while not file.exists():
            time.sleep(0.1)
        options = ("--scheduler-file", str(file), "--nthreads", "1", "--no-nanny")
        folders = [str(scratch / f"worker{number}") for number in range(WORKERS)]
        processes += [start("worker", *options, "--local-directory", f) for f in folders]
        yield json.loads(file.read_text())["address"], processes
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


STEPS = {
    "run": measure_run,
    "compact": measure_compact,
    "verify": measure_verify,
    "query": measure_query,
    "dask": measure_cluster,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, measure and print the table."""
    options = _parser().parse_args(arguments)
    with contextlib.ExitStack() as stack:
        folder = options.keep or stack.enter_context(
            tempfile.TemporaryDirectory(prefix="besshi-scale-")
        )
        archive = Archive(options.annexes, options.jobs, Path(folder))
        if not archive.pdfs.exists():
            write_copies(archive)
        print("| what | time | CPU | an annex | memory | of the largest process | |")
        print("|---|---|---|---|---|---|---|")
        for step in options.steps or STEPS:
            for row in STEPS[step](archive):
                print(row.describe(archive.annexes), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument(
        "steps",
        nargs="*",
        choices=[*STEPS, []],
        metavar="STEP",
        help=f"of {', '.join(STEPS)} (all)",
    )
    parser.add_argument("--annexes", type=int, default=1000, help="(%(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (%(default)s)")
    parser.add_argument(
        "--keep", type=Path, help="work in this folder and leave it: for other steps"
    )
    return parser


if __name__ == "__main__":
    main()
