"""A hash of the code and the packages that the files of a stage depend on."""

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
_STAGES = {
    "extract": ("extract",),
    "segment": ("segment",),
    "normalize": ("normalize",),
    "run": ("extract", "segment", "normalize"),
}
"""Command → the packages of its stages."""
_EXTRA = re.compile(r"extra == ['\"](\w+)['\"]")
_EXTRAS = {"ocr"}  # those that change what is read
_TRANSITIVE = ("numpy", "pdfminer.six")  # they compute, but others of our packages choose them


@cache
def fingerprint(stage: str) -> str:
    """A hash that changes with what the stage's files are made by, and with nothing else."""
    files = [path for name in (*SHARED, *_STAGES[stage]) for path in _files(_ROOT / name)]
    parts = [f"{path.relative_to(_ROOT).as_posix()} {digest(path.read_bytes())}" for path in files]
    # Python 3.12 adds floating point numbers up in another way than 3.11.
    python = ".".join(platform.python_version_tuple()[:2])
    return digest(*parts, python, *map(_version, _packages()))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in (".py", ".yml"))


def _packages() -> list[str]:
    """What besshi itself requires, and what decides beneath that."""
    names = []
    for requirement in metadata.requires("besshi") or ():
        extra = _EXTRA.search(requirement)
        if extra is None or extra[1] in _EXTRAS:
            names.append(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
    return sorted({*names, *_TRANSITIVE})


def _version(package: str) -> str:
    """Name and version; a package that is not there makes a difference too."""
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return f"{package} -"
