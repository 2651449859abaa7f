"""Encodes rows as lines: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# What spreadsheets take for formulas: some ignore leading white space, and Apple's Numbers ignores
# the width of the first character (github.com/adaltas/node-csv/pull/387).
_ACTIVE = re.compile(r"\s*[=+\-@＝＋－＠].|[\t\r\n].", re.DOTALL)
# Some readers of JSON lines take these for line ends, although JSON does not.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def encode_jsonl(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One row on each line, as a JSON object.

    Values that JSON does not have, such as dates, become texts.
    """
    lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
    return "".join(line.translate(_LINE_ENDS) for line in lines).encode()


def encode_csv_rows(
    names: Sequence[str], rows: Iterable[Sequence[str | float | None]], for_excel: bool = True
) -> tuple[bytes, str | None]:
    """A CSV file in UTF-8.

    Texts that a spreadsheet would take for formulas get an apostrophe in front: annexes come from
    strangers.

    Args:
        rows: Texts and numbers; None is an empty cell.
        for_excel: Whether it begins with a byte order mark, without which Excel misreads Japanese.
            Many programs take the mark for a part of the first name.

    Returns:
        The file's content, and a warning if texts got an apostrophe.
    """
    lines = io.StringIO(newline="")
    table = csv.writer(lines)
    table.writerow(map(_defuse, names))
    active = 0
    for row in rows:
        cells = [_defuse(cell) for cell in row]
        active += sum(cell != safe for cell, safe in zip(row, cells, strict=True))
        table.writerow(cells)
    data = lines.getvalue().encode("utf-8-sig" if for_excel else "utf-8")
    if not active:
        return data, None
    return data, (
        f"{active} cells begin like formulas (= + - @); an apostrophe was put in front, so that "
        "spreadsheets do not calculate them (xlsx, jsonl and Parquet have the cells as they are)"
    )


def _defuse(cell: str | float | None) -> str | float | None:
    return f"'{cell}" if isinstance(cell, str) and _ACTIVE.match(cell) else cell
