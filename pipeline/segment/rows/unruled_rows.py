"""Split rows that no ruling separates: a number begins a record, or a gap across all columns."""

import itertools
import math
from collections.abc import Sequence
from operator import or_

from pipeline.model import Field, Line, TableRow
from pipeline.segment.rows.centred_rows import find_centred_cuts, find_top_cuts
from pipeline.segment.rows.close_rows import cut_at_articles, cut_at_restarts, doubt_close
from pipeline.segment.rows.cut_texts import run_on
from pipeline.segment.rows.level_rows import find_level_cuts
from pipeline.segment.rows.row_gaps import (
    are_aligned,
    are_rows,
    is_blank_line,
    leave_out_blank_lines,
    leaves_blank_lines,
)
from pipeline.segment.rows.row_numbers import (
    join_numbers,
    read_number_form,
    read_printed_number,
)
from pipeline.segment.rows.shared_cells import SAME_LINE
from pipeline.segment.rows.vertical_gaps import (
    ALIGNED,
    LEAST_EVEN,
    Gap,
    Leading,
    cut_row,
    find_gaps,
    leave_out_labels,
    measure_leading,
)
from pipeline.vocabulary.heading_forms import PLAIN, read_form

_LEAST_UNLIKE = 3  # rows; judgement: so many are no chance
_CLOSE = 0.1  # em; judgement: the lines of a text may be set this much closer than they are high


def split_by_numbers(
    row: TableRow,
    number: int,
    texts: Sequence[int],
    unruled: bool,
    opens: bool,
    earlier: Sequence[TableRow],
) -> list[TableRow]:
    """Cut a row where its number column begins another record.

    Args:
        unruled: No ruling separates any records of the table; else numbers must count on.
        opens: The row opens the table: it cannot go on with a record before it.

    Returns:
        The row itself where the column holds anything but numbers, one in the middle of the first
        record, the rest of a long number (2024-00 | 1), or those of comments answered together.
    """
    found = join_numbers(row.fields[number].lines)
    headings = [own for own in found if is_heading_alone(row, own.first)]
    numbers = [own for own in found if own not in headings]
    form = read_number_form(numbers[0].text) if numbers else ""
    numbers = [own for own in numbers if read_number_form(own.text) == form]
    values = [read_printed_number(own.text) for own in numbers]
    steps = [a is not None and b == a + 1 for a, b in itertools.pairwise(values)]
    counts_on = bool(steps) and all(steps)
    if not numbers or None in values or not (unruled or counts_on) or (opens and len(numbers) == 1):
        return [row]
    lines = [own.whole for own in numbers]
    centred = find_centred_cuts(row, number, lines, opens) if not headings else None
    if centred is None and not headings:
        centred = find_top_cuts(row, number, lines, texts, [row] if opens else earlier)
    if centred is None and not headings and unruled:
        centred = _find_level_cuts(row, lines, texts, opens)
    # Lines above the first number belong to the record before.
    begins = [own.first for own in found if own in numbers or own in headings]
    first = [y for line in begins if (y := cuts_around(row, line)[0]) is not None]
    for cuts in (first,) if centred is None else (centred, first):
        pieces = cut_row(row, cuts)
        if unruled or _are_parted_texts(pieces, texts):
            return pieces
    return [row]


def _find_level_cuts(
    row: TableRow, lines: Sequence[Line], texts: Sequence[int], opens: bool
) -> list[float] | None:
    """Find the cuts between rows that stand level, if each of them has one number."""
    cuts = find_level_cuts(row, texts, opens)
    tops = [-math.inf, *cuts, math.inf]
    numbered = [sum(a < line.middle < b for line in lines) for a, b in itertools.pairwise(tops)]
    return cuts if cuts and all(n == 1 for n in numbered[not opens :]) else None


def is_heading_alone(row: TableRow, line: Line) -> bool:
    """Whether a line among the numbers is a heading over all columns: 第１条　総則."""
    if read_printed_number(line.text) is not None or read_form(line.text).kind == PLAIN:
        return False
    near = SAME_LINE * line.size
    return not any(o is not line and abs(o.middle - line.middle) < near for o in row.lines)


def _are_parted_texts(pieces: Sequence[TableRow], texts: Sequence[int]) -> bool:
    """Whether no text runs on from a piece to the next.

    A number fills its narrow column, which tells nothing where each piece has all texts.
    """
    whole = all(own.fields[text].lines for own in pieces for text in texts)
    read = [[own.fields[text] for text in texts] if whole else own.fields for own in pieces]
    return not any(itertools.starmap(run_on, itertools.pairwise(read)))


def centres_number(row: TableRow, number: int) -> bool:
    """Whether a row has one number, at half the height of its cell.

    Without rulings a number stands at the first line of its record.
    """
    lines = row.fields[number].lines
    if len(lines) != 1:
        return False
    away = lines[0].middle - row.fields[number].parts[0].box.center[1]
    return abs(away) < SAME_LINE * lines[0].size


def cuts_around(row: TableRow, line: Line) -> tuple[float | None, float | None]:
    """The y between a line and the nearest one above, and below; None where there is none."""
    height, near = line.middle, SAME_LINE * line.size
    others = [other.middle for other in row.lines]
    above = max((y for y in others if y < height - near), default=None)
    below = min((y for y in others if y > height + near), default=None)
    return (
        None if above is None else (above + height) / 2,
        None if below is None else (below + height) / 2,
    )


def split_by_gaps(
    row: TableRow,
    compares: bool,
    labels: Sequence[int],
    furigana: Sequence[Line] = (),
    parted: bool = False,
    earlier: Sequence[TableRow] = (),
    one_cell: bool = True,
) -> list[TableRow]:
    """Cut a row where a gap runs across all its columns, wider than the space between lines.

    Args:
        compares: The table compares two texts. It may be one record whose author left blank lines
            in both: a gap counts only if a label begins each record, or if all gaps have one
            height that is not that of blank lines.
        labels: The columns beside the texts.
        furigana: Those of the page. Two versions of a text have them, and the room that a program
            makes for them, at the same lines.
        parted: Gaps part other records of the table.
        earlier: These records (see `measure_leading`).
        one_cell: Rulings part the columns: they would part rows, too (see `cut_at_articles`).
    """
    if by_label := _cut_at_labels(row, labels):
        return by_label
    leading = measure_leading(row, () if compares else earlier)
    if leading is None:
        return [row]
    if compares:
        return _split_versions(row, leading, labels, furigana, parted, one_cell)
    gaps = _find_wide_gaps(row, leave_out_labels(row, labels, leading.most), leading.most)
    kept = _leave_lone_texts(row, gaps)
    rows = cut_row(row, [gap.middle for gap in kept])
    if len(kept) >= LEAST_EVEN and are_rows(kept, leading.usual):
        return rows  # a program parts all of them: room in one column is a blank line
    return [own for piece in rows for own in cut_at_restarts(piece, labels, leading.most)]


def _find_wide_gaps(
    row: TableRow, lines: Sequence[Line], most: float, furigana: Sequence[Line] = ()
) -> list[Gap]:
    """Find the gaps between some lines of a row that are wider than those of a text."""
    return [
        gap
        for gap in find_gaps(lines, furigana)
        if gap.height > most and not _stands_above_inline_row(gap, row.lines)
    ]


def _leave_lone_texts(row: TableRow, gaps: Sequence[Gap]) -> list[Gap]:
    """Leave out the gaps above a piece with one text: it goes on, or is part of a small table."""
    pieces = cut_row(row, [gap.middle for gap in gaps])
    return [gap for gap, piece in zip(gaps, pieces[1:], strict=True) if len(piece.filled) > 1]


def _split_versions(
    row: TableRow,
    leading: Leading,
    labels: Sequence[int],
    furigana: Sequence[Line],
    parted: bool,
    one_cell: bool,
) -> list[TableRow]:
    """Cut a row of a table that compares two texts (see `split_by_gaps`)."""
    across = _find_wide_gaps(row, row.lines, leading.most, furigana)
    beside = [gap for field in row.fields for gap in find_gaps(field.lines, furigana)]
    gaps = leave_out_blank_lines(across, leading.usual)
    pieces = cut_row(row, [gap.middle for gap in gaps])
    articles = cut_at_articles(row, labels, one_cell, parted)
    blank = leaves_blank_lines(gaps, across, beside, leading.most)
    even = not blank and are_rows(gaps, leading.usual)
    if even and len(articles) == len(pieces):
        return pieces
    if versions := _part_versions(row, gaps, pieces, labels, even):
        return versions
    kept = _leave_lone_texts(row, gaps)
    rows = cut_row(row, [gap.middle for gap in kept])
    if not blank and are_rows(kept, leading.usual):
        return rows
    typed = bool(kept) and all(is_blank_line(gap, leading.usual) for gap in kept)
    if (typed or len(articles) < len(rows)) and are_aligned(rows, parted):
        return [own.doubted(ALIGNED) for own in rows]
    if typed or one_cell or len(articles) > 1:  # laws are printed so in one cell, lines left blank
        return [row] if typed else articles
    begun = cut_at_restarts(row, labels, leading.most)
    if len(begun) > _LEAST_UNLIKE:
        return [doubt_close(own) for own in begun]
    return articles if len(begun) == 1 else [doubt_close(row)]


def _part_versions(
    row: TableRow,
    gaps: Sequence[Gap],
    pieces: list[TableRow],
    labels: Sequence[int],
    even: bool,
) -> list[TableRow]:
    """Cut two versions of a text where all gaps part rows, or a label begins each; []: neither."""
    # A reason that only some records have would join the others.
    if even and are_aligned(pieces):
        return pieces
    # The column that begins most records: few of them may have a remark.
    found: list[Gap] = []
    for label in labels:
        labelled = [gap for gap in gaps if _begins_below(row.fields[label], gap)]
        if len(labelled) > len(found) and _label_begins_each(row, label, labelled):
            found = labelled
    if found:
        return cut_row(row, [gap.middle for gap in found])
    return pieces if even else []  # a new article has no text beside it


def _stands_above_inline_row(gap: Gap, lines: Sequence[Line]) -> bool:
    """Whether a row of a small table inside a cell stands right below a gap: it opens no record."""
    return any(own.inline_row and abs(own.top - gap.bottom) < SAME_LINE * own.size for own in lines)


def _cut_at_labels(row: TableRow, labels: Sequence[int]) -> list[TableRow]:
    """Cut a row above each line that fills all its columns, if labels show rows; []: they do not.

    No gap between such rows is wider than the others: an errata list may have no text of two lines.
    A label (終わりから５) fills its narrow column, which tells nothing. One label may have as many
    lines as the texts beside it, two labels (号数 and ページ) never do. So a text may go on below
    a line that has two.
    """
    gaps = find_gaps(row.lines, overlap=_CLOSE)
    lines = cut_row(row, [gap.middle for gap in gaps])
    whole = [all(len(field.lines) == 1 for field in line.fields) for line in lines]
    bare = [not any(line.fields[label].lines for label in labels) for line in lines]
    rows = cut_row(row, [gap.middle for gap, opens in zip(gaps, whole[1:], strict=True) if opens])
    go_on = len(labels) > 1 and whole[0] and all(map(or_, whole, bare))
    if not labels or len(rows) < LEAST_EVEN or not (all(whole) or go_on):
        return []
    if all(whole) and len(labels) > 1:
        return rows
    texts = [[f for at, f in enumerate(own.fields) if at not in labels] for own in rows]
    going_on = sum(itertools.starmap(run_on, itertools.pairwise(texts)))
    if going_on == 0:
        return rows
    # Of noun phrases without a full stop, a few fill their line by chance.
    few = all(whole) and going_on * _LEAST_UNLIKE < len(rows)
    return [doubt_close(own) for own in rows] if few else []


def _begins_below(label: Field, gap: Gap) -> bool:
    """Whether a label has a line right below a gap."""
    return any(abs(line.top - gap.bottom) < SAME_LINE * line.size for line in label.lines)


def _label_begins_each(row: TableRow, label: int, gaps: Sequence[Gap]) -> bool:
    """Whether every record between the gaps has a label at its first line."""
    pieces = [piece.fields for piece in cut_row(row, [gap.middle for gap in gaps])]
    tops = [min(line.top for field in fields for line in field.lines) for fields in pieces]
    first = [fields[label].lines[:1] for fields in pieces]
    return all(
        lines and abs(lines[0].top - top) < SAME_LINE * lines[0].size
        for lines, top in zip(first, tops, strict=True)
    )


def are_parted(rows: Sequence[TableRow]) -> bool:
    """Whether the last two records of a table without rulings stand on one page."""
    ends = [part.page for row in rows[-2:] for part in row.fields[0].parts[-1:]]
    return len(ends) > 1 and ends[0] == ends[1]
