"""Remember recognised lines: those of a page, and on disk all of them, by their pictures."""

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from pipeline.errors import DataError
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import Recognizer
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.files.stage_json import read_packed, write_packed

_Readings = list[tuple[Character, ...]]


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


class CachedRecognizer:
    """A recogniser that caches its readings in a folder; if it cannot write, it takes longer."""

    def __init__(self, recognizer: Recognizer, folder: Path, version: bytes) -> None:
        """Wrap a recogniser; `version` identifies what its readings depend on besides the lines."""
        self._recognizer, self._folder, self._version = recognizer, folder, version

    def read(self, lines: Sequence[InkLine]) -> _Readings:
        """Read the characters of each line."""
        path = self._folder / "readings" / f"{self._key(lines)}.json.gz"
        if path.exists():
            try:
                return read_packed(path, _Readings)
            except (DataError, OSError):
                pass  # of another version, or damaged: read and write it again
        readings = self._recognizer.read(lines)
        with contextlib.suppress(OSError):
            write_packed(path, readings)
        return readings

    def _key(self, lines: Sequence[InkLine]) -> str:
        digest = hashlib.sha256(self._version)
        for line in lines:
            digest.update(f"{line.image.shape}".encode())
            digest.update(line.image.tobytes())
        return digest.hexdigest()


def code_version(*modules: ModuleType, model: Path) -> bytes:
    """Compute a digest of the source code of modules and of the model that they run."""
    digest = hashlib.sha256(model.read_bytes())
    for module in modules:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.digest()
