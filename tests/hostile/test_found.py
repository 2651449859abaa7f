"""What fuzzing found is read, or refused with an error of its annex."""

import pytest

from pipeline.extract import pictured
from tests.hostile.fuzz import FOUND, SEEDS, read


@pytest.fixture(autouse=True)
def _without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictured, "is_installed", lambda: False)  # put back after each test


@pytest.mark.parametrize("content", SEEDS)
def test_a_seed_is_read(content: bytes) -> None:
    read(content)


def test_what_fuzzing_found() -> None:
    for path in sorted(FOUND.glob("*")):
        read(path.read_bytes())
