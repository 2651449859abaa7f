"""The factory draws another annex where one does not fit its engine."""

from pathlib import Path

from benchmarks.factory.make import make


def test_an_annex_that_does_not_fit_is_drawn_again_and_again(tmp_path: Path) -> None:
    """Eleven annexes of this seed have too few columns to be printed in halves."""
    made = make(tmp_path, "over_pages", "halves", 7502, 29)
    assert len(made.refused) > 6
    assert set(made.refused) == {"too few columns to be cut"}
