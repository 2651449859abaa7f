"""Cut physical lines: what stands side by side in one may belong to different things."""

from msgspec.structs import replace

from pipeline.model import Line, remove_white_space


def cut_line(line: Line, at: int) -> tuple[Line, Line]:
    """Cut a line in two between two characters; the white space there is in neither part.

    Args:
        at: How many characters the first part takes; both parts must hold ink.
    """
    head, rest = line.text[:at].rstrip(), line.text[at:].lstrip()
    return _take(line, 0, len(head)), _take(line, len(line.text) - len(rest), len(line.text))


def cut_out(line: Line, start: int, end: int) -> Line | None:
    """Cut some characters out of a line, without the white space around them.

    Returns:
        None where nothing but white space is left.
    """
    text = line.text[start:end].rstrip()
    ink = text.lstrip()
    stop = start + len(text)
    return _take(line, stop - len(ink), stop) if ink else None


def _take(line: Line, start: int, end: int) -> Line:
    """The characters [start, end) of a line, which end in ink."""
    text, before = line.text[start:end], line.text[:start]
    last = end == len(line.text)
    return replace(
        line,
        text=text,
        edges=line.edges[start : end + 1],
        # A ligature counts once: what its characters lack counts at the end of the line.
        glyphs=line.glyphs - len(remove_white_space(before))
        if last
        else len(remove_white_space(text)),
        tail=line.tail if last else "",
        end=line.end if last else line.edges[end],
        confidences=line.confidences[start:end],
        alternatives=line.alternatives[start:end],
        shapes=line.shapes[start:end],
        repairs=line.repairs if last else (),
        marks=tuple(
            replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
            for mark in line.marks
            if mark.start < end and start < mark.end
        ),
        elements=(0 if start else line.elements[0], line.elements[1] if last else 0),
    )
