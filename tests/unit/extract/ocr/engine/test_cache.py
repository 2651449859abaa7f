"""What was recognised once is kept."""

from pathlib import Path

import pytest

from pipeline.extract import extract_annex
from pipeline.model import AnnexHeader
from tests.support.scanned import Counting


@pytest.mark.slow
def test_what_was_recognised_is_kept(
    plain_scan: bytes, counting: Counting, own_cache: Path
) -> None:
    first = extract_annex(AnnexHeader("a", ""), plain_scan)
    asked = counting.asked
    assert asked > 0
    assert list(own_cache.rglob("*.json.gz"))
    assert extract_annex(AnnexHeader("a", ""), plain_scan) == first
    assert counting.asked == asked


@pytest.mark.slow
def test_a_damaged_cache_is_written_anew(
    plain_scan: bytes, counting: Counting, own_cache: Path
) -> None:
    first = extract_annex(AnnexHeader("a", ""), plain_scan)
    for kept in own_cache.rglob("*.json.gz"):
        kept.write_bytes(b"x")
    assert extract_annex(AnnexHeader("a", ""), plain_scan) == first


@pytest.mark.slow
def test_without_a_cache_folder_nothing_is_kept(
    plain_scan: bytes, counting: Counting, monkeypatch: pytest.MonkeyPatch, own_cache: Path
) -> None:
    monkeypatch.setenv("BESSHI_CACHE", "")
    extract_annex(AnnexHeader("a", ""), plain_scan)
    assert not own_cache.exists()
