"""How fast besshi is, how much memory it takes, and how that grows.

python -m benchmarks.speed [ROW …] [--pages N N N] [--annexes N] [--done N] [--repeat N]

A Markdown table to stdout, progress to stderr. Every figure is a ratio of two measurements of this
run, since machines differ: CPU seconds of a whole process and all that it starts (wall time where
the row says so), the best of some repetitions, their turns taken in alternation. Only `start` and
`review` give seconds: what a short annex costs, and what a person waits for.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice, pairwise
from pathlib import Path

import pypdf

from benchmarks.usage import ROOT, Usage, measure

SOURCE = ROOT / "tests" / "layouts" / "ota_annex_calc.pdf"  # 16 pages
SMALL, SHORT = (16, 80), 10  # pages given to the slowest tools, and those of a short annex
TOOLS = ROOT / ".venv-bench" / "bin" / "python"
BESSHI = (sys.executable, "-m", "besshi")
ONE_CORE = ("--jobs", "1")


Measured = Callable[[], Usage]
CACHE = Path(tempfile.gettempdir()) / f"besshi-speed-{os.getpid()}"
"""What besshi remembers of these files."""


def compare(repeat: int, *measured: Measured) -> list[Usage]:
    """The best of some repetitions of each, in turns: what slows the machine down slows all."""
    best = [run() for run in measured]
    for _ in range(repeat - 1):
        best = [kept.best(run()) for kept, run in zip(best, measured, strict=True)]
    return best


def write_pages(path: Path, count: int) -> Path:
    """The pages of the annex over and over, `count` in all."""
    if not path.exists():
        writer = pypdf.PdfWriter()
        for page in islice(cycle(pypdf.PdfReader(SOURCE).pages), count):
            writer.add_page(page)
        writer.write(path)
    return path


@dataclass(frozen=True, slots=True)
class Bench:
    """How large, and where."""

    scratch: Path
    pages: tuple[int, int, int]
    annexes: int
    done: int
    repeat: int

    def pdf(self, pages: int) -> Path:
        """A PDF of so many pages."""
        return write_pages(self.scratch / f"pages{pages}.pdf", pages)

    def besshi(self, command: str, *arguments: str | Path, jobs: int = 1) -> Measured:
        """A command of besshi, into a new folder each time."""

        def run() -> Usage:
            with tempfile.TemporaryDirectory(dir=self.scratch) as out:
                made = (*BESSHI, command, *arguments, "--out", out, "--jobs", str(jobs))
                return measure(made, CACHE)

        return run

    def tool(self, name: str, pdf: Path) -> Measured:
        """Another tool's tables of a PDF."""
        python = sys.executable if name == "pdfplumber" else str(TOOLS)
        return lambda: measure((python, "-m", "benchmarks.tools", name, pdf), CACHE)


@cache
def run_once(bench: Bench, pages: int) -> Usage:
    """What `besshi run` takes for so many pages, measured once for all rows."""
    return bench.besshi("run", bench.pdf(pages))()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    asked: str
    found: str


def against_pdfplumber(bench: Bench) -> Iterator[Row]:
    """The whole of besshi, and its first stage, against finding tables alone."""
    pdf = bench.pdf(bench.pages[1])
    other, whole, extract = compare(
        bench.repeat,
        bench.tool("pdfplumber", pdf),
        bench.besshi("run", pdf),
        bench.besshi("extract", pdf),
    )
    of = f"{bench.pages[1]} pages, against pdfplumber's `extract_tables`"
    yield Row(f"`besshi run`, {of}", "≥ 5 ×", f"{other.cpu / whole.cpu:.1f} × as fast")
    yield Row(f"`besshi extract`, {of}", "≥ 10 ×", f"{other.cpu / extract.cpu:.1f} × as fast")


def from_the_start(bench: Bench) -> Iterator[Row]:
    """A short annex: most of its time is imports."""
    (whole,) = compare(bench.repeat, bench.besshi("run", bench.pdf(SHORT)))
    yield Row(f"`besshi run`, {SHORT} pages, CPU seconds", "≤ 0.7 s", f"{whole.cpu:.2f} s")


def against_poppler(bench: Bench) -> Iterator[Row]:
    """The first stage against a text extractor in C++."""
    if shutil.which("pdftotext") is None:
        print("pdftotext is left out: it is not installed (poppler-utils)", file=sys.stderr)
        return
    pdf, words = bench.pdf(bench.pages[1]), bench.scratch / "words.html"
    other, extract = compare(
        bench.repeat,
        lambda: measure(("pdftotext", "-bbox", pdf, words), CACHE),
        bench.besshi("extract", pdf),
    )
    what = f"`besshi extract`, {bench.pages[1]} pages, against `pdftotext -bbox`"
    yield Row(what, "≤ 3 ×", f"{extract.cpu / other.cpu:.1f} × its time")


def against_tools(bench: Bench) -> Iterator[Row]:
    """The whole of besshi against tools that find tables; the slowest read some pages."""
    pages = bench.pages[1]
    whole = bench.besshi("run", bench.pdf(pages))()
    for name in ("camelot", "tabula", "pymupdf"):
        sizes = (pages,) if name == "tabula" else SMALL
        try:
            used = [bench.tool(name, bench.pdf(size))() for size in sizes]
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name} is left out: {error}; do `make compare` first", file=sys.stderr)
            continue
        each = (used[-1].cpu - used[0].cpu) / max(sizes[-1] - sizes[0], 1)
        scaled = used[-1].cpu + each * (pages - sizes[-1])
        scale = f", scaled from {sizes[-1]} pages" if sizes[-1] < pages else ""
        what = f"`besshi run`, {pages} pages, against {name}{scale}"
        yield Row(what, "faster", f"{scaled / whole.cpu:.1f} × as fast")


def on_two_processes(bench: Bench) -> Iterator[Row]:
    """Many annexes, and a long one, on two processes, by the clock."""
    folder = bench.scratch / "annexes"
    folder.mkdir()
    for number in range(bench.annexes):
        shutil.copy(SOURCE, folder / f"a{number:04}.pdf")
    for read, of, asked in (
        (folder, f"{bench.annexes} annexes of 16 pages", "≥ 1.84 ×"),
        (bench.pdf(bench.pages[1]), f"one annex of {bench.pages[1]} pages", "≥ 1.6 ×"),
    ):
        one, two = compare(bench.repeat, *(bench.besshi("run", read, jobs=n) for n in (1, 2)))
        what = f"2 processes against 1, {of}, wall time"
        yield Row(what, asked, f"{one.wall / two.wall:.2f} × as fast")


def memory(bench: Bench) -> Iterator[Row]:
    """The largest process of a short annex, and of ones ten and a hundred times as long.

    Most of a short one are files that all processes share: libraries, and the dictionary.
    """
    used = [run_once(bench, pages) for pages in bench.pages]
    what = f"peak memory, {' → '.join(map(str, bench.pages))} pages"
    asked = f"≤ 1.2 × each, {bench.pages[1]}: ≤ 300 MB"
    yield Row(what, asked, _list_megabytes([each.largest for each in used]))
    yield Row(f"{what}, without mapped files", "–", _list_megabytes([u.private for u in used]))


def _list_megabytes(found: Sequence[float]) -> str:
    growth = " : ".join(f"{after / max(before, 1.0):.2f}" for before, after in pairwise(found))
    return f"{' → '.join(f'{each:,.0f}' for each in found)} MB, {growth} ×"


def one_among_many(bench: Bench) -> Iterator[Row]:
    """One more annex, where many are done, against that annex alone."""
    folder, out = bench.scratch / "many", bench.scratch / "out"
    folder.mkdir()
    first = bench.pdf(1)
    for number in range(bench.done):
        shutil.copy(first, folder / f"a{number:05}.pdf")
    measure((*BESSHI, "run", folder, "--out", out), CACHE)
    added = iter(range(bench.repeat))

    def one_more() -> Usage:
        shutil.copy(SOURCE, folder / f"new{next(added)}.pdf")
        return measure((*BESSHI, "run", folder, "--out", out, *ONE_CORE), CACHE)

    alone, more = compare(bench.repeat, bench.besshi("run", SOURCE), one_more)
    what = f"one new annex of 16 pages among {bench.done} done ones, against that annex alone"
    yield Row(what, "≤ 3 ×", f"{more.cpu / alone.cpu:.2f} × its time")


def growth(bench: Bench) -> Iterator[Row]:
    """The time of a page, what every run takes to begin left out."""
    begin, *used = (run_once(bench, pages) for pages in (1, *bench.pages))
    each = [(u.cpu - begin.cpu) / (n - 1) for u, n in zip(used, bench.pages, strict=True)]
    found = " : ".join(f"{cpu / each[0]:.2f}" for cpu in each)
    what = f"time of a page, {' → '.join(map(str, bench.pages))} pages, without a run's beginning"
    yield Row(what, "within 15 %", found)


def served_review(bench: Bench) -> Iterator[Row]:
    """What a person waits for who reviews a long annex: by the clock, so of a machine at rest."""
    if shutil.which("chromium") is None:
        print("review is left out: chromium is not installed", file=sys.stderr)
        return
    from benchmarks.served import measure_review

    project = bench.scratch / "project"
    (project / "raw_pdfs").mkdir(parents=True)
    shutil.copy(bench.pdf(bench.pages[1]), project / "raw_pdfs")
    measure((*BESSHI, "run", project / "raw_pdfs", "--out", project / "parsed"), CACHE)
    asked = {"the first record": "< 2 s", "a save": "< 1 s"}
    for what, waited in measure_review(BESSHI, project).items():
        of = f"`besshi review --serve`, {bench.pages[1]} pages, in Chromium: {what}"
        yield Row(of, asked.get(what, "–"), str(waited))


ROWS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "start": from_the_start,
    "pdfplumber": against_pdfplumber,
    "poppler": against_poppler,
    "tools": against_tools,
    "processes": on_two_processes,
    "memory": memory,
    "one": one_among_many,
    "growth": growth,
    "review": served_review,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, measure and print the table."""
    options = _parser().parse_args(arguments)
    if unknown := set(options.rows) - ROWS.keys():
        raise SystemExit(f"no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    print("| what | asked | measured |\n|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="besshi-speed-") as scratch:
        bench = Bench(
            Path(scratch), tuple(options.pages), options.annexes, options.done, options.repeat
        )
        for name in options.rows or ROWS:
            for row in ROWS[name](bench):
                print(f"| {row.what} | {row.asked} | {row.found} |", flush=True)
    shutil.rmtree(CACHE, ignore_errors=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)} (all)")
    parser.add_argument("--pages", nargs=3, type=int, default=(40, 400, 4000))
    parser.add_argument("--annexes", type=int, default=40, help="for processes (%(default)s)")
    parser.add_argument("--done", type=int, default=1000, help="annexes (%(default)s)")
    parser.add_argument("--repeat", type=int, default=3, help="(%(default)s)")
    return parser


if __name__ == "__main__":
    main()
