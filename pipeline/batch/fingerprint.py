"""Hashes the code and the packages that the results of a stage depend on.

`importlib.metadata` would tell the packages too, but it needs `email`: 30 ms of every run.
"""

import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import takewhile
from pathlib import Path

from pipeline.files import digest

_ROOT = Path(__file__).parents[1]
SHARED = (
    "__init__.py",
    "checks",
    "curation",
    "errors.py",
    "files",
    "model",
    "processes",
    "stages.py",
    "vocabulary",
)
"""What every stage imports. A test compares it, and DVC's `deps`, with the import graph."""
_SUFFIXES = (".py", ".yml", ".onnx")
_STAGES = {
    "extract": ("extract",),
    "segment": ("segment",),
    "normalize": ("normalize", "judge"),
    "run": ("extract", "segment", "normalize", "judge"),
}
"""Command → the packages of its stages."""
_EXTRA = re.compile(r"extra == ['\"](\w+)['\"]")
_EXTRAS = {"ocr"}
"""The extras of besshi that change what is read."""
_TRANSITIVE = ("numpy", "pdfminer.six")
"""Packages that change results, although only other packages require them by version."""


@cache
def fingerprint(stage: str) -> str:
    """A hash that changes only if code or a package behind the stage's results changes."""
    files = sorted(file for name in (*SHARED, *_STAGES[stage]) for file in _list_files(name))
    parts = [f"{file} {digest((_ROOT / file).read_bytes())}" for file in files]
    # Python 3.12 sums floating point numbers in another way than 3.11.
    python = ".".join(platform.python_version_tuple()[:2])
    return digest(*parts, python, *map(name_version, find_required()))


def _list_files(name: str) -> list[str]:
    """The files of code in a folder of the package, or that one file (pathlib takes 5 ms more)."""
    if (_ROOT / name).is_file():
        return [name]
    return [
        f"{folder[len(str(_ROOT)) + 1 :]}/{file}"
        for folder, _, files in os.walk(_ROOT / name)
        for file in files
        if file.endswith(_SUFFIXES)
    ]


def find_required() -> list[str]:
    """The packages that besshi requires, and those below them that change results."""
    names = []
    for requirement in _read_requirements(find_installed()["besshi"]):
        extra = _EXTRA.search(requirement)
        if extra is None or extra[1] in _EXTRAS:
            names.append(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
    return sorted({*names, *_TRANSITIVE})


def _read_requirements(folder: Path) -> Iterator[str]:
    """What a package requires, as the folder that describes it says (PEP 566)."""
    text = (folder / "METADATA").read_text(encoding="utf-8")
    for line in takewhile(str.strip, text.splitlines()):  # a blank line ends the fields
        field, _, value = line.partition(": ")
        if field == "Requires-Dist":
            yield value


def name_version(package: str) -> str:
    """Name and version of a package; a missing one has a version of its own too, for the hash."""
    folder = find_installed().get(_fold(package))
    return f"{package} {folder.stem.partition('-')[2] if folder else '-'}"


@cache
def find_installed() -> dict[str, Path]:
    """Package → the folder that describes it: NAME-VERSION.dist-info (PEP 376, PEP 427)."""
    found: dict[str, Path] = {}
    for place in reversed(sys.path):  # Python imports the first one on the path
        with suppress(OSError):
            for entry in os.scandir(place or "."):  # pathlib takes 5 ms more
                if entry.name.endswith(".dist-info"):
                    found[_fold(entry.name.partition("-")[0])] = Path(entry.path)
    return found


def _fold(package: str) -> str:
    """The name of a package as names are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", package).lower()
