"""Tests use what is public: a name with an underscore may change without a test."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.pdfs import ROOT

ALLOWED = {
    ("tests/support/processes.py", "_answer"): "a worker in a process of its own that is stuck",
    ("tests/support/oracle.py", "_objs"): "pdfminer's: what its interpreter has collected",
}
"""File and name → what cannot be had in another way."""
LISTS = "test_thresholds.py"
"""It names constants to read their comments, and uses none."""
USERS = [
    path.relative_to(ROOT)
    for folder in ("tests", "tools", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.name != LISTS
]
PRIVATE = re.compile(r"\w\.(_[a-zA-Z]\w*)")
PRIVATE_WORD = re.compile(r"(?<!\bos\.)\b_[a-zA-Z]\w*")
"""os._exit is Python's."""
PATCHING = {"setattr", "delattr", "getattr"}


def names_of_pipeline() -> set[str]:
    """Every name with an underscore that is defined in `pipeline`."""
    found = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(PRIVATE_WORD.findall(text))
    return found


OWN = names_of_pipeline()


def private_names(path: Path) -> Iterator[str]:
    """The private names of `pipeline` that a module imports, reads, calls or patches."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if OWN.isdisjoint(PRIVATE_WORD.findall(text)):
        return
    tree = ast.parse(text)
    theirs = OWN - {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("pipeline"):
                yield from {alias.name for alias in names} & theirs
            case ast.Attribute(value=ast.Name("self" | "cls")):
                continue
            case ast.Attribute(attr=name) if name in theirs:
                yield name
            case ast.Call(ast.Attribute(attr=called), [_, ast.Constant(str(name)), *_]) if (
                called in PATCHING and name in theirs
            ):
                yield name
            case ast.Constant(str(text)) if "pipeline." in text:
                yield from PRIVATE.findall(text)


def test_no_private_name_of_the_pipeline_is_used() -> None:
    used = {(str(path), name) for path in USERS for name in private_names(path)}
    assert used == ALLOWED.keys()
