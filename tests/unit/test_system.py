"""A test that lacks what only the system can give is skipped by its name, and no test otherwise."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pdfs import ROOT
from tests.support.system import HANDFUL, NEEDS, install, last_line

CHROMIUM, FONTS = (NEEDS[name].packages for name in ("browser", "fonts"))
SKIPS = {"skip", "skipif", "skipIf", "skipUnless", "SkipTest", "importorskip"}


def test_few_tests_are_named_in_full() -> None:
    line = last_line({"tests/test_a.py::test_one[x-1]": FONTS, "tests/test_b.py::test_two": ()})
    assert line == (
        "skipped 2 tests for want of what the system has not (apt-get install fonts-ipafont): "
        "tests/test_a.py::test_one[x-1], tests/test_b.py::test_two"
    )


def test_many_tests_of_a_file_are_all_named() -> None:
    names = [f"test_{number}" for number in range(HANDFUL + 1)]
    skipped = {f"tests/test_a.py::{name}": CHROMIUM for name in names}
    line = last_line(skipped | {"tests/test_b.py::test_two": FONTS})
    assert "(apt-get install chromium fonts-ipafont libatomic1)" in line
    assert f"tests/test_a.py ({len(names)}: {', '.join(names)}), tests/test_b.py::test_two" in line
    assert "\n" not in line


def test_a_test_that_skips_itself_is_named_too() -> None:
    assert last_line({"tests/test_a.py": ()}) == "skipped 1 test: tests/test_a.py"


def test_no_test_skips_itself() -> None:
    """What it wants is then in no list: it would never run on a machine that nobody looks at."""
    skipping = {}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not any(word in text for word in SKIPS):
            continue
        nodes = list(ast.walk(ast.parse(text)))
        named = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        named |= {node.id for node in nodes if isinstance(node, ast.Name)}
        if found := named & SKIPS:
            skipping[str(path.relative_to(ROOT))] = found
    assert skipping == {"tests/conftest.py": {"skip"}}


@pytest.mark.slow
@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "two-workers"])
def test_without_a_browser_the_last_line_says_so(workers: tuple[str, ...], tmp_path: Path) -> None:
    """Below pytest's own last line, which stays as others read it."""
    test = "tests/integration/test_review_browser.py::test_least_sure_first"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *workers, test]
    # Nobody's worker of xdist: this one's own variables would make it take itself for one.
    kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    done = subprocess.run(
        [*command, f"--basetemp={tmp_path / 'base'}"],
        cwd=ROOT,
        env=kept | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    closing, last = done.stdout.splitlines()[-2:]
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in closing
    packages = [package for need in NEEDS.values() for package in need.packages]
    assert install(packages[:1]) in last
    assert last.endswith(f": {test}")
