"""Pair found records with true ones: alignment in reading order."""

from collections.abc import Sequence

from rapidfuzz.distance import Indel

# Share of the characters; judgement: records less alike have little but their language in common.
_SAME_RECORD = 0.5
# Rows; judgement: a record stands at nearly the same place in both lists, and a table that was
# missed or added shows in the difference of the counts.
_MOST_SHIFT = 40

Pair = tuple[int | None, int | None]
"""Index of a true and of a found record; None on the side that has no counterpart."""


def align(truth: Sequence[str], found: Sequence[str], most_shift: int = _MOST_SHIFT) -> list[Pair]:
    """Pair two lists of texts in order so that the sum of similarities is greatest.

    Args:
        truth: All text of each true record, white space removed.
        found: The same of each found record.
        most_shift: Two records are compared only if their indexes differ by no more than this
            and the difference of the two counts.

    Returns:
        Pairs of indexes in order.
    """
    band = abs(len(truth) - len(found)) + most_shift
    scores = _BandedScores(band, len(found))
    matched: set[tuple[int, int]] = set()
    for i in range(1, len(truth) + 1):
        scores.begin_row(i)
        for j in scores.columns(i):
            if j == 0:
                continue
            best = max(scores.at(i - 1, j), scores.at(i, j - 1))
            same = _similarity(truth[i - 1], found[j - 1])
            if same >= _SAME_RECORD and scores.at(i - 1, j - 1) + same > best:
                best = scores.at(i - 1, j - 1) + same
                matched.add((i, j))
            scores.append(i, best)
    return _trace(scores, matched, len(truth), len(found))


class _BandedScores:
    """The best sum of similarities of the first i true and the first j found records.

    Only the cells with |i - j| <= band are stored. No pair is made outside the band, so a cell
    there has the score of the cell at the band's edge in its row (or column).
    """

    def __init__(self, band: int, width: int) -> None:
        self._band = band
        self._width = width
        self._rows = [[0.0] * len(self.columns(0))]

    def columns(self, i: int) -> range:
        """The j inside the band of row i."""
        return range(max(0, i - self._band), min(self._width, i + self._band) + 1)

    def begin_row(self, i: int) -> None:
        """Start row i: its cell j = 0, where the band holds it, has no pair."""
        self._rows.append([0.0] if self.columns(i).start == 0 else [])

    def append(self, i: int, score: float) -> None:
        """Store the next cell of row i."""
        self._rows[i].append(score)

    def at(self, i: int, j: int) -> float:
        """The score of any cell, inside the band or outside."""
        j = min(j, i + self._band)
        i = min(i, j + self._band)
        return self._rows[i][j - max(0, i - self._band)]


def _similarity(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return Indel.normalized_similarity(one, other, score_cutoff=_SAME_RECORD)


def _trace(scores: _BandedScores, matched: set[tuple[int, int]], i: int, j: int) -> list[Pair]:
    """Walk from the last cell back to the first."""
    pairs: list[Pair] = []
    while i or j:
        if (i, j) in matched:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and (not j or scores.at(i - 1, j) >= scores.at(i, j - 1)):
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]
