"""Work on processes of their own, whatever becomes of them.

The functions here are found in this module by those processes.
"""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.page_progress import ReachedPage, report_page
from pipeline.batch.process_pool import LostItem, run_in_processes
from pipeline.batch.resource_limits import Limits
from pipeline.errors import AnnexError

LIMITS = Limits(seconds=30)


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


def read_pages(annex: str) -> str:
    for page in (1, 2, 3):
        report_page(annex, page, 3)
    return annex


def refuse(number: int) -> int:
    raise AnnexError(f"{number} is refused")


@pytest.mark.slow
def test_who_watches_hears_of_every_page() -> None:
    seen: list[ReachedPage] = []
    done = list(run_in_processes(read_pages, ["a", "b", "c"], 2, LIMITS, seen.extend))
    assert sorted(done) == ["a", "b", "c"]  # type: ignore[type-var]
    assert sorted(seen) == [ReachedPage(annex, page, 3) for annex in "abc" for page in (1, 2, 3)]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_process_pool_does_everything_once(jobs: int) -> None:
    assert sorted(run_in_processes(double, range(7), jobs, LIMITS)) == [2 * n for n in range(7)]  # type: ignore[type-var]


@pytest.mark.slow
def test_what_ends_a_process_costs_its_item_only() -> None:
    limits = Limits(seconds=2, megabytes=1000)  # the others need next to none of it
    made = list(run_in_processes(stumble, range(9), 2, limits))
    lost = {loss.item: loss.error for loss in made if isinstance(loss, LostItem)}
    assert sorted(value for value in made if not isinstance(value, LostItem)) == [0, 7, 8]
    assert {item: error.code for item, error in lost.items()} == {
        1: "crashed",
        2: "crashed",
        3: "too_slow",
        4: "out_of_memory",
        5: "crashed",
        6: "crashed",
    }
    assert "exit status 9" in str(lost[1])
    assert "because memory ran out; try fewer --jobs" in str(lost[2])
    assert "longer than 2 seconds a page; give more with --timeout" in str(lost[3])
    assert "--memory" in str(lost[4])
    assert "SIGSEGV" in str(lost[5])
    assert "SIGABRT" in str(lost[6])
    assert "give more with --memory" in str(lost[6])


@pytest.mark.slow
def test_a_process_that_leaves_a_child_behind_is_not_waited_for(tmp_path: Path) -> None:
    (loss,) = run_in_processes(leave_a_child, [tmp_path / "child"], 1, LIMITS)
    assert isinstance(loss, LostItem)
    os.kill(int((tmp_path / "child").read_text()), signal.SIGKILL)  # it is still there


@pytest.mark.slow
def test_what_the_work_raises_ends_the_run() -> None:
    with pytest.raises(AnnexError, match="is refused"):
        list(run_in_processes(refuse, range(3), 2, LIMITS))


@pytest.mark.slow
def test_a_process_pool_takes_items_as_it_needs_them() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    coming = run_in_processes(double, items(), 2, LIMITS)
    assert next(coming) in (0, 2)
    coming.close()
    assert len(taken) <= 4
