"""Signs of type that is set into a cell but is none of its text: insertions and stamps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from statistics import median

from pipeline.judge.reading import Passage, TableReading
from pipeline.judge.signs import Sign, quote_start
from pipeline.model import Field, FieldPart, Line, MarkKind, PageHeader, Segmented
from pipeline.vocabulary.line_marks import read_page_number
from pipeline.vocabulary.punctuation import CLOSING, OPENING

_SMALL = 0.8  # share of the cell's type; judgement: notes are smaller, and so is an insertion
_SAME_PITCH = 0.1  # share of a column's pitch; judgement: a line of its own takes up far more
_APART = 1.05  # em before a line's last word; judgement: one typed space is no wider
_LONGEST = 6  # characters; judgement: 見本, 参考, （案）, 記載例１; longer ones are text
_FAR_IN = 2.0  # em; judgement: authors indent by one, a stamp is put where there is room
_OFF_MIDDLE = 0.5  # em; judgement: a page's number is centred on the page, a value in its column
_SETTING_OFF = (MarkKind.COLOUR, MarkKind.BOX)
_ON_GRID = 0.1  # lines; judgement: a text's own lines and blank lines are at whole pitches


def find_inset_signs(tables: Sequence[TableReading], segmented: Segmented) -> Iterator[Sign]:
    """Find texts into which something was read that stands between or beside their lines."""
    for reading in tables:
        pitches = _measure_pitches(reading.fields)
        for passage, field in reading.cells:
            pitch = pitches.get(passage.field, 0.0)
            for part in field.parts:
                yield from _find_inserted(passage, part.lines, pitch)
                yield from _find_beside(passage, part.lines)
                yield from _find_stamp(passage, part, pitch)
                header = segmented.pages[part.page - 1].header
                yield from _find_page_number(passage, part, header)


def _measure_pitches(rows: Sequence[Mapping[str, Field]]) -> dict[str, float]:
    """The usual distance of two lines of one size in each column."""
    steps: dict[str, list[float]] = defaultdict(list)
    for fields in rows:
        for name, field in fields.items():
            for part in field.parts:
                steps[name] += [
                    b.top - a.top
                    for a, b in pairwise(part.lines)
                    if min(a.size, b.size) > _SMALL * max(a.size, b.size)
                ]
    return {name: median(found) for name, found in steps.items() if found}


def _find_inserted(passage: Passage, lines: Sequence[Line], pitch: float) -> Iterator[Sign]:
    """Find small type between two lines that stand as far apart as lines without any do."""
    for above, small, below in zip(lines, lines[1:], lines[2:], strict=False):
        is_small = small.size <= _SMALL * min(above.size, below.size)
        if is_small and abs(below.top - above.top - pitch) <= _SAME_PITCH * pitch:
            reason = f"has small type between two lines: {quote_start(small.text)}"
            yield passage.sign("inserted", reason)
            return
    for small, below in pairwise(lines):
        if small.size <= _SMALL * below.size and _is_over_struck(small, below):
            reason = f"has small type over struck text: {quote_start(small.text)}"
            yield passage.sign("inserted", reason)
            return
    if len(lines) > 1 and _is_set_over(*lines[:2]):
        reason = f"has small type over its first line: {quote_start(lines[0].text)}"
        yield passage.sign("inserted", reason)


def _is_set_over(small: Line, first: Line) -> bool:
    """Whether a small line stands over a place inside the first.

    A note begins as that does, or is all in brackets: 【再掲】 in the middle of the cell.
    """
    inside = first.x0 + _FAR_IN * first.size <= small.x0 and small.x1 <= first.x1
    text = small.text.strip()
    is_note = text[:1] in OPENING and text[-1:] in CLOSING
    return small.size <= _SMALL * first.size and inside and not is_note


def _is_over_struck(small: Line, below: Line) -> bool:
    """Whether a line stands over struck characters of the next one: a correction of them."""
    return any(
        mark.kind is MarkKind.STRIKE
        and below.edges[mark.start] < small.box.center[0] < below.edges[mark.end]
        for mark in below.marks
    )


def _find_beside(passage: Passage, lines: Sequence[Line]) -> Iterator[Sign]:
    """Find a word apart at a line's end whose sentence goes on below, or that is set off."""
    for line, below in zip_longest(lines, lines[1:]):
        word, apart = _find_last_word(line)
        if not word:  # as on most lines
            continue
        goes_on = below is not None and word + below.text.lstrip()[:1] in passage.text
        set_off = _is_set_off(line, len(line.text) - len(word))
        if apart + goes_on + set_off >= 2:
            yield passage.sign("beside", f"has {quote_start(word)} beside a line of its text")
            return


def _find_stamp(passage: Passage, part: FieldPart, pitch: float) -> Iterator[Sign]:
    """Find short last lines far right: in a colour or a size of their own, or off the grid."""
    lines, end = part.lines, len(part.lines)
    indent = max((line.size for line in lines), default=0.0) * _FAR_IN
    while end > 1 and lines[end - 1].x0 - lines[0].x0 >= indent:
        end -= 1
    text, stamp = lines[:end], lines[end:]
    if not stamp:
        return
    last, words = stamp[0], "".join(line.text for line in stamp)
    tinted = all(_is_set_off(line, 0) for line in stamp)
    tinted = tinted and not any(_is_set_off(line, 0) for line in text)
    noted = tinted and last.size <= _SMALL * text[-1].size
    if len(words) > _LONGEST and not noted:
        return
    starts = [line.x0 for line in text]
    if max(starts) - part.box.x0 > indent or last.x0 - max(starts) < indent:
        return  # a centred text, or one set flush right
    above = text[-1]
    sizes = sorted((above.size, last.size))
    if (
        tinted
        or sizes[0] <= _SMALL * sizes[1]
        or not any(
            _is_on_grid(step, pitch) for step in (last.top - above.top, last.bottom - above.bottom)
        )
    ):
        reason = f"has {quote_start(words)} set apart below its text: a stamp?"
        yield passage.sign("stamped", reason)


def _find_page_number(passage: Passage, part: FieldPart, page: PageHeader) -> Iterator[Sign]:
    """Find a number alone on the last line, in the middle of the page and not of its cell.

    Elsewhere in its cell, it has to be the page's own.
    """
    number = read_page_number(part.lines[-1].text) if len(part.lines) > 1 else None
    if number is None:
        return
    above, last = part.lines[-2:]
    middle, off = last.box.center[0], last.size * _OFF_MIDDLE
    width = page.height if page.turn in (90, 270) else page.width
    in_cell = abs(middle - part.box.center[0]) < off or last.x0 - above.x0 < off
    on_page = abs(middle - width / 2) < off or number == page.number
    if on_page and not in_cell:
        reason = f"{last.text.strip()} belongs to the page, not to the text"
        yield passage.sign("page_marker", reason)


def _is_on_grid(step: float, pitch: float) -> bool:
    return pitch <= 0 or abs(step / pitch - round(step / pitch)) <= _ON_GRID


def _is_set_off(line: Line, start: int) -> bool:
    """Whether a line is framed or in another colour from one of its characters on, not before."""
    return any(m.kind in _SETTING_OFF and m.start == start for m in line.marks)


def _find_last_word(line: Line) -> tuple[str, bool]:
    """The short word at a line's end, and whether it stands farther off than a typed space is wide.

    The word is "" if there is no white space before it.
    """
    head, _, word = line.text.rpartition("\u3000")
    if not head.strip() or not 0 < len(word) <= _LONGEST:
        return "", False
    room = line.edges[-len(word) - 1] - line.edges[len(head.rstrip())]
    return word, room - max(line.gap, 0.0) > _APART * line.size
