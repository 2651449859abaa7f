"""Ten thousand annexes cost ten thousand times one: nothing is looked through again for each."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec
import pyarrow.parquet as pq
import pytest

from pipeline.batch import dask_cluster
from pipeline.batch.discovery import find_annexes
from pipeline.batch.executor import BatchOptions
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.page_progress import ReachedPage
from pipeline.batch.plan import plan
from pipeline.batch.process_pool import run_in_processes
from pipeline.batch.resource_limits import Limits
from pipeline.commands import progress_display
from pipeline.commands.progress_display import ProgressDisplay
from pipeline.commands.verify.part_rows import split_by_annex
from pipeline.files.parquet import merge_files
from pipeline.files.parquet.uncached import UncachedDataset
from tests.support.annexes import COMMENTS, besshi
from tests.support.effort import counted_calls
from tests.support.pdfs import MakePdf

FEW, MORE, MANY = 4, 8, 16
_LISTINGS = ("os.listdir", "os.scandir")
_watched: list[Counter[str]] = []


def _note(event: str, _: tuple[object, ...]) -> None:
    for events in _watched:
        if event == "open" or event in _LISTINGS:
            events[event] += 1


sys.addaudithook(_note)  # it stays; it only counts while somebody watches


@contextmanager
def watched_files() -> Iterator[Counter[str]]:
    """Count the files that are opened and the folders that are listed."""
    _watched.append(events := Counter())
    try:
        yield events
    finally:
        _watched.remove(events)


def doubles(cost: Callable[[int], int], times: int = 1) -> bool:
    """Whether twice as many annexes more cost twice as much more (and a tenth for chance)."""
    few, more, many = (cost(count * times) for count in (FEW, MORE, MANY))
    return many - more <= 2.2 * (more - few)


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Path, Path]]:
    """Number of annexes → their folder, and what a run made of it."""
    made = {}
    for count in (FEW, MORE, MANY):
        folder = tmp_path_factory.mktemp("archive")
        for number in range(count):
            (folder / f"a{number:03}.pdf").write_bytes(b"no PDF %d" % number)
        assert besshi("run", folder, "--out", folder / "out", "--jobs", 0).exit_code == 4
        made[count] = folder, folder / "out"
    return made


def plan_again(folder: Path, out: Path) -> None:
    batch = plan("run", find_annexes([str(folder)]), str(out), BatchOptions(jobs=0))
    assert not batch.removed
    assert len(batch.entries) == len(list(folder.glob("*.pdf")))


def test_a_done_annex_is_looked_up_once(archives: dict[int, tuple[Path, Path]]) -> None:
    fingerprint("run")  # it reads all the code, once
    found = {}
    for count, paths in archives.items():
        with watched_files() as events:
            plan_again(*paths)
        found[count] = events
    listings = {sum(events[name] for name in _LISTINGS) for events in found.values()}
    assert len(listings) == 1, "folders are listed again for more annexes"
    more = found[MANY]["open"] - found[MORE]["open"]
    assert more == MANY - MORE, "more files than its entry are opened for an annex"


def test_planning_grows_with_the_annexes(archives: dict[int, tuple[Path, Path]]) -> None:
    plan_again(*archives[FEW])

    def cost(count: int) -> int:
        with counted_calls() as calls:
            plan_again(*archives[count])
        return calls.count

    assert doubles(cost)


def test_a_store_is_asked_once_for_all_annexes(monkeypatch: pytest.MonkeyPatch) -> None:
    store = fsspec.filesystem("memory")
    asked = Counter[str]()
    find = type(store).find

    def counting(self: Any, path: str, *arguments: Any, **options: Any) -> Any:
        asked[path] += 1
        return find(self, path, *arguments, **options)

    for number in range(MANY):
        store.pipe_file(f"/many/a{number}.pdf", b"")
    store.pipe_file("/many/a3.yml", b"")
    monkeypatch.setattr(type(store), "find", counting)
    try:
        found = find_annexes(["memory://many"]).annexes
        assert asked == {"/many": 1}
    finally:
        store.rm("/many", recursive=True)
    assert [files.annex for files in found if files.spec] == ["a3"]


def nothing(item: int) -> int:
    return item


class Items:
    """Numbers, and how many of them somebody has taken."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.taken = 0

    def __iter__(self) -> Iterator[int]:
        while self.taken < self.count:
            self.taken += 1
            yield self.taken


def test_processes_take_items_when_they_are_free() -> None:
    items = Items(MANY)
    for done, _ in enumerate(run_in_processes(nothing, items, 2, Limits(60, 0)), start=1):
        assert items.taken <= done + 2
    assert items.taken == MANY


class Cluster:
    """A Dask client whose calls are done when somebody waits for them."""

    def __init__(self, threads: Sequence[int]) -> None:
        self.threads = iter(threads)
        self.keys = iter(range(1000))

    def nthreads(self) -> dict[str, int]:
        return {"worker": next(self.threads)}

    def submit(self, *_: object, pure: bool) -> Any:
        assert not pure
        return Future(f"call-{next(self.keys)}")


class Future:
    def __init__(self, key: str) -> None:
        self.key = key
        self.is_released = False

    def result(self) -> str:
        return self.key

    def release(self) -> None:
        self.is_released = True


class Coming:
    """Futures in their order, as `distributed.as_completed`."""

    def __init__(self, futures: Iterable[Future]) -> None:
        self.futures = list(futures)

    def update(self, futures: Iterable[Future]) -> None:
        self.futures.extend(futures)

    def __iter__(self) -> Iterator[Future]:
        while self.futures:
            yield self.futures.pop(0)


@pytest.mark.cluster
def test_a_scheduler_has_few_calls_for_each_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when workers come and go while it runs."""
    import distributed

    threads = [1] * 10 + [5] * 20 + [2] * 1000
    monkeypatch.setattr(distributed, "as_completed", Coming)
    monkeypatch.setattr(dask_cluster, "connect", lambda *_: Cluster(threads))
    monkeypatch.setattr(dask_cluster, "COUNT_INTERVAL", 0.0)
    items = Items(100)
    results = dask_cluster.run_on_cluster(nothing, items, "tcp://x", 1, Limits())
    waiting = [items.taken - done for done, _ in enumerate(results)]
    each = dask_cluster.QUEUED_PER_THREAD
    assert waiting[0] == each
    assert max(waiting) == 5 * each
    assert waiting[60] == 2 * each
    assert items.taken == 100


def test_progress_is_told_at_the_same_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(progress_display, "print_message", told.append)

    def cost(count: int) -> int:
        now = iter(range(0, 1_000_000, 100))
        shown = ProgressDisplay("run", {f"a{n}": 9 for n in range(count)}, lambda: next(now))
        with counted_calls() as calls:
            for number in range(count):
                shown.watch([ReachedPage(f"a{number}", 1, 1)])
                shown.finish(f"a{number}")
        return calls.count

    assert doubles(cost)
    assert told[-1].startswith(f"run: {MANY} of {MANY} annexes")


def test_merging_grows_with_the_files(make_pdf: MakePdf, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert besshi("run", make_pdf(COMMENTS), "--out", out, "--jobs", 0).exit_code == 0
    content = (out / "pages" / "made.parquet").read_bytes()

    def cost(count: int) -> int:
        with counted_calls() as calls, (tmp_path / "merged").open("wb") as merged:
            merge_files((("pages/made", content) for _ in range(count)), "pages", ("", ""), merged)
        return calls.count

    cost(1)
    assert doubles(cost, times=10)


def test_a_part_is_taken_apart_as_it_is_read() -> None:
    read: Counter[str] = Counter()

    def rows(kind: str) -> Iterator[dict[str, Any]]:
        for annex in ("a", "a-t1", "b"):
            for row in (1, 2):
                read[kind] += 1
                yield {"annex": annex} if kind == "pages" else {"record_id": f"{annex}-t1-r{row}"}

    parts = split_by_annex({kind: rows(kind) for kind in ("pages", "tokens")})
    annex, first = next(parts)
    assert (annex, {kind: len(some) for kind, some in first.items()}) == (
        "a",
        {"pages": 2, "tokens": 2},
    )
    assert max(read.values()) <= 3
    assert [annex for annex, _ in parts] == ["a-t1", "b"]


def test_an_annex_without_rows_of_a_kind_is_taken_apart_too() -> None:
    streams = {"pages": iter([{"annex": "a"}, {"annex": "b"}]), "records": iter([{"annex": "b"}])}
    counts = [
        (annex, len(rows["pages"]), len(rows["records"])) for annex, rows in split_by_annex(streams)
    ]
    assert counts == [("a", 1, 0), ("b", 1, 1)]


def test_a_query_opens_only_the_files_that_it_names(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert besshi("run", make_pdf(COMMENTS), "--out", out, "--jobs", 0).exit_code == 0
    opened: Counter[str] = Counter()
    original = pq.ParquetFile

    def counting(path: Path, **options: Any) -> Any:
        opened[path.parent.name] += 1
        return original(path, **options)

    monkeypatch.setattr(pq, "ParquetFile", counting)
    asked: dict[str, set[str]] = {
        "SELECT 1": set(),
        'SELECT count(*) FROM "Pages"': {"pages"},
        "SELECT * FROM texts": {"records"},
        "SELECT * FROM search('待ち')": {"records", "tokens"},
    }
    for sql, kinds in asked.items():
        opened.clear()
        assert besshi("query", sql, "--records", out).exit_code == 0
        assert {*opened} == kinds, sql


def test_a_query_keeps_nothing_of_the_files(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB reads through what forgets: it took 0.15 MB for each file."""
    out = tmp_path / "out"
    assert besshi("run", make_pdf(COMMENTS), "--out", out, "--jobs", 0).exit_code == 0
    scanned: list[dict[str, Any]] = []
    scanner = UncachedDataset.scanner

    def counting(self: UncachedDataset, **options: Any) -> Any:
        scanned.append(options)
        return scanner(self, **options)

    monkeypatch.setattr(UncachedDataset, "scanner", counting)
    assert besshi("query", "SELECT count(number) FROM records", "--records", out).exit_code == 0
    assert [options["columns"] for options in scanned] == [["number"]]
