"""Shows the result of a query: as a table, as CSV or as JSON lines."""

import json
import math
import shutil
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from pipeline.commands.line_formats import encode_csv_rows, encode_jsonl
from pipeline.commands.terminal import print_message, print_text
from pipeline.vocabulary.printable import cut_to_width, measure_width

_GAP = "  "
_NARROWEST = 4
"""Columns of the terminal that a cell keeps at least; judgement: a character and its ellipsis."""


class Rows(NamedTuple):
    """The result of a query."""

    names: Sequence[str]
    values: Sequence[Sequence[Any]]


def print_rows(rows: Rows, form: str) -> None:
    """Print the result of a query to stdout.

    Args:
        form: `table`, `csv` or `jsonl`.
    """
    if form == "table":
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        print_text(draw_table(rows, width))
        return
    if form == "csv":
        cells = ([_csv_cell(value) for value in row] for row in rows.values)
        data, warning = encode_csv_rows(rows.names, cells)
        if warning:
            print_message(f"besshi: warning: {warning}")
    else:
        data = encode_jsonl(
            {name: _plain(value) for name, value in zip(rows.names, row, strict=True)}
            for row in rows.values
        )
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def draw_table(rows: Rows, width: int | None) -> str:
    """The result as lines of text.

    Args:
        width: Columns of the terminal, into which each line is to fit; None: cells are not cut.
    """
    cells = [
        [_text(value).replace("\n", "⏎") for value in row] for row in (rows.names, *rows.values)
    ]
    widths = [max(map(measure_width, column)) for column in zip(*cells, strict=True)]
    if width is not None:
        widths = _fit(widths, width)
    lines = [_GAP.join(map(_pad, row, widths)).rstrip() for row in cells]
    rule = _GAP.join("─" * size for size in widths)
    count = len(rows.values)
    return "\n".join([lines[0], rule, *lines[1:], f"({count} row{'s' * (count != 1)})"])


def _fit(widths: list[int], width: int) -> list[int]:
    """The widths of columns that fit beside each other: the widest ones are cut."""
    room = width - len(_GAP) * (len(widths) - 1)
    limit = max(widths)
    while limit > _NARROWEST and sum(min(size, limit) for size in widths) > room:
        limit -= 1
    return [min(size, limit) for size in widths]


def _pad(text: str, width: int) -> str:
    cut = cut_to_width(text, width)
    return cut + " " * (width - measure_width(cut))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _plain(value: Any) -> Any:
    """A value without the numbers that JSON and CSV do not have: 1.5 of SQL is a Decimal."""
    if isinstance(value, Decimal):
        return float(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _csv_cell(value: Any) -> str | float | None:
    value = _plain(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if value is None or is_number else _text(value)
