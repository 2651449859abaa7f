"""Read the lines around the tables: titles, captions, page numbers, prose."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Line, Page
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.line_marks import is_page_number

_FIRST_NUMBER = re.compile(r"\d+")
# Pages on which numbers must count on; judgement: on two they may do so by chance.
_PAGES = 3
_LABEL = re.compile(
    r"[((\[【〔<]?(?:別紙|別添|別表|様式|資料|参考資料|参考|添付)[\d一二三四五六七八九十a-z.\-の]*"
    r"(?:参考)?[))\]】〕>]?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[(※注*].*(?:傍線|下線|単位|太字|朱書|凡例|網掛|[のた]部分|部分[はが]).*|※.*|注[\d:.].*"
)
# Share of the font size; judgement: lines of one paragraph have one size, which programs round.
_SAME_SIZE = 0.05
# Em that a wrapped line may stop short of the margin; judgement: kinsoku moves one character.
_FULL_LINE = 2.0
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


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph of loose lines."""

    text: str
    size: float
    """Font size in points."""


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
                count = int(_FIRST_NUMBER.findall(_fold(line.text))[0])
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


def read_heading(lines: Sequence[Line], right: float) -> Heading:
    """Choose the title and the caption of a table among the lines above it.

    The title is the line in the largest type that is more than a label such as 別紙１; of equals
    the first. The caption is the nearest line between the title and the table, or a label above
    the title. Sentences and notes are neither.

    Args:
        lines: From top to bottom.
        right: The x where full lines of the page end, in points.
    """
    blocks = [
        b
        for b in _join_blocks(lines, right)
        if not _is_note(b.text) and "。" not in b.text[-_STOP_AT_END:]
    ]
    if not blocks:
        return Heading(None, None)
    title = max(blocks, key=lambda b: (not is_label(b.text), round(b.size, 1), -blocks.index(b)))
    place = blocks.index(title)
    labels = [block for block in blocks[:place] if is_label(block.text)]
    # The nearest line above the table names its group; lines farther away belong to the page.
    caption = next(iter([*blocks[:place:-1], *reversed(labels)]), None)
    return Heading(title.text.strip(), caption.text.strip() if caption else None, title.size)


def _join_blocks(lines: Sequence[Line], right: float) -> list[_Block]:
    blocks: list[_Block] = []
    before: Line | None = None
    for line in lines:
        if is_page_number(line.text):
            continue
        if before is not None and _continues(before, line, blocks[-1].text, right):
            blocks[-1] = _Block(blocks[-1].text + line.text.strip(), blocks[-1].size)
        else:
            blocks.append(_Block(line.text.strip(), line.size))
        before = line
    return blocks


def _continues(before: Line, line: Line, text: str, right: float) -> bool:
    """Whether a line goes on with the paragraph `text`, whose last line is `before`."""
    if is_label(text):
        return False
    same_size = abs(before.size - line.size) <= _SAME_SIZE * before.size
    near = line.top - before.bottom < before.size
    full = right - before.x1 < _FULL_LINE * before.size
    inside = sum(map(text.count, "「（(『")) > sum(map(text.count, "」）)』"))
    return same_size and near and (full or inside)


def is_label(text: str) -> bool:
    """Whether a line only names one of several annexes: 別紙１, 資料２."""
    return bool(_LABEL.fullmatch(_fold(text)))


def _is_note(text: str) -> bool:
    return bool(_NOTE.fullmatch(_fold(text)))


def _fold(text: str) -> str:
    return fold(text)
