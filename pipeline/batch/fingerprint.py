"""Hashes the code and the packages that the results of a stage depend on."""

import os
import platform
from functools import cache
from pathlib import Path

from pipeline.batch.packages import find_required, name_version
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
