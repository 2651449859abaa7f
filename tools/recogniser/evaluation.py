"""Measure how well a model reads lines, by besshi's own reader; white space aside."""

from __future__ import annotations

import csv
import dataclasses
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from pipeline.extract.ocr.engine.recognizer import MODEL, LineRecognizer
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.layout.text_lines import InkLine
from tools.recogniser.charset import unify
from tools.recogniser.synthesis import LineMaker

LABELS = "labels.tsv"
"""Beside the pictures: file name, tab, text."""
_SHOWN = 15  # confusions; judgement: those that matter


def write_lines(maker: LineMaker, count: int, folder: Path) -> None:
    """Write lines as pictures, with what they say in `labels.tsv`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LABELS).open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, "excel-tab")
        for number in range(1, count + 1):
            line, name = maker.make(), f"{number:05}.png"
            cv2.imwrite(str(folder / name), line.picture)
            rows.writerow((name, line.text))


def read_lines(folder: Path) -> Iterator[tuple[Grey, str]]:
    """Yield pictures and texts of a folder."""
    with (folder / LABELS).open(encoding="utf-8", newline="") as file:
        for name, text in csv.reader(file, "excel-tab"):
            picture = cv2.imread(str(folder / name), cv2.IMREAD_GRAYSCALE)
            if picture is None:
                raise FileNotFoundError(folder / name)
            yield np.asarray(picture, np.uint8), text


@dataclasses.dataclass(slots=True)
class Score:
    """What a model read of some lines."""

    lines: int = 0
    exact: int = 0
    """Lines without an error."""
    characters: int = 0
    errors: int = 0
    """Characters to change, leave out or put in."""
    folded_characters: int = 0
    folded_errors: int = 0
    """The same after NFKC, which folds widths."""
    seconds: float = 0.0
    """CPU time."""
    confusions: Counter[tuple[str, str]] = dataclasses.field(default_factory=Counter)
    """How often a text was read as another."""

    @property
    def cer(self) -> float:
        """Errors a character."""
        return self.errors / max(self.characters, 1)

    @property
    def folded_cer(self) -> float:
        """Errors a character after NFKC."""
        return self.folded_errors / max(self.folded_characters, 1)

    def add(self, read: str, truth: str) -> None:
        """Count a line."""
        folded = [unicodedata.normalize("NFKC", text) for text in (read, truth)]
        edits = Levenshtein.opcodes(truth, read)
        wrong = [e for e in edits if e.tag != "equal"]
        self.confusions.update(
            (truth[e.src_start : e.src_end], read[e.dest_start : e.dest_end]) for e in wrong
        )
        self.lines += 1
        self.exact += not wrong
        self.characters += len(truth)
        self.errors += Levenshtein.distance(read, truth)
        self.folded_characters += len(folded[1])
        self.folded_errors += Levenshtein.distance(*folded)

    def __str__(self) -> str:
        count = max(self.lines, 1)
        head = f"{self.lines} lines, {self.characters} characters: "
        cer = f"CER {self.cer:.2%} (after NFKC {self.folded_cer:.2%}), "
        speed = f"{1000 * self.seconds / count:.1f} ms a line"
        shown = (f"{a or '∅'}→{b or '∅'}×{n}" for (a, b), n in self.confusions.most_common(_SHOWN))
        return f"{head}{cer}exact {self.exact / count:.1%}, {speed}\n  {' '.join(shown)}"


def score_lines(lines: Sequence[tuple[Grey, str]], model: Path = MODEL) -> Score:
    """Read lines with a model.

    Args:
        lines: Pictures, dark on light, and what they say.
        model: The ONNX file.
    """
    recognizer, score = LineRecognizer(model=model), Score()
    for picture, text in lines:
        height, width = picture.shape
        begin = time.process_time()
        characters = recognizer.read([InkLine(0, 0, width, height, picture)])[0]
        score.seconds += time.process_time() - begin
        read = "".join(character.text for character in characters)
        score.add(read, "".join(unify(text).split()))
    return score
