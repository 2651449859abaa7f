"""The groups of contexts that share a habit, and what is believed of each before learning."""

from collections.abc import Mapping

from pipeline.normalize.line_ends.line_endings import LineEndContext, LineEnding
from pipeline.vocabulary.line_marks import LineStart

HabitGroup = tuple[LineEnding | None, LineStart | None]
"""The contexts that share a habit; None: any other ending, or any mark (or no start)."""

# Pseudo-counts; judgement: the plainer an author's hand shows in a context, the higher their ratio,
# and a page or two of an annex outweighs them.
OPPORTUNITIES: Mapping[HabitGroup, tuple[float, float]] = {
    (LineEnding.SENTENCE, LineStart.PLAIN): (2.0, 3.0),
    (LineEnding.SENTENCE, LineStart.INDENT): (20.0, 1.0),
    (LineEnding.SENTENCE, LineStart.ENCLOSED): (9.0, 1.0),
    (LineEnding.SENTENCE, LineStart.BULLET): (9.0, 1.0),
    (LineEnding.SENTENCE, LineStart.HEADING): (9.0, 1.0),
    (LineEnding.SENTENCE, LineStart.PAGE): (9.0, 1.0),
    (LineEnding.SENTENCE, LineStart.BRACKETED): (6.0, 1.0),
    (LineEnding.SENTENCE, LineStart.NUMBERED): (6.0, 1.0),
    (None, LineStart.ENCLOSED): (4.0, 1.0),
    (None, LineStart.HEADING): (3.0, 1.0),
    (None, LineStart.PAGE): (8.0, 2.0),
    (None, LineStart.BULLET): (1.0, 2.0),
    (None, LineStart.BRACKETED): (1.0, 1.0),
    (None, LineStart.NUMBERED): (1.0, 2.0),
    (LineEnding.RUNNING, None): (0.5, 4.0),
}
"""Places that stand inside lines too → (the author broke, he did not), to start from."""

# Pseudo-counts; judgement: as above.
LINE_ENDS: Mapping[HabitGroup, tuple[float, float]] = {
    # Measured: of 863 lines that are a heading in brackets none goes on, and of 217 that end in
    # です or ます one does.
    (LineEnding.HEADING, LineStart.PLAIN): (40.0, 0.5),
    (LineEnding.HEADING, LineStart.OPENING): (40.0, 0.5),
    (LineEnding.HEADING, LineStart.INDENT): (40.0, 0.5),
    (LineEnding.FINAL, LineStart.PLAIN): (40.0, 0.5),
    (LineEnding.FINAL, LineStart.OPENING): (40.0, 0.5),
    (LineEnding.FINAL, LineStart.INDENT): (40.0, 0.5),
    (LineEnding.TITLE, LineStart.PLAIN): (2.0, 2.0),
    (LineEnding.TITLE, LineStart.OPENING): (4.0, 1.0),
    (LineEnding.CLOSING, LineStart.PLAIN): (1.0, 3.0),
    (LineEnding.CLOSING, LineStart.OPENING): (2.0, 2.0),
    (LineEnding.CLOSING, LineStart.INDENT): (20.0, 1.0),
    (LineEnding.PHRASE, LineStart.PLAIN): (1.0, 4.0),
    (LineEnding.PHRASE, LineStart.OPENING): (4.0, 1.0),
    (LineEnding.PHRASE, LineStart.INDENT): (20.0, 1.0),
    (LineEnding.NOMINAL, LineStart.PLAIN): (1.0, 20.0),
    (LineEnding.NOMINAL, LineStart.OPENING): (2.0, 2.0),
    (LineEnding.NOMINAL, LineStart.INDENT): (20.0, 1.0),
    (LineEnding.PREDICATE, LineStart.PLAIN): (1.0, 6.0),
    (LineEnding.PREDICATE, LineStart.OPENING): (2.0, 2.0),
    (LineEnding.PREDICATE, LineStart.INDENT): (20.0, 1.0),
    (LineEnding.COMMA, LineStart.PLAIN): (0.5, 20.0),
    (LineEnding.COMMA, LineStart.OPENING): (0.5, 10.0),
    (LineEnding.COMMA, LineStart.INDENT): (1.0, 4.0),
    (LineEnding.RUNNING, LineStart.PLAIN): (0.5, 40.0),
    (LineEnding.RUNNING, LineStart.OPENING): (0.5, 10.0),
    (LineEnding.RUNNING, LineStart.INDENT): (1.0, 4.0),
    (LineEnding.SMALL_TABLE, None): (20.0, 1.0),
    (LineEnding.NUMBER, None): (9.0, 1.0),
    # So many that no annex learns otherwise from widths that it misjudges.
    (LineEnding.KINSOKU, None): (0.5, 100_000.0),
    # Nobody types these; typing errors and unknown words aside.
    (LineEnding.INSIDE_WORD, None): (0.5, 100.0),
    (LineEnding.BEFORE_PARTICLE, None): (0.5, 100.0),
}
"""All other line ends → (the author's, the layout's), to start from."""


def find_habit_group(context: LineEndContext) -> HabitGroup:
    """Find the group whose habit a context shares."""
    own = (context.ending, context.start)
    if own in LINE_ENDS or own in OPPORTUNITIES:
        return own
    running = context.ending in (LineEnding.COMMA, LineEnding.RUNNING)
    return (LineEnding.RUNNING, None) if running else (None, context.start)
