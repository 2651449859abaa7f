"""The time that an annex is given."""

import pytest

from pipeline.batch import resource_limits as limits
from pipeline.batch.resource_limits import Limits


def test_time_saved_up_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page behind 10,000 empty ones does not get their time."""
    given: list[float] = []
    monkeypatch.setattr(limits.signal, "setitimer", lambda _, seconds: given.append(seconds))
    limits.start_clock(Limits(seconds=60))
    for number in (1, 5, 100, 10_000):
        limits.allow_page(number)
    limits.stop_clock()
    assert given == pytest.approx([120, 120, 360, 600, 600, 0], abs=1)


def test_an_old_annex_gets_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    monkeypatch.setattr(limits.signal, "setitimer", lambda _, seconds: given.append(seconds))
    limits.start_clock(Limits(seconds=60))
    later = limits.time.monotonic() + 4 * 3600
    monkeypatch.setattr(limits.time, "monotonic", lambda: later)
    limits.allow_page(5000)
    limits.stop_clock()
    assert given[1] < 1
