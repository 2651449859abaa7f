"""Hashes the code and the packages that the results of a stage depend on."""

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
    files = [path for name in (*SHARED, *_STAGES[stage]) for path in _files(_ROOT / name)]
    parts = [f"{path.relative_to(_ROOT).as_posix()} {digest(path.read_bytes())}" for path in files]
    # Python 3.12 sums floating point numbers in another way than 3.11.
    python = ".".join(platform.python_version_tuple()[:2])
    return digest(*parts, python, *map(name_version, find_required()))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES)
