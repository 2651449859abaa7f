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


def test_sentences_with_a_conjunction_have_a_habit_of_their_own() -> None:
    """The author goes on behind sentences, but begins a line with なお."""
    answers = [f"{n}。道は広い。川は長い。\nなお、町は遠い。" for n in "甲乙丙丁戊己庚辛壬癸"]
    segmented = lay_out([[answer] for answer in answers], ("response",), (14.0,))
    candidates = find_candidates(segmented)
    fits = [UNDECIDED] * len(candidates)
    observed = Observed.observe(segmented, candidates)
    witnesses = [4.0 if c.after.text.startswith("なお") else 0.0 for c in candidates]
    witnesses[-1] = 0.0  # the line before the last one is full
    assert learn_habits(observed, candidates, fits, witnesses)[-1] > 2.0
