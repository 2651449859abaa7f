"""Which found record is which of the truth's: alignment in reading order."""

from collections.abc import Sequence

from rapidfuzz.distance import Indel

# Below this similarity two records have little more in common than their language.
_SAME_RECORD = 0.5
# Records of the truth and of the output stand at nearly the same place in order; pairs farther
# apart than the difference of their counts and this many rows are not compared.
_BAND = 40


def align(truth: Sequence[str], found: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Pair two lists of texts in order so that the sum of similarities is greatest.

    Args:
        truth: All text of each true record, white space removed.
        found: The same of each found record.

    Returns:
        Pairs of indexes in order; None on the side where a record has no counterpart.
    """
    band = abs(len(truth) - len(found)) + _BAND
    scores = [[0.0] * (len(found) + 1) for _ in range(len(truth) + 1)]
    matched: set[tuple[int, int]] = set()
    for i in range(1, len(truth) + 1):
        for j in range(1, len(found) + 1):
            scores[i][j] = max(scores[i - 1][j], scores[i][j - 1])
            if abs(i - j) <= band:
                same = _similarity(truth[i - 1], found[j - 1])
                if same >= _SAME_RECORD and scores[i - 1][j - 1] + same > scores[i][j]:
                    scores[i][j] = scores[i - 1][j - 1] + same
                    matched.add((i, j))
    return _trace(scores, matched)


def _similarity(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return Indel.normalized_similarity(one, other, score_cutoff=_SAME_RECORD)


def _trace(
    scores: Sequence[Sequence[float]], matched: set[tuple[int, int]]
) -> list[tuple[int | None, int | None]]:
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(scores) - 1, len(scores[0]) - 1
    while i or j:
        if (i, j) in matched:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and (not j or scores[i - 1][j] >= scores[i][j - 1]):
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]
