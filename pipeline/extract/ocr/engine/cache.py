"""What was recognised, kept by the picture it was recognised from."""

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from pipeline.errors import DataError
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import Recognizer
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.files.stage_json import read_packed, write_packed


@dataclass(frozen=True, slots=True)
class Readings:
    """What a recogniser made of some lines."""

    lines: tuple[tuple[Character, ...], ...]


class KeptRecognizer:
    """Reads lines that it has read before from the folder where it left them.

    A cache that cannot be written costs time and nothing else.
    """

    def __init__(self, recognizer: Recognizer, folder: Path, version: bytes) -> None:
        """Keep what a recogniser reads.

        Args:
            recognizer: Asked for what is not there.
            folder: Made when something is written.
            version: Of all that its readings depend on besides the lines.
        """
        self._recognizer = recognizer
        self._folder = folder
        self._version = version

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """The characters of each line."""
        path = self._folder / "readings" / f"{self._key(lines)}.json.gz"
        if path.exists():
            try:
                return list(read_packed(path, Readings).lines)
            except (DataError, OSError):
                pass  # of another version, or damaged: written anew
        readings = self._recognizer.read(lines)
        with contextlib.suppress(OSError):
            write_packed(path, Readings(tuple(readings)))
        return readings

    def _key(self, lines: Sequence[InkLine]) -> str:
        digest = hashlib.sha256(self._version)
        for line in lines:
            digest.update(f"{line.image.shape}".encode())
            digest.update(line.image.tobytes())
        return digest.hexdigest()


def code_version(*modules: ModuleType) -> bytes:
    """A digest of modules' code."""
    digest = hashlib.sha256()
    for module in modules:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.digest()
