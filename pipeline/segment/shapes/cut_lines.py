"""Cut a physical line in two: a label, and the text behind it."""

from dataclasses import replace

from pipeline.model import Line, remove_white_space


def cut_line(line: Line, start: int, end: int) -> Line | None:
    """Cut some characters out of a line.

    Args:
        line: Any line.
        start: Index of the first character.
        end: Index after the last one. White space before it is left out.

    Returns:
        None where nothing but white space is left.
    """
    text = line.text[start:end].rstrip()
    start += len(text) - len(text.lstrip())
    text = text.lstrip()
    stop = start + len(text)
    if not text:
        return None
    whole = stop == len(line.text)
    before = len(remove_white_space(line.text[:start]))
    return replace(
        line,
        text=text,
        edges=line.edges[start : stop + 1],
        # A ligature counts once: what its characters lack counts at the end of the line.
        glyphs=line.glyphs - before if whole else len(remove_white_space(text)),
        tail=line.tail if whole else "",
        end=line.end if whole else line.edges[stop],
        confidences=line.confidences[start:stop],
        alternatives=line.alternatives[start:stop],
        repairs=line.repairs if whole else (),
        marks=tuple(
            replace(mark, start=max(mark.start, start) - start, end=min(mark.end, stop) - start)
            for mark in line.marks
            if mark.start < stop and start < mark.end
        ),
    )
