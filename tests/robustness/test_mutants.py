"""PDFs changed at random lose nothing."""

import pytest

from tools.mutate import make_mutants, try_mutants


def test_mutants_are_the_same_for_the_same_seed() -> None:
    assert list(make_mutants(5, 3)) == list(make_mutants(5, 3))
    assert list(make_mutants(5, 3)) != list(make_mutants(5, 4))


@pytest.mark.slow
def test_some_mutants_lose_nothing() -> None:
    tally = try_mutants(6, seed=20, seconds=30)
    assert tally.files == 6
    assert tally.hangs + tally.crashes + tally.losses + tally.bugs == []
