"""Find cards that no upright ruling shows: labels at the left, their texts at one x beside them.

The labels begin at one x, or are centred over each other.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import dropwhile, pairwise, takewhile
from statistics import median

from msgspec import Struct

from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.extract.tables.carry_over import CarryOver
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import TEXT_PAIRS
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD
from pipeline.vocabulary.punctuation import STOPS

_LEAST_LABELS = 3  # different ones; judgement: questions and answers alone are running text
_LEAST_TIMES = 2  # on a page; judgement: a form or a letter has each label once
_OF_TWO_PAIRS = 4  # words; judgement: 提出者 | 市民 | 担当課 | 道路課, and a value is rarely two
# In em.
_SAME_X = 0.3  # judgement: lines of one column begin at one x, but for a bracket's white
_ALIKE = 0.1  # judgement: gaps between lines differ by less, but for rounding
_FAR = 1.6  # judgement: a line so far below another belongs to another text


def find_label_columns(
    lines: Sequence[TextLine],
    size: float,
    roles: HeaderRoles,
    levels: Sequence[Segment],
    before: CarryOver,
    headed: bool,
) -> tuple[list[Rulings], frozenset[str]]:
    """Find the cards of a page that have no header and no other table between them.

    Args:
        lines: Those outside ruled tables, from top to bottom.
        levels: The horizontal rulings outside those tables, and the edges of stripes.
        before: What the pages before found.
        headed: Something on the page looks like a header: 番号 | 1 | 提案事項 | 免許の更新.

    Returns:
        The inferred rulings of each piece (a row for each label, two columns), and the labels.
    """
    carried = before.labels
    beside = [line for line in lines if len(line.words) > 1]
    firsts = _count_labels(line.words[0] for line in lines)
    named = {text for text, times in firsts.items() if times >= _LEAST_TIMES or text in carried}
    if len(named) < (1 if carried and not headed else _LEAST_LABELS):
        return [], frozenset()  # as on nearly every page
    own = [line for line in beside if line.words[0].text in named]
    if not own:
        return [], frozenset()
    columns = _find_columns(own, named, levels, size)
    labels = frozenset(line.words[0].text for line in lines if columns.opens_row(line)) & named
    matches = (roles.match(label, ENDS_IN_WORD) for label in labels | carried)
    known = {match.role for match in matches if match is not None}
    if len(labels | carried) < _LEAST_LABELS or not any(pair <= known for pair in TEXT_PAIRS):
        return [], frozenset()
    right = max(line.runs[-1][1] for line in lines) + size / 2
    # A title in the middle of the page, or a running head, begins where texts may.
    lines = [
        *dropwhile(
            lambda line: not columns.opens_row(line) and (not carried or before.repeats(line)),
            lines,
        )
    ]
    pieces = [piece for piece in columns.split(lines) if any(map(columns.opens_row, piece))]
    seconds = _count_labels(line.words[2] for line in beside if len(line.words) == _OF_TWO_PAIRS)
    pairs = {text for text, times in seconds.items() if times >= _LEAST_TIMES or text in carried}
    return [columns.rule(piece, right, pairs) for piece in pieces], labels | carried | pairs


def _count_labels(words: Iterable[Word]) -> Counter[str]:
    """Count the texts of words but for those that end as a part of a sentence does."""
    return Counter(word.text for word in words if word.text[-1] not in STOPS)


def _find_columns(
    lines: Sequence[TextLine], named: Collection[str], levels: Sequence[Segment], size: float
) -> "_LabelColumns":
    """Find the x where most texts beside a label begin, and where their labels do."""
    starts = [line.words[1].box.x0 for line in lines]
    near = _SAME_X * size
    text = max(starts, key=lambda x: sum(abs(x - other) <= near for other in starts))
    labels = [line.words[0].box for line in lines if abs(line.words[1].box.x0 - text) <= near]
    left, middle = min(box.x0 for box in labels), median(box.center[0] for box in labels)
    begun = sum(abs(box.x0 - left) <= near for box in labels)
    centred = sum(abs(box.center[0] - middle) <= near for box in labels)
    heights = sorted(level.position for level in levels if level.start < left < level.end)
    own = middle if centred > begun else None
    return _LabelColumns(left, own, text, named, heights, size)


class _LabelColumns(Struct, frozen=True):
    """A column of labels that begin at one x or have one middle, and one of texts that begin so."""

    left: float
    """The x where the labels begin, in points."""
    middle: float | None
    """The x of their middles; None: they begin at one x."""
    text: float
    """The x where the texts begin."""
    labels: Collection[str]
    """The words that are labels on this page."""
    heights: Sequence[float]
    """The y of the rulings across the labels, from top to bottom."""
    size: float
    """Of the page's type, in points."""

    def opens_row(self, line: TextLine) -> bool:
        """Whether a line has a label and a line of its text; between two lines it stands alone."""
        near = _SAME_X * self.size
        label, *rest = line.words
        is_beside = rest[0].box.x0 >= self.text - near if rest else label.text in self.labels
        off = label.box.x0 - self.left if self.middle is None else label.box.center[0] - self.middle
        return is_beside and abs(off) <= near and label.box.x1 < self.text - near

    def split(self, lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
        """Yield the runs of lines in the two columns; another line or white space parts them."""
        piece: list[TextLine] = []
        for line in lines:
            opens = self.opens_row(line)
            goes_on = line.runs[0][0] >= self.text - _SAME_X * self.size
            far = bool(piece) and self._is_far(piece[-1], line)
            far = far and not self._is_labelled_below(line, lines)
            if piece and (not (opens or goes_on) or (far and not opens)):
                yield piece
                piece = []
            if opens or goes_on:
                piece.append(line)
        yield piece

    def _is_far(self, above: TextLine, line: TextLine) -> bool:
        return line.top - above.bottom > _FAR * self.size

    def rule(self, piece: Sequence[TextLine], right: float, pairs: Collection[str]) -> Rulings:
        """Infer the rulings of a piece: above each label, and between the two columns.

        Args:
            pairs: The labels of second pairs; the lines with them have two more columns.
        """
        margin = self.size / 2
        opening = self._find_openings(piece)
        starts = [0, *opening] if opening[0] else opening
        between = [self._find_end(piece[a : b + 1]) for a, b in pairwise(starts)]
        levels = [piece[0].top - margin, *between, piece[-1].bottom + margin]
        left = self.left - margin
        sides = (left, self.text - margin, right)
        rows = (piece[place] for place in starts)
        inner = (
            Segment(word.box.x0 - margin, top, bottom)
            for line, (top, bottom) in zip(rows, pairwise(levels), strict=True)
            if len(line.words) == _OF_TWO_PAIRS and line.words[2].text in pairs
            for word in line.words[2:]
        )
        return Rulings.sort(
            (Segment(y, left, right) for y in levels),
            (*(Segment(x, levels[0], levels[-1]) for x in sides), *inner),
        )

    def _find_openings(self, piece: Sequence[TextLine]) -> list[int]:
        """The lines that open rows: not the next line of a label, where rulings part the rows.

        It stands between the same rulings as the line above it: 市の考え / 方.
        """
        opening = [place for place, line in enumerate(piece) if self.opens_row(line)]
        rows = Counter(bisect(self.heights, piece[place].middle) for place in opening)
        if 2 * sum(count == 1 for count in rows.values()) <= len(rows):
            return opening
        own = [bisect(self.heights, piece[place].middle) for place in opening]
        above = [-1, *own]
        return [place for place, row, last in zip(opening, own, above, strict=False) if row != last]

    def _is_labelled_below(self, line: TextLine, lines: Sequence[TextLine]) -> bool:
        """Whether the label of a line stands below it, in the same row between two rulings.

        Where none part the rows, the lines of its text lead to it.
        """
        if not self.heights:
            rest = [own for own in lines if own.middle >= line.middle]
            near = takewhile(lambda pair: not self._is_far(*pair), pairwise(rest))
            return any(self.opens_row(own) for _, own in near)
        row = bisect(self.heights, line.middle)
        below = (other for other in lines if bisect(self.heights, other.middle) == row)
        return row > 0 and any(self.opens_row(own) for own in below if own.middle > line.middle)

    def _find_end(self, lines: Sequence[TextLine]) -> float:
        """The y where a row ends: a ruling, or the widest gap.

        A label may stand in the middle of its text.

        Args:
            lines: From that with its label to that with the next one.
        """
        ruled = (y for y in self.heights if lines[0].middle < y < lines[-1].middle)
        if (ruling := min(ruled, default=None)) is not None:
            return ruling
        gaps = [(below.top - above.bottom, above, below) for above, below in pairwise(lines)]
        widest = max(gap for gap, _, _ in gaps) - _ALIKE * self.size
        _, above, below = next(own for own in reversed(gaps) if own[0] >= widest)
        return (above.bottom + below.top) / 2
