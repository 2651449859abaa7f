"""Find the title and the caption of each table, without running heads.

Tables under one title share it: 【Ｂ社】 heads a table as 【Ａ社】 did the one before.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from msgspec.structs import replace

from pipeline.model import Grid, Line, Page
from pipeline.segment.headings.section_levels import is_same_size
from pipeline.segment.headings.table_heading import Heading, heads_part, read_heading
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.heading_forms import PLAIN, read_form
from pipeline.vocabulary.line_marks import ends_sentence
from pipeline.vocabulary.title_lines import is_label

_NUMBER = re.compile(r"\d+")
_BOXED = 3  # lines; judgement: a title in a box has no more, a box of prose has
_LARGER = 1.15  # times the table's type; judgement: titles are in larger type, captions in the same
_MIN_PAGES = 0.85  # share of the pages; judgement: the first page may lack its running head
_FIGURE = re.compile(r"\d+|[一二三四五六七八九十]+|(?<=\()[日月火水木金土](?=\))")


class Headings:
    """Finds the heading of each piece of a table, page by page in order."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """Find the running heads.

        Args:
            pages: All pages that tables are looked for on.
        """
        places = _places_of_heads(pages)
        self._heads = frozenset(places)
        self._running = {at for at, beside in places.items() if beside}
        self._feet = _running_feet(pages)
        self._heights = Counter(
            top for p in pages for top in {round(line.top) for line in p.loose_lines}
        )
        self._lowest = max((grid.box.bottom for p in pages for grid in p.grids), default=0.0)
        self._counts = Counter(
            text for _, text in {(p.header.number, text) for p in pages for text in _texts(p)}
        )
        self._titles = ""
        self._has_own_title = False
        self._seen: set[str] = set()
        self._below: set[str] = set()
        self._places: set[tuple[str, int]] = set()
        self._trailing: Sequence[Line] = ()
        self._crowns: set[str] = set()
        self._aside = Heading(None, None)

    @property
    def seen(self) -> set[str]:
        """The texts around the tables of earlier pages: a running head opens no new table."""
        return self._seen

    def is_repeated(self, line: Line) -> bool:
        """Whether an earlier page has the same text at the same height."""
        return place_of(line) in self._places

    @property
    def trailing(self) -> Sequence[Line]:
        """The lines below the last piece, if that is on the page before; none of a running foot."""
        return [line for line in self._trailing if _foot_of(line) not in self._feet]

    def read(self, page: Page, grid: Grid, top: float, records_end: float | None = None) -> Heading:
        """Find the heading of a piece.

        Args:
            top: The y where the piece above it ends, in points; 0: there is none.
            records_end: The y where the last piece with records ends; a legend may stand between
                it and this piece, below the title of both.
        """
        heading = self._read(page, grid, top)
        if records_end is None or records_end >= top:
            return heading
        if heading.title is None or heads_part(heading.title) or not _is_large(heading, grid):
            above = self._read(page, grid, records_end)
            return above if above.title is not None else heading
        return heading

    def _read(self, page: Page, grid: Grid, top: float) -> Heading:
        frames, top = _find_frames(page, grid, top)
        above = page.lines_between(top, grid.box.top)
        # A text of earlier pages that headed no table there is a running head; す。 is none.
        fresh = [
            line
            for line in above
            if line.text.strip() not in self._seen
            or line.text.strip() in self._titles
            or ends_sentence(line.text)
        ]
        left, right = grid.box.x0, grid.box.x1
        own = [line for line in fresh if place_of(line) not in self._running]
        heading = read_heading(own, left, right, frames)
        inner = [line for line in own if place_of(line) not in self._heads]
        if heading.title is not None and len(inner) < len(own):
            # The program's head of each page is no title where a line in title type stands below.
            below = read_heading(inner, left, right, frames)
            heading = below if _is_large(below, grid) else heading
        if heading.title is None and not top and self.trailing:
            heading = read_heading([*self.trailing, *own], left, right, frames)
        # Some annexes have their title only in the running head.
        if heading.title is not None or self._has_own_title:
            return heading
        return read_heading(fresh, left, right, frames)

    def is_unique(self, title: str | None) -> bool:
        """Whether a title stands on one page only."""
        return title is not None and self._counts[title] <= 1

    def complete(self, heading: Heading, row: Heading, grid: Grid) -> Heading:
        """Give a table without a title of its own above it that in its first row.

        A text that stood in the first row of a table with a title is a part of the header. The head
        of each page is no title where the row is in title type.

        Args:
            heading: What stands above the table.
            row: The text over all columns above its header, if there is one.
            grid: The table's first piece.
        """
        is_head = any((heading.title or "") in text for text, _ in self._heads)
        if heading.title is None or (is_head and _is_large(row, grid)):
            own = heading if row.title in self._crowns else replace(heading, title=row.title)
            return own if own.texts or self._titles else self._aside
        self._crowns |= {row.title} if row.title is not None else set()
        return heading

    def set_aside(self, heading: Heading) -> None:
        """Note what heads a table without records: it may be the title of the whole annex.

        A list of terms may fill the first page below that title, and the comments begin on the next
        one. The text right above the list is its own; a label (別紙１) is the annex's.
        """
        if heading.title is not None and heading.size > self._aside.size:
            label = heading.caption if is_label(heading.caption or "") else None
            self._aside = replace(heading, caption=label)

    def add_title(self, heading: Heading) -> None:
        """Note that a heading is that of a table: where it is repeated it is no running head."""
        self._titles += (heading.title or "") + (heading.caption or "")
        title = heading.title
        self._has_own_title |= title is not None and not any(title in t for t, _ in self._running)

    def end_piece(self) -> None:
        """Note that a piece was read: the last lines of the page before head no other piece."""
        self._trailing = ()

    def end_page(self, page: Page, bottom: float) -> None:
        """Note the texts around the tables of a page.

        Args:
            bottom: The y where its last piece ends, in points.
        """
        self._trailing = [line for line in page.loose_lines if line.top >= bottom]
        # What stands below the last piece may head the next one, and counts as seen a page later.
        # Lower than any table stands the page's foot: other pages have text at its height.
        below = {
            line.text.strip()
            for line in self._trailing
            if line.bottom <= self._lowest or self._heights[round(line.top)] <= 1
        }
        self._seen |= self._below | (_texts(page) - below)
        self._below = below
        self._places |= {place_of(line) for line in page.loose_lines}


def _find_frames(page: Page, grid: Grid, top: float) -> tuple[list[Sequence[Line]], float]:
    """Find the boxed lines above a piece, and the y where the piece above these ends.

    A title or a label may stand in a box. One with sentences is a box of prose.
    """
    frames: list[Sequence[Line]] = []
    for above in reversed([other for other in page.grids if other.box.bottom <= grid.box.top]):
        lines = above.lines
        if len(above.cells) > 1 or any("。" in line.text for line in lines) or len(lines) > _BOXED:
            return frames, above.box.bottom if frames else top
        frames.append(lines)
    return frames, 0.0 if frames else top


def _texts(page: Page) -> set[str]:
    return {line.text.strip() for line in page.loose_lines}


def _running_feet(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Find the texts that stand at one height below the tables of several pages."""
    places = Counter(
        _foot_of(line)
        for page in pages
        for line in page.loose_lines
        if page.grids and line.top >= max(grid.box.bottom for grid in page.grids)
    )
    return {place for place, count in places.items() if count > 1}


def _places_of_heads(pages: Sequence[Page]) -> dict[tuple[str, int], bool]:
    """Find texts that stand at one height on nearly all pages.

    Returns:
        Each with whether it is a label or stands in the right half. Others may be a title: an annex
        may have it in the head of each page. A text in the right half may also be the name of the
        group that most pages are about.
    """
    numbers = {page.header.number for page in pages}
    beside: dict[tuple[str, int], bool] = {}
    # Two sheets of one page may have the lines above both in common.
    found: set[tuple[int, tuple[str, int]]] = set()
    for page in pages:
        for line in page.loose_lines:
            place = place_of(line)
            own = is_label(line.text) or line.x0 > page.header.width / 2
            beside[place] = beside.get(place, False) or own
            found.add((page.header.number, place))
    counts = Counter(place for _, place in found)
    least = max(2, _MIN_PAGES * len(numbers))
    return {place: beside[place] for place, count in counts.items() if count >= least}


def _is_large(heading: Heading, grid: Grid) -> bool:
    """Whether a title is in larger type than its table; what heads a part of a paper is not."""
    return heading.size > _LARGER * _find_size(grid)


def _find_size(grid: Grid) -> float:
    """The usual font size of a table, in points."""
    sizes = [line.size for cell in grid.cells for line in cell.lines]
    return median(sizes) if sizes else 0.0


def _foot_of(line: Line) -> tuple[str, int]:
    """What a line says but for its numbers, and its height: a foot counts the pages."""
    return _NUMBER.sub("0", line.text.strip()), round(line.top)


def place_of(line: Line) -> tuple[str, int]:
    """What a line says, and its height on the page: a running head has both on several pages."""
    return line.text.strip(), round(line.top)


def share_titles(headings: Iterable[Heading]) -> Iterator[Heading]:
    """Read the headings of an annex's tables anew, each in the light of the one before.

    Args:
        headings: As each table alone shows them, in reading order.
    """
    above = Heading(None, None)
    for heading in headings:
        above = _inherit(heading, above)
        yield above


def _inherit(heading: Heading, above: Heading) -> Heading:
    """The title above, with a caption that has the form or the type of the caption above.

    What stands alone above a table may have been read as a label: 【資料編】 below 【本編】.
    """
    if above.title is None or (heading.title is None) is (heading.caption is None):
        return heading
    own, size = heading.title or heading.caption or "", heading.size or heading.caption_size
    alike = size <= above.size and are_alike(own, above.caption or "")
    if not (alike or _has_type_of_caption(size, above)):
        return heading
    return Heading(above.title, own, above.size, size)


def _has_type_of_caption(size: float, above: Heading) -> bool:
    """Whether a text is set as the caption of the table above, in smaller type than its title."""
    if above.caption is None or is_label(above.caption):
        return False
    smaller = size < above.size and not is_same_size(size, above.size)
    return smaller and is_same_size(size, above.caption_size)


def are_alike(one: str, other: str) -> bool:
    """Whether two texts begin with a mark or a number of one form, or differ in figures only.

    A day counts as figures: ９月10日（木）, ９月11日（金）.
    """
    kind = read_form(one).kind
    if kind != PLAIN:
        return kind == read_form(other).kind
    masked, masked_other = (_FIGURE.sub("0", fold(text)) for text in (one, other))
    if "0" in masked and masked == masked_other:
        return True
    return one[:1] == other[:1] and not one[:1].isalnum()
