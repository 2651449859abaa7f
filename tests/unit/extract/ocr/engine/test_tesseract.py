"""The second opinion: what another engine may change, and what happens when it is broken."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from pipeline.extract.ocr import reader
from pipeline.extract.ocr.engine import tesseract as opinion
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.tesseract import (
    SecondOpinionRecognizer,
    Tesseract,
    apply_second_opinion,
    tesseract_version,
)
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.model import Repair

LINE = InkLine(0, 0, 60, 20, np.full((20, 60), 255, np.uint8))


def character(text: str, confidence: float, **others: float) -> Character:
    return Character(text, 0, 0, 10, 10, confidence, tuple(others.items()))


DEETA = (
    character("デ", 0.99),
    character("ー", 0.99),
    character("夕", 0.7, タ=0.3),
    character("抽", 0.99, 袖=0.01),
)


def spell(line: Sequence[Character]) -> str:
    return "".join(c.text for c in line)


def test_a_doubtful_character_becomes_what_both_engines_thought_of() -> None:
    weighed = apply_second_opinion(DEETA, "データ抽")
    assert spell(weighed) == "データ抽"
    assert weighed[2].repairs == (Repair("second_opinion", "夕", "タ"),)
    assert weighed[2].confidence == 0.7
    assert ("夕", 0.7) in weighed[2].others


@pytest.mark.parametrize(
    "read",
    ["デー夕抽", "デー多抽", "デー夕袖", "", "抽", "デーxxxxx抽"],
    ids=["agrees", "unheard of", "another than the doubted", "empty", "too short", "too long"],
)
def test_nothing_else_is_changed(read: str) -> None:
    assert spell(apply_second_opinion(DEETA, read)) == spell(DEETA)


def test_agreement_takes_some_of_the_doubt() -> None:
    agreed, lone = apply_second_opinion(DEETA, "デー夕抽")[2], apply_second_opinion(DEETA, "")[2]
    assert lone.confidence == 0.7
    assert 0.7 < agreed.confidence < 1


class Fixed:
    """Reads each line as it was told to, and remembers how many it was asked for."""

    def __init__(self, *readings: tuple[Character, ...]) -> None:
        self.readings = readings
        self.asked: list[int] = []

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        self.asked.append(len(lines))
        return list(self.readings)


def test_only_lines_in_doubt_are_shown_to_the_second_engine() -> None:
    sure = (character("区", 0.99),)
    second = Fixed(tuple(character(c, 0.0) for c in "データ抽"))
    read = SecondOpinionRecognizer(Fixed(sure, DEETA), second).read([LINE, LINE])
    assert [*map(spell, read)] == ["区", "データ抽"]
    assert second.asked == [1]


# --- tesseract's program -------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Whether tesseract is installed is asked anew."""
    tesseract_version.cache_clear()
    yield
    tesseract_version.cache_clear()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a program of this name is put that says what a test wants; no other is found."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    path = tmp_path / "bin" / "tesseract"
    path.parent.mkdir()
    return path


def install(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_each_line_gets_the_page_that_tesseract_wrote_for_it(program: Path) -> None:
    install(program, r"""printf '区 民\n\f\f意見\n\f'""")
    assert [*map(spell, Tesseract().read([LINE, LINE, LINE]))] == ["区民", "", "意見"]


@pytest.mark.parametrize("script", ["exit 1", "printf ''", r"printf '\377\376'"])
def test_a_broken_tesseract_costs_its_opinion_only(program: Path, script: str) -> None:
    install(program, script)
    (read,) = SecondOpinionRecognizer(Fixed(DEETA), Tesseract()).read([LINE])
    assert spell(read) == spell(DEETA)


def test_a_tesseract_that_hangs_is_stopped(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinion, "SECONDS_TO_START", 0.1)
    monkeypatch.setattr(opinion, "SECONDS_PER_LINE", 0.0)
    install(program, "exec sleep 60")
    assert Tesseract().read([LINE]) == [()]


def test_tesseract_without_japanese_is_none(program: Path) -> None:
    install(program, "echo eng")
    assert tesseract_version() == ""


def test_readings_are_kept_apart_by_tesseracts_version(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BESSHI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(reader, "PaddleRecognizer", lambda: Fixed(DEETA))
    said = []
    for version, text in (("5", "デー夕抽"), ("5", "データ抽"), ("6", "データ抽")):
        tesseract_version.cache_clear()
        answers = f"--version) echo tesseract {version};; --list-langs) echo jpn;;"
        install(program, f'case "$1" in {answers} *) echo {text};; esac')
        (read,) = reader.default_recognizer().read([LINE])
        said.append(spell(read))
    assert said == ["デー夕抽", "デー夕抽", "データ抽"]  # the second time it was not asked
