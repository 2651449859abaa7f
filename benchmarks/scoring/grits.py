"""GriTS-Con: how alike the cells of two tables are, as the literature measures it.

B. Smock, R. Pesala, R. Abraham: GriTS: Grid table similarity metric for table structure
recognition, ICDAR 2023 (arXiv:2203.12555): factored 2D most similar substructures, with the longest
common subsequence of two cells' texts as their likeness.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from pipeline.evaluate.scores import Comparable, flat

Grid = list[list[str]]
"""Rows of cells' texts, all of one length."""
Floats = NDArray[np.float64]


class Likeness(Struct, frozen=True):
    """What GriTS is computed from; those of several tables add up."""

    similarity: float = 0.0
    true_cells: int = 0
    found_cells: int = 0

    @property
    def f_score(self) -> float:
        """GriTS: 1 where all cells are alike, and where there are none."""
        cells = self.true_cells + self.found_cells
        return 2 * self.similarity / cells if cells else 1.0


def compare_annex(truth: Sequence[Comparable], found: Sequence[Comparable]) -> Likeness:
    """Compare the records of an annex as grids.

    Records below each other that have the same fields are one grid. Grids are paired in order.
    """
    names = list(dict.fromkeys(name for record in truth for name in record.fields))
    true_grids, found_grids = _grids(truth, names), _grids(found, names)
    rewards = np.array(
        [[compare_grids(one, other) for other in found_grids] for one in true_grids]
    ).reshape(len(true_grids), len(found_grids))
    return Likeness(
        float(sum(rewards[pair] for pair in pair_in_order(rewards))),
        _count_cells(true_grids), _count_cells(found_grids),
    )  # fmt: skip


def _grids(records: Sequence[Comparable], names: Sequence[str]) -> list[Grid]:
    """Grids with the columns in one order, those that the truth does not have at the end."""
    places = {name: place for place, name in enumerate(names)}

    def columns(record: Comparable) -> list[str]:
        present = [name for name, text in record.fields.items() if text is not None]
        return sorted(present, key=lambda name: (places.get(name, len(places)), name))

    return [
        [[flat(record.fields[name]) for name in shared] for record in group]
        for shared, group in groupby(records, columns)
    ]


def _count_cells(grids: Sequence[Grid]) -> int:
    return sum(len(row) for grid in grids for row in grid)


def compare_grids(truth: Grid, found: Grid) -> float:
    """The summed likeness of the cells of the rows and columns that belong together."""
    rows, columns, other_rows, other_columns = (
        len(truth), len(truth[0]), len(found), len(found[0])
    )  # fmt: skip
    cells = cdist(
        [cell for row in truth for cell in row], [cell for row in found for cell in row],
        scorer=Indel.normalized_similarity, dtype=np.float64,
    ).reshape(rows, columns, other_rows, other_columns)  # fmt: skip
    paired_rows = pair_in_order(_align(cells.transpose(1, 3, 0, 2)))
    paired_columns = pair_in_order(_align(cells.transpose(0, 2, 1, 3)))
    return float(
        sum(cells[i, j, other_i, other_j]
            for i, other_i in paired_rows for j, other_j in paired_columns)
    )  # fmt: skip


def _align(rewards: Floats) -> Floats:
    """The best sums of rewards of two sequences paired in order.

    Args:
        rewards: Place in one sequence × place in the other × any number of such problems.
    """
    best = np.zeros((rewards.shape[1] + 1, *rewards.shape[2:]))
    for row in rewards:
        before = best.copy()
        for j, reward in enumerate(row):
            best[j + 1] = np.maximum(np.maximum(before[j + 1], best[j]), before[j] + reward)
    return best[-1]


def pair_in_order(rewards: Floats) -> list[tuple[int, int]]:
    """The pairs of places in two sequences, in order, whose rewards have the greatest sum."""
    rows, columns = rewards.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows):
        for j in range(columns):
            best[i + 1, j + 1] = max(best[i, j + 1], best[i + 1, j], best[i, j] + rewards[i, j])
    pairs = []
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]
