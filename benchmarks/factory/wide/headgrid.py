"""Where the cells of a header stand: spanning cells from the columns' paths."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True)
class HeadCell:
    """One cell of a header; columns and rows are half-open ranges."""

    text: str
    columns: tuple[int, int]
    rows: tuple[int, int]


def head_cells(paths: Sequence[tuple[str, ...]]) -> list[HeadCell]:
    """The cells of the columns under these paths; neighbours share what begins alike."""
    depth = max(map(len, paths))
    cells: list[HeadCell] = []
    for level in range(depth):
        start = 0
        while start < len(paths):
            end = start + 1
            if level < len(paths[start]):
                is_last = level == len(paths[start]) - 1
                shared = paths[start][: level + 1]
                while not is_last and end < len(paths) and _spans(paths[end], shared):
                    end += 1
                bottom = depth if is_last else level + 1
                cells.append(HeadCell(paths[start][level], (start, end), (level, bottom)))
            start = end
    return cells


def _spans(path: tuple[str, ...], shared: tuple[str, ...]) -> bool:
    return len(path) > len(shared) and path[: len(shared)] == shared
