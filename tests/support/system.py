"""What only the system can give a test, and how it is said that a test went without.

A test names its need by a marker; where the need is not met, the test is skipped, and the last line
of pytest's output names every such test and the command that installs what it wants. No test skips
itself in any other way (test_system.py): what `make setup` installs is there, or it is an error.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping
from ctypes.util import find_library
from dataclasses import dataclass

from benchmarks.factory.fonts import SYSTEM_FILES

IPA = ("IPAGothic", "IPAPGothic", "IPAMincho", "IPAPMincho")
"""Four families that differ in their shapes and in the widths of their kana."""
HANDFUL = 5
"""So many tests of one file are named in full."""
PROPERTY = "wants"
"""The property of a skipped test's report: it goes from a worker of xdist to who started it."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something that no wheel carries."""

    packages: tuple[str, ...]
    """Of Debian."""
    is_met: Callable[[], bool]

    @property
    def command(self) -> str:
        return install(self.packages)


def has_chromium() -> bool:
    """Chromium, and the library of Debian without which playwright's driver does not start."""
    return shutil.which("chromium") is not None and find_library("atomic") is not None


def has_fonts() -> bool:
    return all(SYSTEM_FILES[name].exists() for name in IPA)


NEEDS: Mapping[str, Need] = {
    "browser": Need(("chromium", "libatomic1"), has_chromium),
    "fonts": Need(("fonts-ipafont",), has_fonts),
}
"""By the marker of the tests that have it."""


def install(packages: Iterable[str]) -> str:
    return f"apt-get install {' '.join(sorted(set(packages)))}"


def last_line(skipped: Mapping[str, tuple[str, ...]]) -> str:
    """What is said of skipped tests: how many, what installs what they want, each by its name.

    Args:
        skipped: Test → the packages that it wants; none where it skipped itself.
    """
    packages = {package for wanted in skipped.values() for package in wanted}
    wanted = f" for want of what the system has not ({install(packages)})" if packages else ""
    tests = "1 test" if len(skipped) == 1 else f"{len(skipped)} tests"
    return f"skipped {tests}{wanted}: {', '.join(_by_file(skipped))}"


def _by_file(tests: Iterable[str]) -> Iterable[str]:
    files: dict[str, list[str]] = {}
    for test in tests:
        file, _, name = test.partition("::")
        files.setdefault(file, []).append(name)
    for file, names in files.items():
        if len(names) <= HANDFUL:
            yield from (f"{file}::{name}" if name else file for name in names)
        else:
            yield f"{file} ({len(names)}: {', '.join(names)})"
