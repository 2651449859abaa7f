"""What several tests share: the annex of the mission, run once, and PDFs made on the spot."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from pipeline.model import Extracted, Normalized, Segmented
from pipeline.stages import extract_file, normalize_segmented, segment_extracted

ROOT = Path(__file__).parent.parent
OTA = ROOT / "raw_pdfs" / "ota_annex.pdf"
FONT = "HeiseiKakuGo-W5"  # known to every reader, so nothing has to be installed
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
# How long an example takes says something of the machine, nothing of the code.
settings.register_profile("besshi", deadline=None)
settings.load_profile("besshi")

# Commands do their work in the tests' process, where it can be watched; test_runs.py has others.
os.environ["BESSHI_JOBS"] = "0"

Draw = Callable[[canvas.Canvas], None]
MakePdf = Callable[..., Path]


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


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is done in a process of its own be done in this one, where a test can break it."""

    def run_in_processes(work: Any, items: Any, *_: object) -> Iterator[Any]:
        yield from map(work, items)

    monkeypatch.setattr("pipeline.commands.review.pictures.run_in_processes", run_in_processes)
    monkeypatch.setattr("pipeline.commands.inspect.annex.run_in_processes", run_in_processes)
    monkeypatch.setattr(
        "pipeline.commands.inspect.annex.run_in_own_process", lambda work, item, *_: work(item)
    )


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
