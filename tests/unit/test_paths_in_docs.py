"""Each file and folder of the code that a page names is there."""

import re
import tomllib

import pytest

from tests.support.code_blocks import list_pages
from tests.support.pdfs import ROOT

PACKAGE = ROOT / "pipeline"
OF_THE_CODE = {
    *("pipeline", "tests", "benchmarks", "docs", "tools"),
    *(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()),
}
"""Folders in which a reader makes no files: what a page names in them must be there."""
MADE_BY_READERS = ("tests/golden/",)


def named_paths(text: str) -> list[str]:
    """What stands between backticks and is a path of the code.

    Modules by themselves (`views.py`) count too. Names with placeholders do not.
    """
    prose = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)
    names = re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", prose)
    return [name for name in names if is_of_the_code(name)]


def is_of_the_code(name: str) -> bool:
    if name.startswith(MADE_BY_READERS):
        return False
    first = name.partition("/")[0]
    return bool(re.search(r"\w\.py$", name)) or ("/" in name and first in OF_THE_CODE)


@pytest.mark.parametrize("page", [*list_pages(), "pipeline/files/parquet/columns.yml"])
def test_every_path_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    folders = (ROOT, PACKAGE, (ROOT / page).parent)
    missing = [
        name
        for name in named_paths(text)
        if not any((folder / name).exists() for folder in folders)
    ]
    assert not missing, f"{page}: {missing}"


def test_what_is_a_path_of_the_code() -> None:
    text = "`extract/page.py`, `files/parquet/`, `views.py`, `parsed/extract`, `extract/<x>.json`"
    assert named_paths(text) == ["extract/page.py", "files/parquet/", "views.py"]
    assert named_paths("```sh\ncat `extract/gone.py`\n```\n") == []


def test_the_layers_in_the_design_notes_are_those_that_imports_are_held_to() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (held,) = (c["layers"] for c in contracts if c.get("containers") == ["pipeline"])
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    drawn = re.search(r"```text diagram\n( commands[^\n]*\n.*?)```", design, re.DOTALL)
    assert drawn
    lines = [line.strip().replace(".py", "") for line in drawn[1].splitlines()]
    assert lines == [layer for layer in held if layer != "__main__"]
