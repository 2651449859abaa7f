"""The packages that results depend on, and their versions.

`importlib.metadata` would tell them too, but it needs `email`: 30 ms of every run.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import takewhile
from pathlib import Path

_EXTRA = re.compile(r"extra == ['\"](\w+)['\"]")
_EXTRAS = {"ocr"}
"""The extras of besshi that change what is read."""
_TRANSITIVE = ("numpy", "pdfminer.six")
"""Packages that change results, although only other packages require them by version."""


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
