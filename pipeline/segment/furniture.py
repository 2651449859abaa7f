"""The lines around the tables: titles, captions, page numbers, prose."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Line

_PAGE_NUMBER = re.compile(
    r"[-‐–—―ー・\s(]*(?:p\.?|page|ページ)?\s*\d{1,4}\s*(?:(?:/|of|頁|ページ)\s*\d{0,4})?\s*"
    r"(?:頁|ページ)?[-‐–—―ー・\s)]*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[((\[【〔<]?(?:別紙|別添|別表|様式|資料|参考資料|参考|添付)[\d一二三四五六七八九十a-z.\-の]*"
    r"(?:参考)?[))\]】〕>]?",
    re.IGNORECASE,
)
_NOTE = re.compile(r"[(※注*].*(?:傍線|下線|単位|太字|朱書|凡例|網掛|部分).*|※.*|注[\d:.].*")
# Lines of one paragraph are set in one size; PDF programs round it.
_SAME_SIZE = 0.05  # share of the font size
_FULL_LINE = 2.0  # font sizes that a wrapped line may stop short of the margin (kinsoku moves one)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table."""

    title: str | None
    caption: str | None

    @property
    def texts(self) -> set[str]:
        """Both lines, to compare what stands on two pages."""
        return {text for text in (self.title, self.caption) if text}


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph of loose lines."""

    text: str
    size: float


def is_page_number(line: Line) -> bool:
    """Whether a line holds only the page's number (`3`, `- 3 -`, `3/10`, `3ページ`)."""
    return bool(_PAGE_NUMBER.fullmatch(_folded(line.text)))


def read_heading(lines: Sequence[Line], right: float) -> Heading:
    """Choose the title and the caption of a table among the lines above it.

    The title is the line in the largest type; among equals the first that is more than a label
    such as 別紙１. The caption is the next of the others. Sentences and notes are neither.

    Args:
        lines: Top to bottom.
        right: The x where full lines of the page end, in points.
    """
    blocks = [b for b in _blocks(lines, right) if not _is_note(b.text) and "。" not in b.text[-2:]]
    if not blocks:
        return Heading(None, None)
    title = max(blocks, key=lambda b: (not _is_label(b.text), round(b.size, 1), -blocks.index(b)))
    others = [block for block in blocks if block is not title]
    # The nearest line above the table names its group; farther ones belong to the page.
    caption = others[-1] if others else None
    return Heading(title.text.strip(), caption.text.strip() if caption else None)


def _blocks(lines: Sequence[Line], right: float) -> list[_Block]:
    blocks: list[_Block] = []
    before: Line | None = None
    for line in lines:
        if is_page_number(line):
            continue
        if before is not None and _continues(before, line, blocks[-1].text, right):
            blocks[-1] = _Block(blocks[-1].text + line.text.strip(), blocks[-1].size)
        else:
            blocks.append(_Block(line.text.strip(), line.size))
        before = line
    return blocks


def _continues(before: Line, line: Line, text: str, right: float) -> bool:
    same_size = abs(before.size - line.size) <= _SAME_SIZE * before.size
    near = line.top - before.bottom < before.size
    full = right - before.x1 < _FULL_LINE * before.size
    inside = sum(map(text.count, "「（(『")) > sum(map(text.count, "」）)』"))
    return same_size and near and (full or inside)


def _is_label(text: str) -> bool:
    return bool(_LABEL.fullmatch(_folded(text)))


def _is_note(text: str) -> bool:
    return bool(_NOTE.fullmatch(_folded(text)))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
