"""Dashed lines that a program draws dash by dash, with gaps that no pieces of one ruling have."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extract.tables.rulings import Rulings, Segment, is_dot

_LONGEST = 6.0  # points of a dash; judgement: those of borders are shorter than type is high
_LEAST = 8  # dashes; judgement: fewer may be the sides of small things in a row
_WIDEST = 2.0  # times its dash; judgement: a wider gap parts two things
_EVEN = 0.1  # points; judgement: the dashes of one line differ by rounding only


def join_dashes(strokes: Rulings) -> Rulings:
    """The strokes as drawn, with one in the place of the dashes of each line."""
    return Rulings(*(tuple(_join_all(own)) for own in (strokes.horizontal, strokes.vertical)))


def _join_all(segments: Sequence[Segment]) -> Iterator[Segment]:
    series: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for segment in segments:
        length = segment.end - segment.start
        if is_dot(segment) or length > _LONGEST:
            yield segment
        else:
            series[round(segment.position / _EVEN), round(length / _EVEN)].append(segment)
    for members in series.values():
        for run in _find_runs(sorted(members, key=lambda s: s.start)):
            if len(run) >= _LEAST:
                yield Segment(run[0].position, run[0].start, run[-1].end)
            else:
                yield from run


def _find_runs(dashes: Sequence[Segment]) -> list[list[Segment]]:
    """The even runs among dashes of one length at one height; cells below draw theirs again."""
    runs, step = [[dashes[0]]], 0.0
    for dash in dashes[1:]:
        last = runs[-1][-1]
        length, own = dash.end - dash.start, dash.start - last.start
        if own <= _EVEN:
            continue
        even = len(runs[-1]) == 1 or abs(own - step) <= _EVEN
        if even and length < own <= (1 + _WIDEST) * length:
            runs[-1].append(dash)
        else:
            runs.append([dash])
        step = own
    return runs
