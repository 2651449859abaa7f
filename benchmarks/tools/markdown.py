"""Tables in Markdown, for the adapters of tools that write it."""

import re

from benchmarks.tools import Table

_RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+$")


def parse_tables(text: str) -> list[Table]:
    """The pipe tables of a text; `<br>` is a line break."""
    tables: list[Table] = []
    before = ""
    for line in map(str.strip, text.splitlines()):
        is_row = line.startswith("|") and line.endswith("|") and len(line) > 1
        if is_row and not before:
            tables.append([])
        if is_row and not _RULE.match(line):
            tables[-1].append([_text(cell) for cell in re.split(r"(?<!\\)\|", line[1:-1])])
        before = line if is_row else ""
    return tables


def _text(cell: str) -> str:
    return re.sub(r"\s*<br\s*/?>\s*", "\n", cell).replace("\\|", "|").replace("**", "").strip()
