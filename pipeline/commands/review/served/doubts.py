"""Finds the characters of a scan that were recognised with doubt, and where they stand."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.model import Box, Line, SegmentedPage
from pipeline.normalize.record import RecordField

_DOUBTFUL = 0.9
"""Probability below which a character is shown as doubtful; judgement: a page shows a few."""


class Doubt(Struct, frozen=True):
    """A character that may be another one."""

    at: int
    """Its index in the field's text."""
    character: str
    confidence: float
    """Probability that it is right, 0-1."""
    alternatives: str
    """The other characters that it may be, most likely first."""
    page: int
    x: float
    """Percent of the page's width, as `width`."""
    y: float
    """Percent of the page's height, as `height`."""
    width: float
    height: float


def find_doubts(entry: RecordField, pages: Sequence[SegmentedPage]) -> list[Doubt]:
    """The doubtful characters of a field; none if a person corrected it, or the PDF has text."""
    if entry.correction is not None:
        return []
    lines = zip(entry.field.lines, entry.text.spans, strict=True)
    return [doubt for line, span in lines for doubt in _in_line(line, span, pages)]


def _in_line(line: Line, span: tuple[int, int], pages: Sequence[SegmentedPage]) -> Iterator[Doubt]:
    text = line.text.rstrip()
    cut = len(text) - (span[1] - span[0])  # white space that a joint took from its start
    known = len(line.confidences) == len(line.text)
    for i, character in enumerate(text if known else ""):
        if i >= cut and not character.isspace() and line.confidences[i] < _DOUBTFUL:
            page = pages[line.page - 1].header
            box = page.displayed(Box(line.edges[i], line.top, line.edges[i + 1], line.bottom))
            yield Doubt(
                at=span[0] + i - cut,
                character=character,
                confidence=line.confidences[i],
                alternatives=line.alternatives[i] if i < len(line.alternatives) else "",
                page=line.page,
                x=100 * box.x0 / page.width,
                y=100 * box.top / page.height,
                width=100 * (box.x1 - box.x0) / page.width,
                height=100 * (box.bottom - box.top) / page.height,
            )


Doubts = Mapping[str, Sequence[Doubt]]
"""Id of a field on the page → its doubtful characters."""
