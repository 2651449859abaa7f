"""Cut rows set as close as the lines of a text, where all their texts begin anew at one height."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, starmap

from msgspec.structs import replace

from pipeline.model import Doubt, Field, Line, TableRow
from pipeline.segment.rows.cut_texts import is_short_of_side, run_on
from pipeline.segment.rows.line_habits import is_bracketed
from pipeline.segment.rows.shared_cells import SAME_LINE
from pipeline.segment.rows.vertical_gaps import ALIGNED, cut_row
from pipeline.vocabulary.heading_forms import read_form
from pipeline.vocabulary.line_marks import CONJUNCTION, EDITORS_NOTE, LineStart, classify_line_start

_ARTICLE = "条"
_UNITS = ("編", "部", "章", "節", "款")
_LEAST_ARTICLES = 3  # judgement: two may stand level by chance


def cut_at_restarts(row: TableRow, labels: Sequence[int], most: float) -> list[TableRow]:
    """Cut a row where all its texts begin anew at one height, below room in one of its columns.

    Word sets the rows of a table without rulings right below each other: only the shorter of two
    texts, or a label, leaves room above the next record. Once this shows such rows, all texts that
    end short of their columns' sides at one height end a record, too.

    Args:
        row: Its cells may hold several records.
        labels: The columns beside the texts.
        most: A wider space is none between two lines of a text, in points.
    """
    texts = [at for at, field in enumerate(row.fields) if at not in labels and field.lines]
    below = [
        lower
        for field in row.fields
        for upper, lower in pairwise(field.lines)
        if lower.top - upper.bottom > most
    ]
    if len(texts) < 2 or not (heights := list(_find_restarts(row, texts, below))):
        return [row]
    pieces = cut_row(row, heights)
    labelled = [at for at in labels if all(_begins_level(own, at, texts) for own in pieces)]
    starts = [{classify_line_start(own.fields[at].lines[0].text) for own in pieces} for at in texts]
    rows: list[TableRow] = []
    for piece in pieces:
        ends, doubtful = _find_short_ends(piece, texts, labelled, starts)
        found = [own.doubted(ALIGNED) for own in cut_row(piece, ends)]
        rows += [doubt_close(own) for own in found] if doubtful else found
    return rows


def _find_short_ends(
    row: TableRow,
    texts: Sequence[int],
    labels: Sequence[int],
    starts: Sequence[Collection[LineStart]],
) -> tuple[list[float], bool]:
    """Find where texts that end short of their columns' sides are followed by other records.

    Args:
        labels: The columns in which each record has a label beside its first line.
        starts: How the records begin in each column of texts.

    Returns:
        The tops of the other records, and whether more of them may stand in the row.
    """
    ends: list[float] = []
    doubtful = False
    for height in _find_restarts(row, texts, row.fields[texts[0]].lines[1:]):
        upper, lower = cut_row(row, [height])
        short = [is_short_of_side(upper.fields[at]) for at in texts]
        begin = (classify_line_start(lower.fields[at].lines[0].text) for at in texts)
        if not all(kind in known for kind, known in zip(begin, starts, strict=True)):
            continue
        level = all(_begins_level(lower, at, texts) for at in labels)
        if level and (all(short) or (labels and any(short))):
            ends.append(height)
        doubtful |= level and any(short)
    return ends, doubtful


def _find_restarts(row: TableRow, texts: Sequence[int], lines: Sequence[Line]) -> Iterator[float]:
    """Yield the tops of the lines with which all texts begin anew, from top to bottom.

    Texts that all begin with また、 add to what was said.
    """
    last: float | None = None
    for line in sorted(lines, key=lambda line: line.top):
        if last is not None and line.top - last < line.size:
            continue
        upper, lower = ([own.fields[at] for at in texts] for own in cut_row(row, [line.top]))
        level = all(own.lines and _is_level(own.lines[0], line) for own in lower)
        adds = level and all(CONJUNCTION.match(own.lines[0].text.lstrip()) for own in lower)
        if level and all(own.lines for own in upper) and not (adds or run_on(upper, lower)):
            last = line.top
            yield line.top


def _is_level(one: Line, other: Line) -> bool:
    return abs(one.top - other.top) < SAME_LINE * other.size


def _begins_level(row: TableRow, label: int, texts: Sequence[int]) -> bool:
    """Whether a label begins beside the first line of the texts."""
    lines = row.fields[label].lines
    return bool(lines) and _is_level(lines[0], row.fields[texts[0]].lines[0])


def doubt_close(row: TableRow) -> TableRow:
    """The row, each cell of which may hold a part of another record, or only a part of its own."""
    return row.with_parts(lambda part: replace(part, doubts=(*part.doubts, Doubt.CLOSE_ROWS)))


def cut_at_articles(
    row: TableRow, labels: Sequence[int], one_cell: bool, parted: bool
) -> list[TableRow]:
    """Cut two versions of a text where their articles begin side by side.

    Once one version is longer, only rows, or an author's blank lines, keep the next article level
    with that of the other. Where both have as many lines, two cells may hold all articles. No
    reader can tell these, so that the records are doubtful.

    Args:
        row: Its cells may hold several records.
        labels: The columns beside the texts.
        one_cell: Without a longer version, the texts are taken to be one record.
        parted: Other records of the table stand on the page before.
    """
    texts = [at for at, field in enumerate(row.fields) if at not in labels and field.lines]
    starts = [line for at in texts for line in _find_articles(row.fields[at].lines)]
    heights: list[float] = []
    for line in sorted(starts, key=lambda line: line.top):
        if not heights or line.top - heights[-1] > SAME_LINE * line.size:
            heights.append(line.top)
    if len(texts) < 2 or len(heights) < 2:
        return [row]
    first = min(row.fields[at].lines[0].top for at in texts)
    pieces = cut_row(row, [y for y in heights if y - first > SAME_LINE * starts[0].size])
    columns = [[own.fields[at] for at in texts] for own in pieces]
    begun = columns[len(columns) - len(heights) :]
    if not all(_begin_articles(*own, starts) for own in zip(begun, heights, strict=True)):
        return [row]
    if any(starmap(run_on, pairwise(columns))):
        return [row]
    are_rows = not one_cell or any(map(_end_unlike, columns[:-1]))
    are_rows = are_rows and (parted or len(heights) >= _LEAST_ARTICLES)
    return [doubt_close(own) for own in (pieces if are_rows else [row])]


def _find_articles(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the first line of each article of a text, that of the headings right above it."""
    heading: Line | None = None
    for line in lines:
        kind = read_form(line.text).kind
        if is_bracketed(line.text) or kind in _UNITS:
            heading = heading or line
            continue
        if heading is not None or kind == _ARTICLE:
            yield heading or line
        heading = None


def _begin_articles(fields: Sequence[Field], height: float, starts: Sequence[Line]) -> bool:
    """Whether each text that stands below a height begins there, with an article or （新設）."""
    below = [field.lines[0] for field in fields if field.lines]
    return all(
        abs(line.top - height) < SAME_LINE * line.size
        and (any(line is own for own in starts) or EDITORS_NOTE.match(line.text) is not None)
        for line in below
    )


def _end_unlike(fields: Sequence[Field]) -> bool:
    """Whether some texts end at another height than others, or have no line."""
    ends = [field.lines[-1] for field in fields if field.lines]
    return len(ends) < len(fields) or not all(_is_level(own, ends[0]) for own in ends)
