"""A page with and without a scanner, and what is kept of its recognition."""

from pathlib import Path

import pytest

from benchmarks.factory.scans import Scanner, scan_pdf
from pipeline.extract.ocr import reader
from tests.support.pdfs import OTA
from tests.support.scanned import DPI, TABLE, Counting, pages_of


@pytest.fixture(scope="session")
def sparse_page() -> bytes:
    """The page of ota_annex with the least text."""
    return pages_of(OTA, TABLE)


@pytest.fixture(scope="session")
def plain_scan(sparse_page: bytes) -> bytes:
    """That page from a scanner without faults."""
    return scan_pdf(sparse_page, Scanner(resolution=DPI), seed=1)


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("BESSHI_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    recognizer = Counting()
    monkeypatch.setattr(reader, "LineRecognizer", lambda: recognizer)
    return recognizer
