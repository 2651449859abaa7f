"""Habits are learnt from what an author decided, not from how often a cell repeats it."""

from pipeline.normalize.line_ends.candidates import find_candidates
from pipeline.normalize.line_ends.habits import Observed, learn_habits
from pipeline.normalize.line_ends.line_widths import Fit
from tests.support.making import lay_out

UNDECIDED = Fit(slack=0.0, unit=1.0, room=0.0, ems=10.0, odds=0.0)


def learn_prior(labels: list[str], odds: float) -> float:
    """The prior of the first line end of a narrow column, of whose ends the widths say so much."""
    segmented = lay_out([[label] for label in labels], ("submitter",), (2.0,))
    candidates = find_candidates(segmented)
    witnesses = [odds] * len(candidates)
    fits = [UNDECIDED] * len(candidates)
    return learn_habits(Observed.observe(segmented, candidates), candidates, fits, witnesses)[0]


def test_a_label_that_many_cells_repeat_is_no_habit() -> None:
    """A grid of characters spreads Ａ委 | 員 over its cell; the widths say that 員 had room."""
    repeated = learn_prior(["Ａ委員", "Ｂ委員", "Ｃ委員"] * 20, 4.0)
    assert repeated < -3.0
    different = [f"{letter}委員" for letter in "アイウエオカキクケコサシスセソタチツテトナニヌネノ"]
    assert learn_prior(different * 3, 4.0) > repeated
