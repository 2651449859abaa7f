"""The evidence of indents that nobody typed: a line stands where its field's first line does.

A word processor sets the first line of a paragraph in (字下げ) or out (ぶら下げ), and all others at
one place. A word that is wrapped shows where they stand. A line below them that stands where the
field begins is the first one of another paragraph. One that stands where they do goes on, the
surer, the more paragraphs of its column begin where their fields do.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log

from pipeline.model import Line
from pipeline.normalize.line_ends.candidates import Candidate, ColumnKey
from pipeline.normalize.line_ends.line_spacing import share_middle
from pipeline.normalize.line_ends.line_widths import Fit
from pipeline.normalize.line_ends.odds_of_many import SETTLED

# Em between the place of a paragraph's first line and that of the others; judgement: indents are a
# character wide, and some programs set a bracket at a line's start out by half a one.
_APART = 0.75
_SAME = 0.4  # em; judgement: kerning and brackets move lines of one place by less
_FEW = 3  # wrapped words; judgement: so many at one place are no chance
# Lines below a paragraph's that begin where its first one does, and where its others do, before the
# column says more. Pseudo-counts; judgement: authors format the paragraphs of a cell alike or not.
_OF_AUTHORS = {True: 1.0, False: 1.0}
# The same of lines that go on. Pseudo-counts; measured: of 266 wrapped words below such lines in
# made annexes none stands where its field begins.
_OF_LAYOUTS = {True: 0.02, False: 1.98}


def weigh_indents(candidates: Sequence[Candidate], fits: Sequence[Fit]) -> list[float]:
    """Weigh where each next line stands: the log-odds that the author made the break.

    0 where no wrapped word shows that the lines of the paragraph before stand apart from its first.
    """
    returns = list(_find_returns(candidates))
    authors: dict[ColumnKey, dict[bool, float]] = defaultdict(lambda: dict(_OF_AUTHORS))
    for candidate, fit, one in zip(candidates, fits, returns, strict=True):
        if one is not None and fit.odds >= SETTLED and not candidate.surely_wrapped:
            authors[candidate.column][one] += 1
    return [
        0.0 if one is None else log(_share(authors[c.column], one) / _share(_OF_LAYOUTS, one))
        for c, one in zip(candidates, returns, strict=True)
    ]


def _share(counts: dict[bool, float], one: bool) -> float:
    return counts[one] / sum(counts.values())


def _find_returns(candidates: Sequence[Candidate]) -> Iterator[bool | None]:
    """Whether each next line stands where its field's first one does (True) or where lines stand
    that surely go on (False); None: these are not set apart, or it stands elsewhere."""
    columns = _find_places(candidates)
    first = 0.0
    place: float | None = None
    for c in candidates:
        before, after = _measure(c, c.before), _measure(c, c.after)
        if c.index == 0:
            first, place = before, columns.get(c.column)
        apart = place is not None and abs(place - first) > _APART
        # Wrapped words at one place show that no line of the column is centred.
        centred = c.column not in columns and share_middle(c.before, c.after)
        if place is None or not apart or not c.same_cell or centred:
            yield None
        elif abs(after - first) < _SAME:
            yield True
        else:
            yield False if abs(after - place) < _SAME else None
        if c.surely_wrapped and c.same_cell:
            place = after
        elif not c.same_cell or abs(after - before) > _SAME:
            place = columns.get(c.column)


def _find_places(candidates: Sequence[Candidate]) -> dict[ColumnKey, float]:
    """Where the lines that go on stand in each column of which all wrapped words show one place."""
    places: dict[ColumnKey, list[float]] = defaultdict(list)
    for c in candidates:
        if c.surely_wrapped and c.same_cell:
            places[c.column].append(_measure(c, c.after))
    return {
        column: min(seen)
        for column, seen in places.items()
        if len(seen) >= _FEW and max(seen) - min(seen) < _SAME
    }


def _measure(candidate: Candidate, line: Line) -> float:
    """How far from its cell's edge a line begins, in em."""
    return (line.x0 - candidate.left) / max(candidate.before.size, 1.0)
