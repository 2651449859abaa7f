"""Read the lines above a table, or in its first rows: its title and its caption."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from msgspec import Struct

from pipeline.model import Grid, Line
from pipeline.segment.headings.heading_blocks import HeadingBlock, read_blocks
from pipeline.segment.headings.section_levels import is_same_size
from pipeline.segment.rows.other_rows import is_sum_text
from pipeline.vocabulary.counts import is_count
from pipeline.vocabulary.heading_forms import has_place
from pipeline.vocabulary.line_marks import closes_document, is_page_number
from pipeline.vocabulary.title_lines import (
    begins_with_date,
    is_contact,
    is_date,
    is_file_name,
    is_group,
    is_label,
    is_letter_head,
    is_note,
    is_parenthesis,
    names_office,
)

_LEAST_LETTERS = 2  # letters; judgement: no title has one
_LEAST_COUNTS = 2  # counts; judgement: one may stand beside a title: 意見　３件
_STOP_AT_END = 2  # characters from the end; judgement: a bracket may follow a sentence's full stop
_BRACKETED = re.compile(r"【[^【】]+】|〔[^〔〕]+〕|＜[^＜＞]+＞|［[^［］]+］")
_LAST_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")


class Heading(Struct, frozen=True):
    """The title and the caption above a table."""

    title: str | None
    caption: str | None
    size: float = 0.0
    """Font size of the title in points; 0 without one."""
    caption_size: float = 0.0
    """That of the caption."""

    @property
    def texts(self) -> set[str]:
        """Both lines, for comparing the headings of two pages."""
        return {text for text in (self.title, self.caption) if text}


def read_heading(
    lines: Sequence[Line], left: float, right: float, frames: Sequence[Sequence[Line]] = ()
) -> Heading:
    """Choose the title and the caption of a table among the lines above it.

    The title is the line in the largest type below the last sentence and the last row of a
    tally (電子メール　37人), or else above them, as it is where only parts of the document begin
    below (１　募集期間) and larger type stands above; of equals the first, and a group or a period
    only if nothing else is there. It is none of the lines at the right margin (dates, offices) if
    there are others, no label of a paper, and nothing in round brackets. The caption is the nearest
    line between the title and the table, or else a label.

    Args:
        lines: From top to bottom.
        left: The x where full lines of the page begin, in points.
        right: The x where they end.
        frames: The lines of each frame that stands alone above the table.
    """
    blocks = read_blocks(lines, frames, left, right)
    sentences = [place for place, block in enumerate(blocks) if _is_sentence(block.text)]
    tally = _find_tally(blocks)
    behind = blocks[max([-1, *sentences, *tally]) + 1 :]
    near = [block for block in behind if not _dates(block, left, right)]
    title = _choose_title(near, left, right)
    if title is None or heads_part(title.text):
        above = _choose_title([b for b in blocks if b not in near] or blocks, left, right)
        if title is None or (
            above is not None
            and above.size > title.size
            and not is_same_size(above.size, title.size)
        ):
            title = above
    kept = [b for b in blocks if not (_is_sentence(b.text) or _names_nothing(b.text))]
    labels = [block for block in kept if is_label(block.text)]
    below = kept[kept.index(title) + 1 :] if title else [b for b in kept if is_parenthesis(b.text)]
    # The nearest line above the table names its group; lines farther away belong to the page.
    dated = [b for b in below if _dates(b, left, right) or _is_below_date(b, blocks, left, right)]
    left_out = [*dated, *labels, *(blocks[place] for place in tally)]
    captions = [*labels, *(b for b in below if b not in left_out)]
    caption = captions[-1].text if captions else None
    caption_size = captions[-1].size if captions else 0.0
    named = (title.text, title.size) if title else (None, 0.0)
    return Heading(named[0], caption, named[1], caption_size)


def read_title_row(grid: Grid, depth: int) -> Heading:
    """Read the first rows of a table as its heading, where each is one text over all columns.

    A text that begins in the first cell and runs over the borders beside it has the empty cells
    at its right for itself. A note may stand above the title (※ …).

    Args:
        grid: The table's first piece.
        depth: The grid row below its header, such rows included.

    Returns:
        The heading; without texts where the header begins with its own first row.
    """
    return read_heading(list(_find_lines_above(grid, depth)), grid.box.x0, grid.box.x1)


def _find_lines_above(grid: Grid, depth: int) -> Iterator[Line]:
    """The lines of the rows above the header's own, of which there is one at least.

    A page's number may stand beside the title.
    """
    for row in range(depth - 1):
        cells = [c for c in grid.row(row) if c.lines and not (c.column and is_page_number(c.text))]
        if len(cells) != 1 or cells[0].column or cells[0].column_span < 2:
            return
        yield from cells[0].lines


def _find_tally(blocks: Sequence[HeadingBlock]) -> list[int]:
    """Find the last texts of the rows of a tally: two rows that end in counts, or one with two.

    One count among facts below one another (提出方法　郵送 / 提出者　12人) is of a list of them.
    """
    rows = [list(row) for _, row in groupby(range(len(blocks)), key=lambda at: blocks[at].top)]
    words = [[word for at in row for word in blocks[at].text.split()] for row in rows]
    counts = [_count_counts(texts) for texts in words]
    ends = [row[-1] for row, count in zip(rows, counts, strict=True) if count]
    facts = {at for end in ends for at in _find_facts(blocks, end)}
    return ends if sum(counts) >= _LEAST_COUNTS else sorted(facts)


def _find_facts(blocks: Sequence[HeadingBlock], end: int) -> list[int]:
    """Find the facts around one: each a label and what it says, set as the lines of one text."""
    before = takewhile(lambda at: _lists_facts(blocks[at], blocks[at + 1]), range(end - 1, -1, -1))
    after = range(end + 1, len(blocks))
    behind = takewhile(lambda at: _lists_facts(blocks[at - 1], blocks[at]), after)
    others = [*before, *behind]
    return [end, *others] if others else []


def _lists_facts(block: HeadingBlock, below: HeadingBlock) -> bool:
    gap, size = below.top - block.bottom, min(block.size, below.size)
    aligned = abs(below.first[0] - block.first[0]) < size and gap < size
    parted = all(len(b.text.split()) > 1 and not has_place(b.text) for b in (block, below))
    return aligned and parted and is_same_size(block.size, below.size)


def _count_counts(words: Sequence[str]) -> int:
    """How many words behind the first one are counts with a unit, if the last one is a count."""
    if len(words) < 2 or not is_count(words[-1]):
        return 0
    return max(1, sum(is_count(word) and not word.isdecimal() for word in words[1:]))


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


def heads_part(text: str) -> bool:
    """Whether a text heads a part of a document, as others do: １　募集期間, 【市民課】."""
    return has_place(text) or _BRACKETED.fullmatch(text) is not None


def _dates(block: HeadingBlock, left: float, right: float) -> bool:
    """Whether a text at the right margin says when, or which office, issued the paper."""
    dated = begins_with_date(block.text) and not is_group(block.text)
    return (dated or names_office(block.text)) and block.is_right(left, right)


def _is_below_date(
    block: HeadingBlock, blocks: Sequence[HeadingBlock], left: float, right: float
) -> bool:
    """Whether a text at the right margin is that of an office below a date there."""
    before = reversed(blocks[: blocks.index(block)] if block.is_right(left, right) else ())
    office = takewhile(lambda b: b.is_right(left, right), before)
    return any(is_date(b.text) for b in office)


def _names_nothing(text: str) -> bool:
    """Whether a text is a note, a sum, a head or end of a letter, a contact, a file, or debris."""
    is_debris = sum(map(str.isalpha, text)) < _LEAST_LETTERS and not is_label(text)
    said = is_note(text) or is_sum_text(text) or is_contact(text) or is_file_name(text)
    return is_debris or said or is_letter_head(text) or closes_document(text)


def _is_sentence(text: str) -> bool:
    # 質問及び回答（未回答分を含む。） is a title: the sentence is the bracket's.
    bare = _LAST_BRACKET.sub("", text) or text
    return "。" in bare[-_STOP_AT_END:] and not is_note(text)
