"""Put the ideographic space before a paragraph that begins one em further in than its cell's lines.

A picture shows no white space, only where a line begins. Lines that hang below an item's mark begin
further in too, and have no space.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.model import Field, InkShape, Line, Mark, Repair
from pipeline.vocabulary.line_marks import begins_with_mark

_SPACE = "\u3000"
_FLUSH = 0.2  # em; judgement: lines that begin at one place on a scan differ by less
_EM = (0.75, 1.25)  # em that a paragraph begins further in; judgement: as `_FLUSH`, the box aside
_FEW = 2  # lines at the left; judgement: a single one may be the set-out mark of an item


def restore_indents(field: Field) -> Field:
    """Restore the indents of a field's recognised lines; all other lines stay as they are."""
    parts = (replace(part, lines=tuple(_indent_lines(part.lines))) for part in field.parts)
    return Field(tuple(parts))


def _indent_lines(lines: Sequence[Line]) -> Iterator[Line]:
    left = min((line.x0 for line in lines), default=0.0)
    flush = [line.x0 - left < _FLUSH * line.size for line in lines]
    if sum(flush) < _FEW:
        yield from lines
        return
    hangs = False
    for line, is_flush in zip(lines, flush, strict=True):
        hangs = begins_with_mark(line.text) if is_flush else hangs
        inside = _EM[0] < (line.x0 - left) / line.size < _EM[1]
        is_plain = bool(line.confidences) and not line.text[:1].isspace()
        yield _indent(line) if inside and is_plain and not hangs else line


def _indent(line: Line) -> Line:
    return replace(
        line,
        text=_SPACE + line.text,
        edges=(line.x0 - line.size, *line.edges),
        confidences=(line.confidences[0], *line.confidences),
        alternatives=("", *line.alternatives),
        shapes=(InkShape(), *line.shapes),
        repairs=(*line.repairs, Repair("indent", "", _SPACE)),
        marks=tuple(Mark(mark.start + 1, mark.end + 1, mark.kind) for mark in line.marks),
    )
