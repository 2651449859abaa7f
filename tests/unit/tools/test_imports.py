"""What the tools and the benchmarks import of the project is there: most of them no test runs."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.pdfs import ROOT

OWN = {"benchmarks", "pipeline", "tests", "tools"}
FILES = sorted(path for name in ("benchmarks", "tools") for path in (ROOT / name).rglob("*.py"))


def own_imports(path: Path) -> Iterator[tuple[str, str]]:
    """The modules of the project that a file names, and what it takes from each."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OWN:
            yield from ((str(node.module), alias.name) for alias in node.names)


@cache
def defined(module: str) -> set[str]:
    """The names that stand at the top of a module, and the modules of a package."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin)
    names = {name for node in ast.parse(path.read_text("utf-8")).body for name in bound(node)}
    beside = path.parent.iterdir() if path.name == "__init__.py" else ()
    return names | {other.stem for other in beside}


def bound(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)
    elif isinstance(node, ast.If | ast.Try | ast.With):
        yield from (name for inner in node.body for name in bound(inner))
    else:
        stored = (n for n in ast.walk(node) if isinstance(n, ast.Name))
        yield from (name.id for name in stored if isinstance(name.ctx, ast.Store))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_program_imports_is_there(path: Path) -> None:
    missing = [(m, n) for m, n in own_imports(path) if not find_spec(m) or n not in defined(m)]
    assert missing == []
