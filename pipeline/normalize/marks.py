"""Find which characters of a field's text the page marks."""

from collections.abc import Iterator, Sequence

from pipeline.model import FieldMark, Line, MarkKind
from pipeline.normalize.text import Text


def mark_field(name: str, lines: Sequence[Line], text: Text) -> list[FieldMark]:
    """Carry the marks of physical lines over to the text that they were joined to.

    A mark that runs on over a line end of the layout is one mark, with the space between words
    that stood there.

    Args:
        name: The field's name, as in `boxes`.
    """
    marks: list[FieldMark] = []
    last: dict[MarkKind, int] = {}
    for start, end, kind in _place_marks(lines, text):
        place = last.get(kind)
        gap = text.value[marks[place].end : start] if place is not None else ""
        if place is not None and gap in ("", " "):
            marks[place] = FieldMark(name, marks[place].start, end, kind)
        else:
            last[kind] = len(marks)
            marks.append(FieldMark(name, start, end, kind))
    return marks


def _place_marks(lines: Sequence[Line], text: Text) -> Iterator[tuple[int, int, MarkKind]]:
    """Yield the place of each mark in the text; a line loses white space at both of its ends."""
    for line, (first, last) in zip(lines, text.spans, strict=True):
        lost = len(line.text.rstrip()) - (last - first)
        for mark in line.marks:
            start, end = first + max(mark.start - lost, 0), min(first + mark.end - lost, last)
            if start < end:
                yield start, end, mark.kind
