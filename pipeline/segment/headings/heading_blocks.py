"""Read the lines above a table as blocks: a label beside a title apart, a wrapped title as one."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import FULL_LINE, Line
from pipeline.segment.headings.section_levels import is_same_size
from pipeline.vocabulary.line_marks import is_page_number
from pipeline.vocabulary.title_lines import is_label, is_open, joins_on

# Em of white space between two texts on one line; judgement: the words of a title are closer.
_APART = 3.0
# Such a gap over the narrowest on its line; judgement: letters spread evenly (意　見) have gaps
# that are alike.
_WIDER = 2.0
# Em between where the lines of a paragraph begin; judgement: a mark hangs out by two.
_INDENT = 3.0
_CENTRED = 1.0  # em between the middles of centred lines; judgement: a space at an end is half one
_OVERLAP = 0.5  # em that lines below each other may share; judgement: tight leading, never a half
_LOOSE = 2.0  # em between two lines of a title whose words go on; judgement: each is a paragraph
_WHITE_SPACE = re.compile(r"\s+")


class HeadingBlock(Struct, frozen=True):
    """A paragraph above a table, or one of two texts on one line."""

    text: str
    size: float
    """Font size in points."""
    first: tuple[float, float]
    """x where its first line begins and ends, in points."""
    last: tuple[float, float]
    """The same of its last line."""
    top: float
    bottom: float
    frame: int
    """The number of the frame that it stands in; 0: in none."""

    def is_right(self, left: float, right: float) -> bool:
        """Whether it stands at the right margin: begins in the right half and ends there."""
        return self.first[0] > (left + right) / 2 and self.first[1] > right - _INDENT * self.size


def read_blocks(
    lines: Sequence[Line], frames: Sequence[Sequence[Line]], left: float, right: float
) -> list[HeadingBlock]:
    """Read the blocks above a table, from top to bottom.

    Args:
        lines: Outside of frames.
        frames: The lines of each frame.
        left: The x where full lines begin, in points.
        right: The x where they end.
    """
    parts = [part for line in lines for part in _split(line, 0)]
    for place, frame in enumerate(frames, 1):
        framed = [part for line in frame for part in _split(line, place)]
        if not framed:  # a picture's frame, or an empty one
            continue
        below = (at for at, part in enumerate(parts) if part.top > framed[0].top)
        at = next(below, len(parts))
        parts[at:at] = framed
    flowing = (p.last[1] for p in parts if p.first[0] < (left + right) / 2)
    right = max([right, *flowing])
    blocks: list[HeadingBlock] = []
    for part in parts:
        if is_page_number(part.text):
            continue
        if blocks and _goes_on(blocks[-1], part, left, right):
            text = blocks[-1].text + part.text
            blocks[-1] = replace(blocks[-1], text=text, last=part.last, bottom=part.bottom)
        else:
            blocks.append(part)
    return blocks


def _split(line: Line, frame: int) -> Iterator[HeadingBlock]:
    """Split a line where much more white space stands than between the words of a title."""
    gaps = [m.span() for m in _WHITE_SPACE.finditer(line.text) if m.start()]
    widths = [line.edges[end] - line.edges[start] for start, end in gaps]
    least = max(_APART * line.size, _WIDER * min(widths) if len(widths) > 1 else 0.0)
    cuts = [gap for gap, width in zip(gaps, widths, strict=True) if width >= least]
    starts = [len(line.text) - len(line.text.lstrip()), *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(line.text)]
    spans = list(zip(starts, ends, strict=True))
    if any(end - start < 2 for start, end in spans):  # 目　　　次: letters, not texts
        spans = [(starts[0], ends[-1])]
    for start, end in spans:
        place = line.edges[start], line.edges[end]
        yield HeadingBlock(
            line.text[start:end], line.size, place, place, line.top, line.bottom, frame
        )


def _goes_on(block: HeadingBlock, part: HeadingBlock, left: float, right: float) -> bool:
    """Whether a text goes on with the paragraph before it."""
    size = block.size
    gap = part.top - block.bottom
    words_go_on = is_open(block.text) or joins_on(part.text)
    near = -_OVERLAP * size < gap < size * (_LOOSE if words_go_on else 1)
    alike = part.frame == block.frame and is_same_size(size, part.size)
    if not (near and alike) or is_label(block.text):
        return False
    indent = part.first[0] - block.last[0]
    middles = sum(part.first) - sum(block.last)
    aligned = abs(indent) <= _INDENT * size or abs(middles) <= 2 * _CENTRED * size
    full = right - block.last[1] < FULL_LINE * size and not block.is_right(left, right)
    full = full or block.frame > 0  # what stands in one frame is one text
    return aligned and (full or words_go_on)
