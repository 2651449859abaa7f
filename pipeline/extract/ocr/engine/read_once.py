"""Read each line of a page once: samples of lines are read before all of them are."""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import Recognizer
from pipeline.extract.ocr.layout.text_lines import InkLine


class ReadOnce:
    """A recogniser that remembers what it read, for one page."""

    def __init__(self, recognizer: Recognizer) -> None:
        """Wrap a recogniser."""
        self._recognizer = recognizer
        # With the line, since the identity of a line that is gone may be given to another.
        self._readings: dict[int, tuple[InkLine, tuple[Character, ...]]] = {}

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line, from left to right, without white space."""
        new = [line for line in lines if id(line) not in self._readings]
        for line, reading in zip(new, self._recognizer.read(new) if new else (), strict=True):
            self.remember(line, reading)
        return [self._readings[id(line)][1] for line in lines]

    def remember(self, line: InkLine, reading: tuple[Character, ...]) -> None:
        """Remember what a line reads, in place of what was read before."""
        self._readings[id(line)] = line, reading
