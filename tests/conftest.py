"""What several tests share: the annex of the mission, run once, and PDFs made on the spot.

unit/ is laid out as pipeline/ is; integration/ runs all of it, as a user or a cluster does;
robustness/ breaks what it is given; support/ helps them all. golden/ and layouts/ hold annexes with
their truths, data/ what the vocabulary is held against.
"""

import math
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from reportlab.pdfgen import canvas

from pipeline.commands import progress_display
from pipeline.model import Extracted, Normalized, Segmented
from pipeline.stages import extract_file, normalize_segmented, segment_extracted
from tests.support.annexes import besshi
from tests.support.pdfs import FONT, OTA, Draw, MakePdf
from tests.support.reviewing import Reviewed, write_run
from tests.support.system import NEEDS, PROPERTY, last_line

# How long an example takes says something of the machine, nothing of the code.
settings.register_profile("besshi", deadline=None)
settings.load_profile("besshi")

# Commands do their work in the tests' process, where it can be watched; test_runs.py has others.
os.environ["BESSHI_JOBS"] = "0"
# Tests read messages in English, whatever the locale of this machine.
os.environ["LANGUAGE"] = "en"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs what the system has not; its report says what that is."""
    missing = [NEEDS[name] for name in NEEDS if item.get_closest_marker(name)]
    missing = [need for need in missing if not need.is_met()]
    if missing:
        packages = [package for need in missing for package in need.packages]
        item.user_properties.append((PROPERTY, " ".join(packages)))
        pytest.skip("; ".join(need.command for need in missing))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Name the skipped tests below pytest's own last line, which stays as it is.

    Before any other wrapper, so after all of them have written what they have to say. Workers of
    xdist have no reporter; who started them has all their reports.
    """
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = {
        report.nodeid: tuple(dict(getattr(report, "user_properties", ())).get(PROPERTY, "").split())
        for report in (reporter.stats.get("skipped", ()) if reporter else ())
    }
    if skipped:
        reporter.ensure_newline()
        reporter.write_line(last_line(skipped))


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What besshi remembers of these tests is not the user's."""
    os.environ["BESSHI_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def ota_extracted() -> Extracted:
    return extract_file(OTA)


@pytest.fixture(scope="session")
def ota_segmented(ota_extracted: Extracted) -> Segmented:
    return segment_extracted(ota_extracted)


@pytest.fixture(scope="session")
def ota_normalized(ota_segmented: Segmented) -> Normalized:
    return normalize_segmented(ota_segmented)


@pytest.fixture(scope="session")
def ota_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run over the annex of the mission: to be read, or copied and changed."""
    folder = tmp_path_factory.mktemp("ota")
    assert besshi("run", OTA, "--out", folder).exit_code == 0
    return folder


@pytest.fixture(scope="session")
def failing_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The annex of the mission and one that fails."""
    folder = tmp_path_factory.mktemp("archive")
    shutil.copy(OTA, folder)
    (folder / "broken.pdf").write_bytes(b"")
    return folder


@pytest.fixture(scope="session")
def failing_run(failing_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `run` makes of that archive on one process."""
    out = tmp_path_factory.mktemp("parsed")
    assert besshi("run", failing_archive, "--out", out).exit_code == 4
    return out


@pytest.fixture(scope="session")
def reviewed(ota_normalized: Normalized, tmp_path_factory: pytest.TempPathFactory) -> Reviewed:
    """A finished review, for all who look at the review's files, to be read only."""
    folder = tmp_path_factory.mktemp("review")
    run, pdfs = write_run(folder, ota_normalized)
    with pytest.MonkeyPatch.context() as patch:
        # How long it takes on a busy machine is no part of what it says.
        patch.setattr(progress_display, "REPEATED", math.inf)
        result = besshi("review", run, "--pdfs", pdfs, "--out", folder / "review")
    assert result.exit_code == 0
    return Reviewed(run, pdfs, folder / "review", (result.stderr, result.stdout))


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is done in a process of its own be done in this one.

    There a test can break it; and a process that does one page takes a second to start.
    """

    def run_in_processes(work: Any, items: Any, *_: object) -> Iterator[Any]:
        yield from map(work, items)

    monkeypatch.setattr("pipeline.commands.review.pictures.run_in_processes", run_in_processes)
    monkeypatch.setattr("pipeline.commands.inspect.annex.run_in_processes", run_in_processes)
    monkeypatch.setattr(
        "pipeline.commands.inspect.annex.run_in_own_process", lambda work, item, *_: work(item)
    )
    monkeypatch.setattr(
        "pipeline.batch.process_pool.Processes.run", lambda _, work, items: map(work, items)
    )
    monkeypatch.setattr(
        "pipeline.commands.annex.draft.run_in_own_process", lambda work, item, *_: work(item)
    )


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if besshi were installed without its `ocr` extra."""
    monkeypatch.setattr("pipeline.extract.ocr.dispatch.is_installed", lambda: False)


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """Write a PDF of A4 pages, one for each drawing function; y grows upwards there."""

    def make(*pages: Draw, name: str = "made.pdf", **options: object) -> Path:
        path = tmp_path / name
        sheet = canvas.Canvas(str(path), pagesize=(595, 842), **options)
        for draw in pages:
            sheet.setFont(FONT, 10)
            draw(sheet)
            sheet.showPage()
        sheet.save()
        return path

    return make
