"""What was recognised once is kept."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pipeline.extract import extract_annex
from pipeline.extract.ocr.engine.cache import ReadOnce
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.layout.text_lines import InkLine
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


class Numbering:
    """Says of each line how many lines it has read before."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        first, self.count = self.count, self.count + len(lines)
        return [
            (Character(str(number), 0.0, 0.0, 1.0, 1.0, 0.9),)
            for number in range(first, self.count)
        ]


def test_each_line_is_read_once_and_keeps_its_reading() -> None:
    picture = np.full((8, 8), 255, np.uint8)
    a, b, c = (InkLine(0, 0, 8, 8, picture) for _ in range(3))
    numbering = Numbering()
    recognizer = ReadOnce(numbering)
    assert [reading[0].text for reading in recognizer.read([b])] == ["0"]
    assert [reading[0].text for reading in recognizer.read([a, b, c])] == ["1", "0", "2"]
    assert numbering.count == 3
