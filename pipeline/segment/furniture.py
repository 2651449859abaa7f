"""Read the lines around the tables: titles, captions, page numbers, prose."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Line, Page
from pipeline.segment.heading_blocks import HeadingBlock, read_blocks
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.line_marks import is_page_number
from pipeline.vocabulary.title_lines import (
    is_date,
    is_group,
    is_label,
    is_note,
    is_parenthesis,
)

_FIRST_NUMBER = re.compile(r"\d+")
# Pages on which numbers must count on; judgement: on two they may do so by chance.
_PAGES = 3
_LEAST_LETTERS = 2  # letters; judgement: no title has one
_STOP_AT_END = 2  # characters from the end; judgement: a bracket may follow a sentence's full stop


@dataclass(frozen=True, slots=True)
class Heading:
    """The title and the caption above a table."""

    title: str | None
    caption: str | None
    size: float = 0.0
    """Font size of the title in points; 0 without one."""

    @property
    def texts(self) -> set[str]:
        """Both lines, for comparing the headings of two pages."""
        return {text for text in (self.title, self.caption) if text}


def move_out_page_numbers(pages: Sequence[Page]) -> list[Page]:
    """Move page numbers out of the cells that they fall into, to the loose lines.

    A browser draws the rulings of a cut table down to the page's edge and clips them away, so that
    the page's number seems to stand in the last row. Such a number has the same height on all
    pages and counts on with them.
    """
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for line in _find_lowest_line(page):
            if is_page_number(line.text):
                count = int(_FIRST_NUMBER.findall(fold(line.text))[0])
                found[round(line.top)].append((index, count))
    heights = {top for top, seen in found.items() if _counts_on(seen)}
    return [_move_out(page, heights) for page in pages] if heights else list(pages)


def _find_lowest_line(page: Page) -> list[Line]:
    """The lowest line of a page if it is in a cell and alone at its height, else none."""
    lines = [line for grid in page.grids for cell in grid.cells for line in cell.lines]
    bottom = max((line.top for line in lines), default=0.0)
    lowest = [line for line in lines if line.bottom > bottom]
    return lowest if len(lowest) == 1 else []


def _counts_on(seen: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers at one height grow by one from page to page.

    Args:
        seen: Index of the page, and the number on it.
    """
    offsets = {count - index for index, count in seen}
    return len(offsets) == 1 and len({index for index, _ in seen}) == len(seen) >= _PAGES


def _move_out(page: Page, heights: set[int]) -> Page:
    numbers = [
        line
        for line in _find_lowest_line(page)
        if is_page_number(line.text) and round(line.top) in heights
    ]

    def keep(line: Line) -> bool:
        return line not in numbers

    grids = tuple(
        replace(
            grid, cells=tuple(replace(c, lines=tuple(filter(keep, c.lines))) for c in grid.cells)
        )
        for grid in page.grids
    )
    return replace(page, grids=grids, loose_lines=(*page.loose_lines, *numbers))


def read_heading(
    lines: Sequence[Line], left: float, right: float, frames: Sequence[Sequence[Line]] = ()
) -> Heading:
    """Choose the title and the caption of a table among the lines above it.

    The title is the line in the largest type below the last sentence, or else above it; of equals
    the first, and a group or a period only if nothing else is there. It is none of the lines at
    the right margin (dates, offices) if there are others, no label of a paper, and nothing in round
    brackets. The caption is the nearest line between the title and the table, or else a label.

    Args:
        lines: From top to bottom.
        left: The x where full lines of the page begin, in points.
        right: The x where they end.
        frames: The lines of each frame that stands alone above the table.
    """
    blocks = read_blocks(lines, frames, left, right)
    sentences = [place for place, block in enumerate(blocks) if _is_sentence(block.text)]
    near = blocks[sentences[-1] + 1 :] if sentences else blocks
    title = _choose_title(near, left, right) or _choose_title(blocks, left, right)
    kept = [b for b in blocks if not (_is_sentence(b.text) or _names_nothing(b.text))]
    labels = [block for block in kept if is_label(block.text)]
    below = kept[kept.index(title) + 1 :] if title else [b for b in kept if is_parenthesis(b.text)]
    # The nearest line above the table names its group; lines farther away belong to the page.
    captions = [*labels, *(block for block in below if not is_label(block.text))]
    caption = captions[-1].text if captions else None
    return Heading(title.text, caption, title.size) if title else Heading(None, caption)


def _choose_title(blocks: Sequence[HeadingBlock], left: float, right: float) -> HeadingBlock | None:
    fitting = [
        block
        for block in blocks
        if not (
            _is_sentence(block.text)
            or _names_nothing(block.text)
            or is_label(block.text)
            or is_parenthesis(block.text)
            or is_date(block.text)
        )
    ]
    inner = [block for block in fitting if not block.is_right(left, right)]
    fitting = inner or [b for b in fitting if not _is_below_date(b, blocks, left, right)]
    return max(
        fitting,
        key=lambda b: (not is_group(b.text), round(b.size, 1), -blocks.index(b)),
        default=None,
    )


def _is_below_date(
    block: HeadingBlock, blocks: Sequence[HeadingBlock], left: float, right: float
) -> bool:
    """Whether a text at the right margin is that of an office below a date."""
    before = blocks[: blocks.index(block)]
    return any(is_date(b.text) and b.is_right(left, right) for b in before)


def _names_nothing(text: str) -> bool:
    """Whether a text is a note, or a character alone: debris of type set in another way."""
    is_debris = sum(map(str.isalpha, text)) < _LEAST_LETTERS and not is_label(text)
    return is_debris or is_note(text)


def _is_sentence(text: str) -> bool:
    return "。" in text[-_STOP_AT_END:] and not is_note(text)
