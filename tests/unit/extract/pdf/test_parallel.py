"""Pages parsed on several processes: the same, in order, and their errors too."""

import os
import signal
from pathlib import Path

import pytest

from pipeline.errors import CrashedError, DamagedError
from pipeline.extract import extract_annex
from pipeline.extract.pdf import parallel as ahead
from pipeline.model import AnnexHeader
from tests.support.annexes import COMMENTS, letter
from tests.support.broken import write_with_damaged_page
from tests.support.pdfs import OTA, MakePdf


@pytest.fixture(autouse=True)
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every PDF were long."""
    monkeypatch.setattr(ahead, "MIN_PAGES", 1)
    monkeypatch.setattr(ahead, "PAGES_PER_CALL", 3)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [2, 3])
def test_pages_are_the_same_on_any_number_of_processes(jobs: int) -> None:
    data = OTA.read_bytes()
    assert extract_annex(AnnexHeader("a", ""), data, jobs) == extract_annex(
        AnnexHeader("a", ""), data
    )


def test_the_first_damaged_page_is_told(make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    bad = tmp_path / "in" / "bad.pdf"
    write_with_damaged_page(bad, make_pdf)
    with pytest.raises(DamagedError) as alone:
        list(ahead.read_ahead(bad.read_bytes(), 1)[1])
    with pytest.raises(DamagedError) as ahead_of_it:
        list(ahead.read_ahead(bad.read_bytes(), 2)[1])
    assert str(ahead_of_it.value) == str(alone.value)


def test_who_has_enough_ends_the_processes(make_pdf: MakePdf) -> None:
    data = make_pdf(*[letter] * 20).read_bytes()
    count, drawings = ahead.read_ahead(data, 2)
    assert count == 20
    assert [next(drawings).number for _ in range(4)] == [1, 2, 3, 4]
    drawings.close()


def test_a_process_that_dies_costs_its_annex(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(document: object, numbers: range) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(ahead.Document, "read_drawings", die)  # as the other processes have it
    with pytest.raises(CrashedError, match="want of memory"):
        list(ahead.read_ahead(make_pdf(COMMENTS).read_bytes(), 2)[1])
