"""Find headers: where tables without column rulings begin."""

import itertools
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.extract.tables.borderless.gutters import MAX_OVERLAP
from pipeline.extract.tables.borderless.header_names import count_roles, join_spread_letters
from pipeline.extract.tables.borderless.headings_between import is_one_text
from pipeline.extract.tables.borderless.regions import HeaderCandidate
from pipeline.extract.tables.borderless.unruled_headers import (
    HEADER_HEIGHT,
    add_rows_above,
    find_unruled_candidates,
)
from pipeline.extract.tables.borderless.words import TextLine, Word, read_words
from pipeline.extract.tables.rulings import Segment
from pipeline.model import Glyph
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import IS_WORD
from pipeline.vocabulary.heading_forms import has_place

MIN_WIDTH = 12.0  # em; judgement: two columns of five characters and a gutter
_LEAST_ROLES = 2  # judgement: one known word may be that of a text
_LEAST_ROWS = 2  # that rulings part; judgement: one may be a header whose records are not ruled
_MOST_LINES = 3  # judgement: 質問者 in a narrow column; what stands higher is a title


def find_header_candidates(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, roles: HeaderRoles
) -> Iterator[HeaderCandidate]:
    """Find the headers of a page, from top to bottom."""
    unruled = [*find_unruled_candidates(lines, size, roles)]
    ruled = [
        add_rows_above(header, lines, size, roles)
        for header in _find_ruled_candidates(lines, levels, size, roles)
        if not any(_ends_inside(header, whole) for whole in unruled)
    ]
    taken = {id(line) for header in ruled for line in header.lines}
    others = [h for h in unruled if not any(id(line) in taken for line in h.lines)]
    found = ruled + [add_rows_above(header, lines, size, roles) for header in others]
    last = float("-inf")
    for header in sorted(found, key=lambda h: h.top):
        if header.top >= last - MAX_OVERLAP * size:
            yield _take_extent(_join_letters(header, roles), levels, size)
            last = header.bottom


def _join_letters(header: HeaderCandidate, roles: HeaderRoles) -> HeaderCandidate:
    """Join the letters of a header's words that are spread over columns that texts do not fill."""
    lines = (
        replace(line, words=tuple(join_spread_letters(line.words, roles, IS_WORD)))
        for line in header.lines
    )
    return replace(header, lines=tuple(lines))


def _take_extent(
    header: HeaderCandidate, levels: Sequence[Segment], size: float
) -> HeaderCandidate:
    """Take the extent of the rulings that part the records below a header, if it has none as wide.

    Authors rule the records only, or a part of the header: the words over several columns.
    """
    words = [word.box for line in header.lines for word in line.words]
    left, right = min(box.x0 for box in words) + size / 2, max(box.x1 for box in words) - size / 2

    def is_wide(extent: tuple[float, float] | None) -> bool:
        return extent is not None and extent[0] < left and right < extent[1]

    if is_wide(header.extent):
        return header
    below = [level for level in levels if level.position > header.bottom + size / 2]
    for extent in _find_extents(below, size):
        if is_wide(extent) and len(find_level_heights(below, extent, size)) >= _LEAST_ROWS:
            return replace(header, extent=extent)
    return header


def leave_margins(
    glyphs: Sequence[Glyph], levels: Sequence[Segment], size: float, roles: HeaderRoles
) -> Sequence[Glyph]:
    """Leave out what stands beside the rulings that part the header and the rows of a table.

    Notes stand there, and the numbers of lines, which run on below the table.

    Args:
        glyphs: Those of a page.
        levels: Its horizontal rulings and the edges of stripes.
        size: The font size of the page's smaller text, in points.
        roles: What headers mean.
    """
    for extent in _find_extents(levels, size):
        heights = find_level_heights(levels, extent, size)
        if len(heights) <= _LEAST_ROWS:
            continue
        beside = [g for g in glyphs if not extent[0] < g.box.center[0] < extent[1]]
        own = [g for g in beside if heights[0] < g.box.center[1] < heights[-1]]
        if not own:
            continue
        first = [g for g in glyphs if heights[0] < g.box.center[1] < heights[1]]
        others = (level for level in levels if heights[0] < level.position < heights[-1])
        apart = any(level.end < extent[0] or level.start > extent[1] for level in others)
        if apart or not _are_margins(own, first, extent, size, roles):
            continue
        numbers = [g.box for g in own if g.text.isdigit()]
        gone = {id(g) for g in own}
        if numbers:
            left, right = min(b.x0 for b in numbers), max(b.x1 for b in numbers)
            gone |= {id(g) for g in beside if g.text.isdigit() and left < g.box.center[0] < right}
        glyphs = [g for g in glyphs if id(g) not in gone]
    return glyphs


def _are_margins(
    beside: Sequence[Glyph],
    first: Sequence[Glyph],
    extent: tuple[float, float],
    size: float,
    roles: HeaderRoles,
) -> bool:
    """Whether glyphs beside rulings are none of their table.

    A column that the rulings leave out has a header above the first record, or numbers without one.
    Only the numbers of lines stand beside the header, too.

    Args:
        beside: The glyphs.
        first: All glyphs between the first two rulings.
        extent: The x where the rulings begin and end, in points.
        size: The font size of the page's smaller text, in points.
        roles: What headers mean.
    """
    headers: list[Glyph] = []
    others: list[Glyph] = []
    for glyph in first:
        (headers if extent[0] < glyph.box.center[0] < extent[1] else others).append(glyph)
    if _count_inside(read_words(headers, size), extent, roles) < _LEAST_ROLES:
        return False
    aside = "".join(g.text for g in others).strip()
    numbers = all(g.text.isdigit() for g in beside if g.text.strip())
    return aside.isdigit() or not (aside or numbers)


def _ends_inside(header: HeaderCandidate, whole: HeaderCandidate) -> bool:
    """Whether a header ends at a line below a word over several columns, inside a whole header."""
    narrower = any(_keep_words(line, header.extent) != line.words for line in whole.lines)
    return narrower and header.lines[-1] in whole.lines[:-1]


def _find_ruled_candidates(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, roles: HeaderRoles
) -> Iterator[HeaderCandidate]:
    """Find headers between two rulings or edges of a shade, or right above one."""
    for extent in _find_extents(levels, size):
        heights = find_level_heights(levels, extent, size)
        between = [*itertools.pairwise(heights)]
        found = [
            header for band in between if (header := _make_candidate(lines, band, extent, roles))
        ]
        # The header has only a ruling below it: take the lines right above the first ruling.
        if not found and not _is_inside_header(heights[0], extent, levels, size):
            tops = _find_tops_above(heights[0], extent, levels, size)
            steps = [lines_high * HEADER_HEIGHT * size for lines_high in range(1, _MOST_LINES + 1)]
            bands = [(top - step, heights[0]) for top in tops for step in steps]
            above = [_make_candidate(lines, band, extent, roles) for band in bands]
            found = [header for header in above if header is not None]
            found = sorted(found, key=lambda own: -_count_inside(own.lines, extent, roles))[:1]
        yield from (_add_crown(header, lines, heights, extent, size) for header in found)


def _add_crown(
    header: HeaderCandidate,
    lines: Sequence[TextLine],
    heights: Sequence[float],
    extent: tuple[float, float],
    size: float,
) -> HeaderCandidate:
    """Add the cells over all columns that stand right above a header: 第２回委員会.

    Outside the table each would read as its caption.
    """
    for top, bottom in reversed([*itertools.pairwise(heights)]):
        if bottom != header.top:
            continue
        inside = [line for line in lines if top <= line.middle <= bottom]
        if len(inside) != 1 or not _is_in_middle(inside[0], extent, size):
            break
        header = replace(header, lines=(*inside, *header.lines), top=top)
    return header


def _is_in_middle(line: TextLine, extent: tuple[float, float], size: float) -> bool:
    """Whether a line is one word in the middle between two x."""
    middle = (extent[0] + extent[1]) / 2
    return len(line.words) == 1 and abs(line.words[0].box.center[0] - middle) < size / 2


def _is_inside_header(
    y: float, extent: tuple[float, float], levels: Sequence[Segment], size: float
) -> bool:
    """Whether a wider ruling is near: this one parts a word from those that it spans."""
    return any(
        size / 2 < abs(level.position - y) < _MOST_LINES * HEADER_HEIGHT * size
        and level.start < extent[0] + size
        and level.end > extent[1] - size
        and not level.spans(extent, size)
        for level in levels
    )


def _find_tops_above(
    y: float, extent: tuple[float, float], levels: Sequence[Segment], size: float
) -> list[float]:
    """Find the rulings below a header's first lines: that below a word over several columns.

    The words that it spans may be of several lines. It may also belong to something else.
    """
    inside = (
        level.position
        for level in levels
        if y - _MOST_LINES * HEADER_HEIGHT * size < level.position < y - size / 2
        and extent[0] - size < level.start
        and level.end < extent[1] + size
        and not level.spans(extent, size)
    )
    return sorted({y, min([y, *inside])})


def _make_candidate(
    lines: Sequence[TextLine],
    band: tuple[float, float],
    extent: tuple[float, float],
    roles: HeaderRoles,
) -> HeaderCandidate | None:
    top, bottom = band
    inside = [line for line in lines if top <= line.middle <= bottom]
    count = _count_inside(inside, extent, roles)
    if len(inside) > 1 and _count_inside(inside[1:], extent, roles) == count >= _LEAST_ROLES:
        above, below = inside[:2]
        if is_one_text(above, above.words[0].box.height) and has_place(above.text):
            # 第１章　総則: its words stand over no columns.
            inside, top = inside[1:], (above.bottom + below.top) / 2
    return HeaderCandidate(tuple(inside), top, bottom, extent) if count >= _LEAST_ROLES else None


def _count_inside(
    lines: Sequence[TextLine], extent: tuple[float, float], roles: HeaderRoles
) -> int:
    """Count the roles between the ends of a ruling: it heads no other columns."""
    own = [replace(line, words=_keep_words(line, extent)) for line in lines]
    return count_roles(own, roles)


def _keep_words(line: TextLine, extent: tuple[float, float] | None) -> tuple[Word, ...]:
    if extent is None:
        return line.words
    return tuple(word for word in line.words if extent[0] < word.box.center[0] < extent[1])


def _find_extents(levels: Sequence[Segment], size: float) -> list[tuple[float, float]]:
    """Find the different extents of horizontal rulings that are wide enough for two columns."""
    extents: list[tuple[float, float]] = []
    for level in levels:
        wide = level.end - level.start > MIN_WIDTH * size
        if wide and not any(level.spans(e, size) for e in extents):
            extents.append((level.start, level.end))
    return extents


def find_level_heights(
    levels: Sequence[Segment], extent: tuple[float, float] | None, size: float
) -> list[float]:
    """Find the heights of rulings and stripes with one extent; a double ruling counts once."""
    heights: list[float] = []
    for level in levels:
        same = extent is not None and level.spans(extent, size)
        if same and (not heights or level.position - heights[-1] > size / 2):
            heights.append(level.position)
    return heights


def find_row_heights(
    levels: Sequence[Segment], header: HeaderCandidate, size: float
) -> list[float]:
    """Find the heights of a table's rulings from the upper one of its header on.

    One close above that has no text below it: it is the line below the page's running head.
    """
    heights = find_level_heights(levels, header.extent, size)
    heights = [y for y in heights if y >= header.top - size]
    first = min(line.middle for line in header.lines)
    return heights[max(0, sum(y < first for y in heights) - 1) :]
