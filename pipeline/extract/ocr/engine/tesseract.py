"""A second opinion on characters that the recogniser doubts: tesseract, where it is installed.

Its character set lacks full-width brackets and figures, and it errs more often, so it never speaks
alone: it may only choose among the readings that the recogniser thought of itself, or confirm one.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import Recognizer
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.model import Repair

_DOUBTED = 0.9  # confidence below which another opinion is asked for
_HEARD = 0.02  # chance that the recogniser itself gave to what the other one reads
_AGREED = 0.3  # share of the doubt that is left where both agree
_BORDER = 10  # pixels of white that tesseract wants around a line
_LANGUAGE = "jpn"
_LIMIT = 0.5  # seconds a line, and some to start with
_START = 20.0


class DoubtingRecognizer:
    """Reads lines, and has another engine look at those it is not sure of."""

    def __init__(self, recognizer: Recognizer, second: Recognizer) -> None:
        """Combine two engines.

        Args:
            recognizer: Reads all lines.
            second: Asked where `recognizer` doubts.
        """
        self._recognizer = recognizer
        self._second = second

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """The characters of each line."""
        readings = self._recognizer.read(lines)
        doubted = [i for i, line in enumerate(readings) if any(map(_is_doubted, line))]
        opinions = self._second.read([lines[i] for i in doubted]) if doubted else []
        for index, opinion in zip(doubted, opinions, strict=True):
            readings[index] = weigh(readings[index], [character.text for character in opinion])
        return readings


def weigh(line: Sequence[Character], opinion: Sequence[str]) -> tuple[Character, ...]:
    """A line whose doubted characters are confirmed or exchanged by another reading of it.

    Args:
        line: As recognised.
        opinion: The characters that another engine read in the same line.
    """
    weighed = list(line)
    text = [character.text for character in line]
    for edit in Levenshtein.opcodes(text, opinion):
        places = range(edit.src_start, edit.src_end)
        read = opinion[edit.dest_start : edit.dest_end]
        if len(places) == len(read):
            for place, other in zip(places, read, strict=True):
                weighed[place] = _weighed(line[place], other)
    return tuple(weighed)


def _is_doubted(character: Character) -> bool:
    return character.confidence < _DOUBTED


def _weighed(character: Character, read: str) -> Character:
    if not _is_doubted(character):
        return character
    if read == character.text:
        return replace(character, confidence=1 - _AGREED * (1 - character.confidence))
    if character.chance(read) < _HEARD:
        return character
    return replace(
        character,
        text=read,
        others=((character.text, character.confidence), *character.others),
        repairs=(*character.repairs, Repair("second_opinion", character.text, read)),
    )


class Tesseract:
    """Tesseract's program, started once for all lines of a page. It does not tell places."""

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """The characters of each line, all of them nowhere; none where tesseract fails."""
        with tempfile.TemporaryDirectory(prefix="besshi-") as folder:
            names = [Path(folder, f"{index}.png") for index in range(len(lines))]
            for line, name in zip(lines, names, strict=True):
                cv2.imwrite(str(name), _bordered(line))
            listed = Path(folder, "lines.txt")
            listed.write_text("\n".join(map(str, names)))
            told = _run(str(listed), "stdout", "--psm", "7", "-l", _LANGUAGE, lines=len(lines))
        texts = ["".join(page.split()) for page in told.split("\f")]
        texts = [*texts[: len(lines)], *[""] * (len(lines) - len(texts))]
        return [tuple(Character(text, 0, 0, 0, 0, 0.0) for text in line) for line in texts]


def _run(*arguments: str, lines: int = 0) -> str:
    """What tesseract writes; "" where it fails: an opinion less, and nothing else."""
    try:
        done = subprocess.run(
            ["tesseract", *arguments],
            capture_output=True,
            check=True,
            timeout=_START + _LIMIT * lines,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.SubprocessError, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _bordered(line: InkLine) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    sides = (_BORDER,) * 4
    framed = cv2.copyMakeBorder(line.image, *sides, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(framed, dtype=np.uint8)


@cache
def tesseract_version() -> str:
    """Which tesseract is there; "" where there is none, or none that knows Japanese."""
    if shutil.which("tesseract") is None or _LANGUAGE not in _run("--list-langs").split():
        return ""
    return _run("--version").partition("\n")[0]
