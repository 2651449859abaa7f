"""Records found are aligned with true ones."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from pipeline.evaluate.align import align
from tests.support.scoring import LONG, OTHER


def test_alignment_keeps_the_order_around_a_record_that_was_put_in() -> None:
    texts = [LONG, OTHER, "駐輪場が足りないため放置自転車が増えている"]
    assert align(texts, [texts[0], "別の表にあった行", *texts[1:]]) == [
        (0, 0),
        (None, 1),
        (1, 2),
        (2, 3),
    ]
    assert align(texts, texts[1:]) == [(0, None), (1, 0), (2, 1)]
    assert align(texts, []) == [(0, None), (1, None), (2, None)]


def test_alignment_never_crosses() -> None:
    """Two records that changed places are one matched, one missing and one too many."""
    pairs = align([LONG, OTHER], [OTHER, LONG])
    assert sum(i is not None and j is not None for i, j in pairs) == 1
    assert [i for i, _ in pairs if i is not None] == [0, 1]
    assert [j for _, j in pairs if j is not None] == [0, 1]


def test_alignment_takes_the_likeliest_of_similar_records() -> None:
    near = f"{LONG}と思う"
    assert align([LONG], [near, LONG]) == [(None, 0), (0, 1)]
    assert align([LONG], [LONG, near]) == [(0, 0), (None, 1)]


def full_scores(truth: Sequence[str], found: Sequence[str], band: int) -> list[list[float]]:
    """The score of every cell: what `align` computes inside its band only."""
    scores = [[0.0] * (len(found) + 1) for _ in range(len(truth) + 1)]
    for i, one in enumerate(truth, start=1):
        for j, other in enumerate(found, start=1):
            same = Indel.normalized_similarity(one, other, score_cutoff=0.5)
            paired = scores[i - 1][j - 1] + same if same and abs(i - j) <= band else 0.0
            scores[i][j] = max(scores[i - 1][j], scores[i][j - 1], paired)
    return scores


def align_in_full(
    truth: Sequence[str], found: Sequence[str], most_shift: int
) -> list[tuple[int | None, int | None]]:
    """The pairs as traced through all cells."""
    scores = full_scores(truth, found, abs(len(truth) - len(found)) + most_shift)
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(truth), len(found)
    while i or j:
        unpaired = max(scores[i - 1][j] if i else 0.0, scores[i][j - 1] if j else 0.0)
        if i and j and scores[i][j] > unpaired:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and (not j or scores[i - 1][j] >= scores[i][j - 1]):
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


TEXTS = st.lists(st.text("あいう", min_size=1, max_size=4), max_size=12)


@given(TEXTS, TEXTS, st.integers(0, 4))
def test_alignment_in_its_band_equals_the_full_computation(
    truth: list[str], found: list[str], most_shift: int
) -> None:
    assert align(truth, found, most_shift) == align_in_full(truth, found, most_shift)
