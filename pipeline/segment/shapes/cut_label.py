"""Cut a label off the lines of a question or an answer."""

from collections.abc import Iterator, Sequence

from pipeline.model import Box, Field, FieldPart, Line
from pipeline.segment.rows.cut_line import cut_out
from pipeline.segment.shapes.labelled import Labelled
from pipeline.vocabulary.punctuation import CLOSING
from pipeline.vocabulary.record_labels import LineLabel

# Em that a label's last bracket may reach into the text beside it; judgement: half of it is white,
# and a program that trims white space sets the next glyph over that.
_TRIMMED = 0.1


def cut_label(lines: Sequence[Line], box: Box, label: LineLabel) -> Labelled:
    """Read the lines of a question or an answer behind the label in its first one.

    Args:
        lines: Those on the page of the label.
        label: The label that the first line begins with.
    """
    first, page = lines[0], lines[0].page
    counts = label.label.ordinal is not None and label.asks
    number = cut_out(first, 0, label.end) if counts else None
    sign = cut_out(first, label.end if counts else 0, label.text)
    place = Box(first.x0, first.top, _find_edge(first, label, label.end), first.bottom)
    return Labelled(
        label.label,
        Field(tuple(_read_behind(lines, box, label))),
        label_lines=() if sign is None else (sign,),
        number=None if number is None else Field((FieldPart(page, place, (number,)),)),
    )


def _read_behind(lines: Sequence[Line], box: Box, label: LineLabel) -> Iterator[FieldPart]:
    """The text beside a label, and that below it: no box of the field holds the label."""
    first, *rest = lines
    beside = cut_out(first, label.text, len(first.text))
    if beside is not None:
        place = Box(
            _find_edge(first, label, label.text), min(box.top, first.top), box.x1, first.bottom
        )
        yield FieldPart(first.page, place, (beside,))
    if rest:
        place = Box(box.x0, first.bottom, box.x1, box.bottom)
        yield FieldPart(first.page, place, tuple(rest))


def _find_edge(line: Line, label: LineLabel, place: int) -> float:
    """The x at the end of a label, or at the start of its text, in points."""
    reaches = place == label.end and line.text[label.end - 1] in CLOSING
    return min(line.x1, line.edges[place] + (_TRIMMED * line.size if reaches else 0.0))
