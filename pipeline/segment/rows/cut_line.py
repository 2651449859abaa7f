"""Cut one physical line into two: what stands side by side may belong to different things."""

from msgspec.structs import replace

from pipeline.model import Line, remove_white_space


def cut_line(line: Line, at: int) -> tuple[Line, Line]:
    """Cut a line between two characters; the white space there is in neither part.

    Args:
        line: The line.
        at: How many characters the first part takes; both parts must hold ink.
    """
    head, rest = line.text[:at].rstrip(), line.text[at:].lstrip()
    ink = len(remove_white_space(head))
    first = replace(_take(line, 0, len(head)), glyphs=ink, tail="", end=line.edges[len(head)])
    second = _take(line, len(line.text) - len(rest), len(line.text))
    return first, replace(second, glyphs=line.glyphs - ink)


def _take(line: Line, start: int, end: int) -> Line:
    """The characters [start, end) of a line."""
    return replace(
        line,
        text=line.text[start:end],
        edges=line.edges[start : end + 1],
        confidences=line.confidences[start:end],
        alternatives=line.alternatives[start:end],
        shapes=line.shapes[start:end],
        elements=(
            0 if start else line.elements[0],
            line.elements[1] if end == len(line.text) else 0,
        ),
    )
