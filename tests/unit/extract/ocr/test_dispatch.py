"""Which pages are recognised, in which order, and what is said of it."""

import dataclasses
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack

import pytest
from msgspec.structs import replace

from benchmarks.factory.scans import PRESETS, Scanner, scan_pdf
from pipeline.extract import extract_annex
from pipeline.extract.ocr import dispatch as pictured
from pipeline.extract.pdf.page_content import Drawing
from pipeline.model import AnnexHeader
from tests.support.pdfs import OTA
from tests.support.scanned import DPI, TABLE, Counting, drawing, pages_of


@pytest.mark.parametrize("ready", [True, False])
def test_no_page_waits_for_all_others(ready: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is given page by page, and the pages of a book fill the memory."""
    taken: list[int] = []

    def drawings() -> Iterator[Drawing]:
        for number in range(1, 101):
            taken.append(number)
            yield replace(drawing("", pictured=True), number=number)

    class Reading(Future[Drawing]):
        """A page on another process: read, or so as soon as somebody waits for it."""

        def done(self) -> bool:
            return ready

    class Pool(ExitStack):
        """Other processes, to which a page is given."""

        def __init__(self, *_: object, **__: object) -> None:
            super().__init__()

        def submit(self, _: object, __: object, page: Drawing, source: str) -> Future[Drawing]:
            assert source == "ocr"
            reading = Reading()
            reading.set_result(page)
            return reading

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", Pool)
    pages = pictured.read_pictured(b"", drawings(), 2, lambda number: True)
    assert next(pages)[0].number == 1
    assert len(taken) == (1 if ready else 1 + 4 * 2)
    assert [page.number for page, _ in pages] == list(range(2, 101))


@pytest.mark.slow
def test_each_page_is_said_when_it_is_done(
    plain_scan: bytes, counting: Counting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "pipeline")
    extract_annex(AnnexHeader("a", ""), plain_scan)
    assert "a: page 1 recognised" in caplog.messages


@pytest.mark.slow
def test_scanned_pages_stand_among_others_on_any_number_of_processes(sparse_page: bytes) -> None:
    data = pages_of(OTA, TABLE, 10, TABLE)
    scan = scan_pdf(data, dataclasses.replace(PRESETS["scan"], resolution=DPI), seed=4, digital=[1])
    one = extract_annex(AnnexHeader("a", ""), scan, jobs=1)
    assert [page.header.source for page in one.pages] == ["text_layer", "ocr", "ocr"]
    assert extract_annex(AnnexHeader("a", ""), scan, jobs=2) == one


@pytest.mark.slow
@pytest.mark.usefixtures("without_ocr")
def test_without_the_extra_it_says_what_is_missing() -> None:
    scan = scan_pdf(pages_of(OTA, TABLE, TABLE), Scanner(resolution=DPI), seed=1, digital=[1])
    extracted = extract_annex(AnnexHeader("a", ""), scan)
    (issue,) = extracted.header.issues
    assert (issue.code, issue.page) == ("page_without_text", 2)
    assert "pip install 'besshi[ocr]'" in issue.message


@pytest.mark.slow
def test_a_text_layer_is_read_without_what_reads_pictures() -> None:
    """An annex with a text layer runs as fast and as small as before."""
    import subprocess
    import sys

    script = (
        "import sys; from pathlib import Path; from pipeline.stages import extract_file; "
        f"extract_file(Path({str(OTA)!r})); "
        "print([m for m in ('cv2', 'onnxruntime', 'pypdfium2') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "cv2" not in result.stdout
    assert "onnxruntime" not in result.stdout
