"""Get a second opinion from tesseract, if installed, on characters with low confidence.

The character set of tesseract lacks full-width brackets and figures, and it makes more errors. So
it may only confirm a reading of the recogniser, or choose among the recogniser's other readings.
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
from pipeline.model import Repair, remove_white_space

_DOUBTED = 0.9  # confidence; judgement: below it a second opinion is worth its time
# Probability that the recogniser itself gave to the reading of tesseract; judgement: a reading
# below it is an error of tesseract.
_MIN_PROBABILITY = 0.02
# Share of the doubt that remains if both agree; judgement: two engines rarely make the same error.
_REMAINING_DOUBT = 0.3
_BORDER = 10  # pixels; judgement: the white that tesseract needs around a line
_LANGUAGE = "jpn"
SECONDS_PER_LINE = 0.5  # judgement: time limit per line, against a tesseract that hangs
SECONDS_TO_START = 20.0  # judgement: added to the time limit for starting tesseract


class SecondOpinionRecognizer:
    """A recogniser that asks a second engine about lines with low confidences."""

    def __init__(self, recognizer: Recognizer, second: Recognizer) -> None:
        """Combine two engines.

        Args:
            recognizer: Reads all lines.
            second: Reads the lines that contain a character with low confidence.
        """
        self._recognizer = recognizer
        self._second = second

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line."""
        readings = self._recognizer.read(lines)
        doubted = [i for i, line in enumerate(readings) if any(map(_is_doubted, line))]
        opinions = self._second.read([lines[i] for i in doubted]) if doubted else []
        for index, opinion in zip(doubted, opinions, strict=True):
            readings[index] = apply_second_opinion(
                readings[index], [character.text for character in opinion]
            )
        return readings


def apply_second_opinion(
    line: Sequence[Character], opinion: Sequence[str]
) -> tuple[Character, ...]:
    """Confirm or replace characters with low confidence by a second reading of the line.

    Characters with a confidence of 0.9 or more stay unchanged.

    Args:
        line: The characters as recognised.
        opinion: The characters that the second engine read in the same line.
    """
    weighed = list(line)
    text = [character.text for character in line]
    for edit in Levenshtein.opcodes(text, opinion):
        places = range(edit.src_start, edit.src_end)
        read = opinion[edit.dest_start : edit.dest_end]
        if len(places) == len(read):
            for place, other in zip(places, read, strict=True):
                weighed[place] = _compare(line[place], other)
    return tuple(weighed)


def _is_doubted(character: Character) -> bool:
    return character.confidence < _DOUBTED


def _compare(character: Character, read: str) -> Character:
    if not _is_doubted(character):
        return character
    if read == character.text:
        return replace(character, confidence=1 - _REMAINING_DOUBT * (1 - character.confidence))
    if character.probability_of(read) < _MIN_PROBABILITY:
        return character
    return replace(
        character,
        text=read,
        others=((character.text, character.confidence), *character.others),
        repairs=(*character.repairs, Repair("second_opinion", character.text, read)),
    )


class Tesseract:
    """Tesseract, started once for all lines of a page. It gives no positions."""

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line, without positions; no characters if tesseract fails."""
        with tempfile.TemporaryDirectory(prefix="besshi-") as folder:
            names = [Path(folder, f"{index}.png") for index in range(len(lines))]
            for line, name in zip(lines, names, strict=True):
                cv2.imwrite(str(name), _add_border(line))
            listed = Path(folder, "lines.txt")
            listed.write_text("\n".join(map(str, names)))
            output = _run(str(listed), "stdout", "--psm", "7", "-l", _LANGUAGE, lines=len(lines))
        texts = [remove_white_space(page) for page in output.split("\f")]
        texts = [*texts[: len(lines)], *[""] * (len(lines) - len(texts))]
        return [tuple(Character(text, 0, 0, 0, 0, 0.0) for text in line) for line in texts]


def _run(*arguments: str, lines: int = 0) -> str:
    """Run tesseract and return its output; "" if it fails, since its opinion is optional."""
    try:
        done = subprocess.run(
            ["tesseract", *arguments],
            capture_output=True,
            check=True,
            timeout=SECONDS_TO_START + SECONDS_PER_LINE * lines,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.SubprocessError, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _add_border(line: InkLine) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    sides = (_BORDER,) * 4
    framed = cv2.copyMakeBorder(line.image, *sides, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(framed, dtype=np.uint8)


@cache
def tesseract_version() -> str:
    """The version of the installed tesseract; "" if none is installed or it lacks Japanese."""
    if shutil.which("tesseract") is None or _LANGUAGE not in _run("--list-langs").split():
        return ""
    return _run("--version").partition("\n")[0]
