"""Hashes the code and the packages that the results of a stage depend on."""

import platform
import re
from functools import cache
from importlib import metadata
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
    files = [path for name in (*SHARED, *_STAGES[stage]) for path in _files(_ROOT / name)]
    parts = [f"{path.relative_to(_ROOT).as_posix()} {digest(path.read_bytes())}" for path in files]
    # Python 3.12 sums floating point numbers in another way than 3.11.
    python = ".".join(platform.python_version_tuple()[:2])
    return digest(*parts, python, *map(_version, _packages()))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES)


def _packages() -> list[str]:
    """The packages that besshi requires, and those below them that change results."""
    names = []
    for requirement in metadata.requires("besshi") or ():
        extra = _EXTRA.search(requirement)
        if extra is None or extra[1] in _EXTRAS:
            names.append(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
    return sorted({*names, *_TRANSITIVE})


def _version(package: str) -> str:
    """Name and version of a package; a missing one has a hash of its own too."""
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return f"{package} -"
