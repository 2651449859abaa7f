"""The messages in besshi's code, as templates with `{}` where a value stands."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pipeline

PACKAGE = Path(pipeline.__file__).parent
_WORDS = 3
"""So many words make a message; fewer are a key, a name or a part of a table."""


def find_messages() -> dict[str, str]:
    """Template → the place of its first use."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for line, text in _texts(tree):
            if _is_message(text):
                found.setdefault(text, f"{path.relative_to(PACKAGE.parent)}:{line}")
    return found


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """All strings but docstrings; a value in one is `{}`."""
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "\0" for part in node.values]
            skipped |= {id(part) for part in ast.walk(node)} - {id(node)}
            text = "".join(map(str, parts)).replace("\0\0", "\0")
            yield node.lineno, _escape(text)
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in skipped:
            yield node.lineno, _escape(text)


def _escape(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}").replace("\0", "{}")


def _is_message(template: str) -> bool:
    if "|" in template or "&" in template:  # a type, a page's footer
        return False
    words = [word for word in template.split(" ") if any(c.isascii() and c.isalpha() for c in word)]
    return template.count(" ") >= _WORDS - 1 and len(words) >= _WORDS - 1
