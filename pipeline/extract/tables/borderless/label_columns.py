"""Find cards that no upright ruling shows: labels at the left, their texts at one x beside them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise

from pipeline.extract.tables.borderless.words import TextLine
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import TEXT_PAIRS
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD

_LEAST_LABELS = 3  # different ones; judgement: questions and answers alone are running text
_LEAST_TIMES = 2  # on a page; judgement: a form or a letter has each label once
# In em.
_SAME_X = 0.3  # judgement: lines of one column begin at one x, but for a bracket's white
_FAR = 1.6  # judgement: a line so far below another belongs to another text


def find_label_columns(
    lines: Sequence[TextLine], size: float, roles: HeaderRoles, carried: frozenset[str]
) -> tuple[list[Rulings], frozenset[str]]:
    """Find the cards of a page that have no header and no other table between them.

    Args:
        lines: Those outside ruled tables, from top to bottom.
        carried: The labels of the cards on the page before.

    Returns:
        The inferred rulings of each piece (a row for each label, two columns), and the labels.
    """
    beside = [line for line in lines if len(line.words) > 1]
    firsts = Counter(line.words[0].text for line in beside)
    named = {text for text, times in firsts.items() if times >= _LEAST_TIMES or text in carried}
    if len(named) < (1 if carried else _LEAST_LABELS):
        return [], frozenset()  # as on nearly every page
    columns = _find_columns([line for line in beside if line.words[0].text in named], size)
    labels = frozenset(line.words[0].text for line in beside if columns.opens_row(line)) & named
    matches = (roles.match(label, ENDS_IN_WORD) for label in labels | carried)
    known = {match.role for match in matches if match is not None}
    if len(labels | carried) < _LEAST_LABELS or not any(pair <= known for pair in TEXT_PAIRS):
        return [], frozenset()
    right = max(line.runs[-1][1] for line in lines) + size / 2
    if not carried:  # a title in the middle of the page begins where texts may
        lines = [*dropwhile(lambda line: not columns.opens_row(line), lines)]
    pieces = [piece for piece in columns.split(lines) if any(map(columns.opens_row, piece))]
    return [columns.rule(piece, right) for piece in pieces], labels | carried


def _find_columns(lines: Sequence[TextLine], size: float) -> "_LabelColumns":
    """Find the x where most texts beside a label begin, and where their labels do."""
    starts = [line.words[1].box.x0 for line in lines]
    near = _SAME_X * size
    text = max(starts, key=lambda x: sum(abs(x - other) <= near for other in starts))
    lefts = [ln.words[0].box.x0 for ln in lines if abs(ln.words[1].box.x0 - text) <= near]
    return _LabelColumns(min(lefts), text, size)


class _LabelColumns:
    """A column of labels that begin at one x, and one of texts that do so."""

    def __init__(self, left: float, text: float, size: float) -> None:
        self._left, self._text, self._size = left, text, size

    def opens_row(self, line: TextLine) -> bool:
        """Whether a line has a label and the beginning of its text."""
        near = _SAME_X * self._size
        label, *rest = line.words
        return bool(
            rest
            and abs(label.box.x0 - self._left) <= near
            and label.box.x1 < self._text - near
            and rest[0].box.x0 >= self._text - near
        )

    def split(self, lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
        """Yield the runs of lines in the two columns; another line or white space parts them."""
        piece: list[TextLine] = []
        for line in lines:
            opens = self.opens_row(line)
            goes_on = line.runs[0][0] >= self._text - _SAME_X * self._size
            far = bool(piece) and line.top - piece[-1].bottom > _FAR * self._size
            if piece and (not (opens or goes_on) or (far and not opens)):
                yield piece
                piece = []
            if opens or goes_on:
                piece.append(line)
        yield piece

    def rule(self, piece: Sequence[TextLine], right: float) -> Rulings:
        """Infer the rulings of a piece: above each label, and between the two columns."""
        margin = self._size / 2
        between = [
            (above.bottom + below.top) / 2
            for above, below in pairwise(piece)
            if self.opens_row(below)
        ]
        levels = [piece[0].top - margin, *between, piece[-1].bottom + margin]
        left = self._left - margin
        sides = (left, self._text - margin, right)
        return Rulings(
            tuple(Segment(y, left, right) for y in levels),
            tuple(Segment(x, levels[0], levels[-1]) for x in sides),
        )
