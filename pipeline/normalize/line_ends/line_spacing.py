"""The evidence of white space: blank lines, indents, spaces behind a line, and stretched lines.

All weights are log-odds (natural logarithm) that the author made the break.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from math import log
from statistics import median

from pipeline.model import Line, Segmented
from pipeline.normalize.line_ends.candidates import Candidate, ColumnKey, measure_reach
from pipeline.normalize.line_ends.line_endings import LineEnding
from pipeline.normalize.line_ends.line_rhythm import Rhythm
from pipeline.normalize.line_ends.line_widths import Fit
from pipeline.normalize.line_ends.odds_of_many import SETTLED
from pipeline.vocabulary.line_marks import begins_with_mark

# Line pitches from one line to the next; judgement: midway between none and one blank line.
_BLANK_LINE = 1.5
_WIDER = 1.15  # line pitches; judgement: space that a program sets between paragraphs
_HIGHER_FACE = 1.3  # line pitches; judgement: the faces of one document differ by less
_BLANK_LINE_WEIGHT = 6.0  # log-odds; judgement: only an author leaves a line blank
_WIDER_WEIGHT = 1.5  # log-odds; judgement: justified text is set apart now and then
# White space behind a line, before the annex says more. Pseudo-counts; judgement: who presses Enter
# has not typed a space before, a wrap swallows one. Word, though, draws one behind every paragraph.
_TAILS_OF_AUTHORS = {"": 9.8, " ": 0.2, "\u3000": 0.1}
_TAILS_OF_LAYOUTS = {"": 7.0, " ": 2.0, "\u3000": 1.0}
# Lines that a program stretched, and others, before the annex says more. Pseudo-counts; judgement:
# LibreOffice stretches an author's line too where he broke inside a paragraph, most do not.
_STRETCHED_OF_AUTHORS = {True: 0.2, False: 1.8}
_STRETCHED_OF_LAYOUTS = {True: 0.2, False: 1.8}
# Em between two characters from which a line counts as stretched; judgement: coordinates are
# rounded by less.
_STRETCHED = 0.004
# Em of room behind the next character with which a line may stay as it is, whoever ended it;
# judgement: kinsoku moves two characters, and some programs stretch no line before a long address.
_FAR = 2.0
# Em from the column's edge; judgement: programs that stretch lines end them there, to rounding.
_FLUSH = 0.02
# Steps of `_STRETCHED`; judgement: lines that need more are stretched alike often.
_MOST_STEPS = 3
# Lines that those of all columns count for in one of them; judgement: a few show that a program
# does not stretch a column's lines.
_ALL_COLUMNS = 3.0
# Log-odds; judgement: a stretched line is as sure a sign as wide room behind a line.
_MOST_STRETCHED = 4.0
# Log-odds; judgement: rulings stand between the lines, as sure as anything here gets.
_RULED_APART = 12.0
# Paragraphs without a blank line before them, before the column says more. Pseudo-count; measured:
# 3 to 15 leave as many of 80,000 line ends wrong, and authors of published annexes do both.
_UNPARTED = 10
# Em by which lines start at different places; judgement: kerning moves them by less.
_INDENT = 0.4
_MIDDLE = 0.05  # em; judgement: the middles of centred lines differ by rounding
_HANGING_WEIGHT = -2.0  # log-odds; judgement: a line below its item's mark goes on with the item
_SHIFTED_WEIGHT = 0.5  # log-odds; judgement: another indent is a weak sign of another paragraph


def count_pitches(segmented: Segmented, candidates: Sequence[Candidate]) -> list[float]:
    """Count the usual line pitches of its column by which each next line stands lower.

    0: it stands in another cell, or a line of furniture, as of furigana, fills the room over it.
    """
    furniture = {page.header.number: page.furniture_lines for page in segmented.pages}
    steps: dict[ColumnKey, list[float]] = defaultdict(list)
    # A line of Latin type is as high as its face, which may be higher: URL: / https://…
    latin: dict[ColumnKey, list[float]] = defaultdict(list)
    for c in candidates:
        if c.same_cell:
            steps[c.column].append(c.after.top - c.before.top)
            if c.after.text.isascii():
                latin[c.column].append(steps[c.column][-1])
    usual = {column: median(values) for column, values in steps.items()}
    higher = {
        column: step
        for column, values in latin.items()
        if usual[column] < (step := median(values)) < _HIGHER_FACE * usual[column]
    }
    counts = [
        (c.after.top - c.before.top)
        / (higher.get(c.column, usual[c.column]) if c.after.text.isascii() else usual[c.column])
        if c.same_cell and usual[c.column] > 0
        else 0.0
        for c in candidates
    ]
    return [
        0.0 if count > _WIDER and _stands_between(furniture[c.after.page], c) else count
        for c, count in zip(candidates, counts, strict=True)
    ]


def _stands_between(lines: Sequence[Line], candidate: Candidate) -> bool:
    """Whether one of some lines stands between the two of a candidate."""
    before, after = candidate.before, candidate.after
    return any(
        before.top < line.top
        and line.bottom < after.bottom
        and line.x0 < after.x1
        and after.x0 < line.x1
        for line in lines
    )


def weigh_spacing(candidates: Sequence[Candidate], pitches: Sequence[float]) -> list[float]:
    """Weigh blank lines and indents.

    Args:
        pitches: From `count_pitches`.
    """
    return [
        _RULED_APART
        if c.context.ending is LineEnding.SMALL_TABLE
        else _weigh_pitch(count) + _weigh_indent(c)
        for c, count in zip(candidates, pitches, strict=True)
    ]


def weigh_missing_blanks(
    candidates: Sequence[Candidate], fits: Sequence[Fit], pitches: Sequence[float]
) -> list[float]:
    """Weigh that no blank line follows a sentence, in columns whose paragraphs blank lines part."""
    blank = [count > _BLANK_LINE for count in pitches]
    parted = Counter(
        (c.column, one)
        for c, fit, one in zip(candidates, fits, blank, strict=True)
        if _may_part(c) and (one or fit.odds >= SETTLED)
    )

    def weigh(column: ColumnKey) -> float:
        other = parted[column, False] + _UNPARTED
        return log(other / (other + parted[column, True]))

    return [
        0.0 if one or not _may_part(c) else weigh(c.column)
        for c, one in zip(candidates, blank, strict=True)
    ]


def _may_part(candidate: Candidate) -> bool:
    """Whether a line end may part two paragraphs of one cell."""
    return candidate.context.ends_plainly and candidate.same_cell


def weigh_tails(candidates: Sequence[Candidate], fits: Sequence[Fit]) -> list[float]:
    """Weigh white space behind a line, by where this annex's program leaves some."""
    authors, layouts = dict(_TAILS_OF_AUTHORS), dict(_TAILS_OF_LAYOUTS)
    tails = [candidate.before.tail[:1] for candidate in candidates]
    for candidate, fit, tail in zip(candidates, fits, tails, strict=True):
        if fit.odds >= SETTLED and not candidate.surely_wrapped:
            authors[tail] += 1
        elif fit.slack <= 0 and candidate.surely_wrapped:
            layouts[tail] += 1
    by_author, by_layout = sum(authors.values()), sum(layouts.values())
    return [log(authors[tail] / by_author) - log(layouts[tail] / by_layout) for tail in tails]


def weigh_stretch(
    candidates: Sequence[Candidate], rhythms: Sequence[Rhythm], fits: Sequence[Fit]
) -> list[float]:
    """Weigh whether the line was stretched to the edge, by which lines this annex's program does.

    Justification stretches a full line that goes on, and mostly leaves one that its author ended.
    A line that needs hardly any stretch is left too, and so are all lines of a centred column.
    """
    stretched = _find_stretched(candidates, rhythms)
    if not any(stretched):
        return [0.0] * len(stretched)
    needs = [_count_steps(*one) for one in zip(candidates, rhythms, fits, strict=True)]
    layouts = {need: dict(_STRETCHED_OF_LAYOUTS) for need in set(needs)}
    columns = {
        (c.column, need): {True: 0.0, False: 0.0} for c, need in zip(candidates, needs, strict=True)
    }
    for candidate, need, one in zip(candidates, needs, stretched, strict=True):
        if one is not None and candidate.surely_wrapped:
            layouts[need][one] += 1
            columns[candidate.column, need][one] += 1

    @cache
    def measure_wrapped(column: ColumnKey, need: int) -> float:
        of_need, of_column = layouts[need], columns[column, need]
        usual = of_need[True] / sum(of_need.values())
        return (of_column[True] + _ALL_COLUMNS * usual) / (sum(of_column.values()) + _ALL_COLUMNS)

    wrapped = [measure_wrapped(c.column, need) for c, need in zip(candidates, needs, strict=True)]
    ended = [
        (one, share)
        for c, fit, one, share in zip(candidates, fits, stretched, wrapped, strict=True)
        if one is not None and fit.odds >= SETTLED and not c.surely_wrapped
    ]
    often = _STRETCHED_OF_AUTHORS[True] + sum(one for one, _ in ended)
    alike = min(1.0, often / (sum(_STRETCHED_OF_AUTHORS.values()) + sum(s for _, s in ended)))
    # Labels beside justified texts may stand at the left: 健康増進 / 課.
    told = {
        c.column for c, one in zip(candidates, stretched, strict=True) if one or c.surely_wrapped
    }
    return [
        0.0
        if one is None or fit.room > _FAR or c.column not in told
        else _compare_stretch(one, share, alike * share)
        for c, fit, one, share in zip(candidates, fits, stretched, wrapped, strict=True)
    ]


def _compare_stretch(stretched: bool, wrapped: float, ended: float) -> float:
    """Log-odds of the author by whether a line was stretched.

    Args:
        wrapped: How often the program stretches such a line if it goes on, 0-1.
        ended: How often it does if its author ended the line, 0-1.
    """
    odds = log(ended / wrapped) if stretched else log((1 - ended) / (1 - wrapped))
    return max(-_MOST_STRETCHED, min(_MOST_STRETCHED, odds))


def _count_steps(candidate: Candidate, rhythm: Rhythm, fit: Fit) -> int:
    """How far the line's gaps would have to be stretched to fill it, in steps that can be seen.

    0: a line that the program stretched looks like one that it left.
    """
    gaps = max(1, len(candidate.before.text) - 1)
    # Lines that are stretched alike look letter-spaced.
    spaced = rhythm.tracking / max(candidate.before.size, 1.0)
    need = max(0.0, fit.unit + fit.slack) / gaps + max(0.0, spaced)
    return min(_MOST_STEPS, int(need / _STRETCHED))


def _find_stretched(
    candidates: Sequence[Candidate], rhythms: Sequence[Rhythm]
) -> list[bool | None]:
    """Whether a program stretched each line.

    None: it spreads every label of the column, or it squeezed the line, so that a stop did not have
    to stand outside of the column. Lines of one length are stretched alike, as if letter-spaced;
    but they end at the column's edge, and the ends of its paragraphs are not spaced as they are.
    """
    reach = measure_reach(candidates)
    return [
        None
        if rhythm.spread or c.before.gap < -_STRETCHED * c.before.size
        else c.before.gap - rhythm.tracking > _least_stretch(c.before, rhythm)
        or (
            c.before.gap - (rhythm.unstretched or 0.0) > _least_stretch(c.before, rhythm)
            and c.before.x1 > reach[c.column] - _flush(c.before)
        )
        for c, rhythm in zip(candidates, rhythms, strict=True)
    ]


def _least_stretch(line: Line, rhythm: Rhythm) -> float:
    """From which gap on a line is stretched, in points: wider than in ends of paragraphs."""
    return _STRETCHED * line.size + rhythm.rounding


def _flush(line: Line) -> float:
    """How far a line that goes from edge to edge may miss the edge, in points: gaps are rounded."""
    return (_FLUSH + _STRETCHED * len(line.text)) * line.size


def _weigh_pitch(count: float) -> float:
    if count > _BLANK_LINE:
        return _BLANK_LINE_WEIGHT
    return _WIDER_WEIGHT if count > _WIDER else 0.0


def share_middle(line: Line, other: Line) -> bool:
    """Whether two lines are centred on one place."""
    return abs(line.x0 + line.x1 - other.x0 - other.x1) / 2 < _MIDDLE * line.size


def _weigh_indent(candidate: Candidate) -> float:
    """Weigh an indent: set further in, a line hangs below its item's mark; set out, it is new."""
    shift = (candidate.after.x0 - candidate.before.x0) / max(candidate.before.size, 1.0)
    if abs(shift) < _INDENT or not candidate.same_cell or begins_with_mark(candidate.after.text):
        return 0.0
    if share_middle(candidate.before, candidate.after):  # centred lines have no indent
        return 0.0
    # White space that was typed is the indent of a paragraph: 【目的】 / 　本計画は.
    typed = candidate.after.text[0].isspace()
    hangs = shift > 0 and not typed and begins_with_mark(candidate.before.text)
    return _HANGING_WEIGHT if hangs else _SHIFTED_WEIGHT
