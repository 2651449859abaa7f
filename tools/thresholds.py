"""Find the numeric constants of besshi, and where each says that it comes from."""

from __future__ import annotations

import ast
import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

MARKS = ("standard", "measured", "judgement")
"""What a constant's comment can name as its source."""
PACKAGES = ("extract", "segment", "normalize", "judge", "vocabulary", "model")
"""The packages of `pipeline` that decide what a record is."""

_ROOT = Path(__file__).resolve().parent.parent
_MARK = re.compile(rf"\b({'|'.join(MARKS)}):")
_NAME = re.compile(r"_?[A-Z][A-Z0-9_]*")


@dataclasses.dataclass(frozen=True)
class Threshold:
    """A numeric constant of a module."""

    module: str
    name: str
    line: int
    """In its file, from 1."""
    value: Any
    """A number, or a tuple of numbers and such tuples."""
    marks: tuple[str, ...]
    """The different sources that its comments name: exactly one where all is well."""
    comment: str
    """What its own line says, or the docstring or comment that stands for it."""

    @property
    def full_name(self) -> str:
        """Its name with that of its module."""
        return f"{self.module}.{self.name}"


@functools.cache
def find_thresholds() -> tuple[Threshold, ...]:
    """Find the numeric constants of `PACKAGES`, in the order of their files."""
    files = [
        file for name in PACKAGES for file in sorted((_ROOT / "pipeline" / name).rglob("*.py"))
    ]
    return tuple(threshold for file in files for threshold in _read_file(file))


def _read_file(file: Path) -> Iterator[Threshold]:
    yield from read_source(_name_module(file), file.read_text(encoding="utf-8"))


def read_source(module: str, text: str) -> Iterator[Threshold]:
    """Find the numeric constants of one module.

    Args:
        module: Its dotted name.
        text: Its source.
    """
    lines = text.splitlines()
    body = ast.parse(text).body
    for statement, following in zip(body, [*body[1:], None], strict=True):
        for name, value in _constants(statement):
            comment = _find_comment(lines, statement, following)
            marks = tuple(dict.fromkeys(_MARK.findall(comment)))
            yield Threshold(module, name, statement.lineno, value, marks, comment)


def _constants(statement: ast.stmt) -> Iterator[tuple[str, Any]]:
    """The names that a statement gives to numbers, and the numbers."""
    if isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets, value = [statement.target], statement.value
    else:
        return
    number = _number(value)
    if number is None:
        return
    for target in targets:
        if isinstance(target, ast.Name) and _NAME.fullmatch(target.id):
            yield target.id, number
        elif isinstance(target, ast.Tuple):  # _WIDTH, _HEIGHT = 0.1, 1.0
            names = [element.id for element in target.elts if isinstance(element, ast.Name)]
            yield from zip(names, number, strict=True)


def _number(node: ast.expr) -> Any:
    """The number that an expression spells, or the tuple of numbers; None: it spells neither."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    return value if _is_numeric(value) else None


def _is_numeric(value: Any) -> bool:
    if isinstance(value, tuple):
        return bool(value) and all(map(_is_numeric, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _find_comment(lines: Sequence[str], statement: ast.stmt, following: ast.stmt | None) -> str:
    """What is said about a constant: the nearest text that names a source.

    That is its own line, its docstring, or the comment right above it. Without any source it is all
    of them.
    """
    first, last = statement.lineno - 1, statement.end_lineno or statement.lineno
    own = _comments(lines[first:last])
    if (
        isinstance(following, ast.Expr)
        and isinstance(following.value, ast.Constant)
        and isinstance(following.value.value, str)
    ):
        own = f"{own} {following.value.value}".strip()
    start = first
    while start and lines[start - 1].startswith("#"):
        start -= 1
    texts = [text for text in (own, _comments(lines[start:first])) if text]
    return next((text for text in texts if _MARK.search(text)), " ".join(texts))


def _comments(lines: Sequence[str]) -> str:
    """The text of the comments in some lines."""
    found = (line.partition("#")[2].strip() for line in lines if "#" in line)
    return " ".join(found).strip()


def find_copies(threshold: Threshold) -> list[tuple[str, str]]:
    """Find where besshi holds a constant: its own module, and those that import it by its name.

    Returns:
        Modules, each with the name that it has there.
    """
    own = threshold.module, threshold.name
    return [own, *_imports().get(own, ())]


def is_captured(threshold: Threshold) -> bool:
    """Whether a value at import time depends on a constant.

    Such values are other constants, default arguments, decorators and class attributes. They keep
    the old value if the constant's module gets a new one.
    """
    return any(name in _names_at_import()[module] for module, name in find_copies(threshold))


@functools.cache
def _imports() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Map what is imported from a module by its name to the modules and names that hold it."""
    held: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for module, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module is not None:
                for alias in node.names:
                    copy = module, alias.asname or alias.name
                    held.setdefault((node.module, alias.name), []).append(copy)
    return held


@functools.cache
def _names_at_import() -> dict[str, set[str]]:
    """Map each module to the names that it reads while it is imported."""
    return {
        module: {
            node.id
            for node in _walk_import_time(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        for module, tree in _modules()
    }


def _walk_import_time(tree: ast.Module) -> Iterator[ast.AST]:
    """Walk what runs when a module is imported, with the functions of its own that it calls."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    pending: list[ast.AST] = [tree]
    while pending:
        for node in _walk_outside_bodies(pending.pop()):
            yield node
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                called = functions.pop(node.func.id, None)
                pending += called.body if called is not None else []


def _walk_outside_bodies(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree without the bodies of functions."""
    yield node
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk_outside_bodies(child)


@functools.cache
def _modules() -> list[tuple[str, ast.Module]]:
    """All modules of besshi by their dotted names, parsed."""
    files = sorted((_ROOT / "pipeline").rglob("*.py"))
    return [(_name_module(file), ast.parse(file.read_text(encoding="utf-8"))) for file in files]


def _name_module(file: Path) -> str:
    return ".".join(file.relative_to(_ROOT).with_suffix("").parts).removesuffix(".__init__")
