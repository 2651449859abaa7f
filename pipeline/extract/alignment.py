"""Tables whose columns no ruling parts: where their text leaves gutters from top to bottom.

Horizontal rulings alone, stripes of shade, or nothing but a coloured header: a reader still sees
columns, because every line of every record keeps clear of the same gaps. The header's words tell
where such a table begins; its gutters are looked for between them, in the records below. What is
found becomes rulings, so that the rest of besshi sees a table like any other.
"""

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median_low

from pipeline.extract.gutters import TOUCH, Gutter, is_open, read_heads, unite_heads
from pipeline.extract.rulings import Rulings, Segment
from pipeline.extract.words import TextLine, Word, read_words
from pipeline.model import Box, Glyph
from pipeline.vocabulary.marks import ends_sentence, is_page_number
from pipeline.vocabulary.roles import match_role

_FAR = 4.0  # em; a line farther below the table's last belongs to what follows
_APART = 0.9  # em; a lone line so far below the table is a note on it
_CALIBRATING = 3  # body lines from which it shows whether two header words are one: 回　答
_HIGH = 1.5  # em that a header of one line takes above its ruling
_BESIDE = 1.0  # em from an imagined edge to the end of a ruling that tells where it is
_INDENT = 0.6  # em by which the first glyph of a line may stand in: half of an opening bracket
_FULL = 2.0  # em that a full line may stop short of the longest: kinsoku moves one or two
_RUNNING = 8.0  # em; a line of running text is at least as wide
_PARTICLES = frozenset("のとやにへをはが・、（(")  # with these a line of a header goes on
_SURE_ROLES = 3  # known headers that make a table where nothing at all is drawn


@dataclass(slots=True)
class Memory:
    """What earlier pages tell of a table that may go on without its header."""

    columns: "_Columns | None" = None
    """Where its columns are; None where the page before ended with no such table."""
    words: frozenset[str] = frozenset()
    """Those of its header."""
    lefts: Mapping[int, float] = field(default_factory=dict)
    """Where the lines of its columns of running text begin, in points."""
    cut: frozenset[int] = frozenset()
    """Of these, the columns whose last line is full and ends no sentence."""
    ruled: tuple[float, ...] = ()
    """The column edges of the page's last table that rulings draw."""
    repeated: set[tuple[str, int]] = field(default_factory=set)
    """Text and height of the lines of the page before: a running head stands there again."""
    pending: "_Start | None" = None
    """A header at the foot of the page before: its records begin on this page."""
    foot: "_Columns | None" = None
    """The columns of a header at a page's foot, found on the page behind it."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table that its text parts."""

    edges: tuple[float, ...]
    """The x where they begin and end, in points: one more than columns."""
    gutters: tuple[Gutter, ...]
    """What is free around each inner edge on the pages so far."""


@dataclass(frozen=True, slots=True)
class _Region:
    """A table's place on the page while it is being found."""

    columns: _Columns
    levels: tuple[float, ...]
    """The heights of rulings and stripes across it, its first above the header."""
    header: tuple[TextLine, ...]
    body: tuple[TextLine, ...]

    @property
    def edges(self) -> tuple[float, ...]:
        """The x where its columns begin and end."""
        return self.columns.edges


def find_aligned(
    glyphs: Sequence[Glyph],
    levels: Sequence[Segment],
    boxes: Sequence[Box],
    size: float,
    memory: Memory,
) -> list[Rulings]:
    """Find the tables of a page that only their text parts into columns.

    Args:
        glyphs: Those outside the tables that rulings draw.
        levels: Horizontal rulings, and the edges of stripes, outside those tables.
        boxes: Rectangles without rulings inside.
        size: The font size of the page's smaller text, in points.
        memory: What earlier pages told; brought up to date.

    Returns:
        The rulings that a reader imagines, table by table, from top to bottom.
    """
    lines = _without_page_numbers(read_words(glyphs, size))
    prose = [box for box in boxes if _is_boxed_prose(box, lines)]
    lines = [line for line in lines if not any(_lies_in(line, box) for box in prose)]
    levels = [level for level in levels if not any(_closes(level, box, size) for box in prose)]
    starts = [*_starts(lines, levels, size)]
    first = starts[0].top if starts else float("inf")
    ahead = [line for line in lines if line.bottom <= first]
    known = _begun_before(ahead, _until(levels, first, size), size, memory)
    regions = [known] if known is not None else []
    memory.pending = None
    for start, following in itertools.zip_longest(starts, starts[1:]):
        limit = following.top if following is not None else float("inf")
        below = [line for line in lines if start.bottom <= line.middle and line.bottom <= limit]
        own = _until(levels, limit, size)
        again = _repeated(start, below, own, size, memory)
        region = again or _grow(start, below, own, size)
        if not below and following is None:
            region, memory.pending = _foot(start, memory), start
        memory.words = memory.words if again else frozenset()
        if region is not None:
            regions.append(region)
            memory.columns = region.columns
            memory.words |= {word.text for line in start.lines for word in line.words}
    memory.columns = regions[-1].columns if regions else None
    texts = _running_text(regions[-1], size) if regions else {}
    memory.lefts = {column: min(word.box.x0 for word in words) for column, words in texts.items()}
    memory.cut = frozenset(column for column, words in texts.items() if _is_cut(words, size))
    memory.repeated = {(line.text, round(line.top)) for line in lines}
    return [_imagined(region, levels, size) for region in regions]


def _is_boxed_prose(box: Box, lines: Sequence[TextLine]) -> bool:
    """Whether no line in a box has two words side by side, as those of a table have."""
    return all(len(line.words) == 1 for line in lines if _lies_in(line, box))


def _lies_in(line: TextLine, box: Box) -> bool:
    inside = box.x0 <= line.runs[0][0] and line.runs[-1][1] <= box.x1
    return inside and box.top <= line.middle <= box.bottom


def _closes(level: Segment, box: Box, size: float) -> bool:
    """Whether a ruling is a box's upper or lower side."""
    side = min(abs(level.position - box.top), abs(level.position - box.bottom)) < size / 2
    return side and _same_extent((level.start, level.end), (box.x0, box.x1), size)


def _begun_before(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, memory: Memory
) -> _Region | None:
    """The table at the top of a page that began on the page before."""
    if memory.pending is None:
        return _continued(lines, levels, size, memory)
    fresh = [line for line in lines if (line.text, round(line.top)) not in memory.repeated]
    if not fresh:
        return None
    top = fresh[0].top - size / 2
    start = replace(memory.pending, top=top, bottom=top)
    region = _grow(start, fresh, levels, size)
    if region is None:
        return None
    memory.foot = region.columns
    drawn = _heights(levels, start.extent, size)
    kept = [y for y in drawn if y <= region.body[-1].bottom + size]
    return replace(region, header=(), levels=tuple(kept))


def _foot(start: "_Start", memory: Memory) -> _Region | None:
    """A header at a page's foot, once the page behind has told its columns."""
    if memory.foot is None:
        return None
    return _Region(memory.foot, (start.top, start.bottom), start.lines, ())


def _without_page_numbers(lines: list[TextLine]) -> list[TextLine]:
    if lines and is_page_number(lines[-1].text):
        lines = lines[:-1]
    return lines[1:] if lines and is_page_number(lines[0].text) else lines


def _until(levels: Sequence[Segment], limit: float, size: float) -> list[Segment]:
    """The levels above the next table's header: two tables may be equally wide."""
    return [level for level in levels if level.position < limit - size / 2]


# --- where tables begin ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Start:
    """A header: its lines, and what is drawn above and below."""

    lines: tuple[TextLine, ...]
    top: float
    bottom: float
    extent: tuple[float, float] | None
    """The x from which and to which rulings or shade reach; None where nothing is drawn."""


def _starts(lines: Sequence[TextLine], levels: Sequence[Segment], size: float) -> Iterator[_Start]:
    """The headers of a page, from top to bottom."""
    found = [*_ruled_starts(lines, levels, size)]
    ruled = {id(line) for start in found for line in start.lines}
    found += (
        _Start((line,), line.top, line.bottom, None)
        for line in lines
        if id(line) not in ruled and _known_roles([line]) >= _SURE_ROLES
    )
    last = float("-inf")
    for start in sorted(found, key=lambda s: s.top):
        if start.top >= last - TOUCH * size:
            yield start
            last = start.bottom


def _ruled_starts(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float
) -> Iterator[_Start]:
    """Headers between two rulings or edges of a shade, or right above one."""
    for extent in _extents(levels, size):
        heights = _heights(levels, extent, size)
        between = [*itertools.pairwise(heights)]
        found = [start for band in between if (start := _start(lines, band, extent))]
        # Only a ruling below it: the line right above the first.
        yield from found or filter(
            None, [_start(lines, (heights[0] - _HIGH * size, heights[0]), extent)]
        )


def _start(
    lines: Sequence[TextLine], band: tuple[float, float], extent: tuple[float, float]
) -> _Start | None:
    inside = [line for line in lines if band[0] <= line.middle <= band[1]]
    return _Start(tuple(inside), *band, extent) if _known_roles(inside) >= 2 else None


def _extents(levels: Sequence[Segment], size: float) -> list[tuple[float, float]]:
    """The different reaches of horizontal rulings that are wide enough for two columns."""
    extents: list[tuple[float, float]] = []
    for level in levels:
        wide = level.end - level.start > _MIN_WIDTH * size
        if wide and not any(_same_extent((level.start, level.end), e, size) for e in extents):
            extents.append((level.start, level.end))
    return extents


_MIN_WIDTH = 12.0  # em; two columns of five characters and a gutter


def _same_extent(one: tuple[float, float], other: tuple[float, float], size: float) -> bool:
    return abs(one[0] - other[0]) <= size and abs(one[1] - other[1]) <= size


def _heights(
    levels: Sequence[Segment], extent: tuple[float, float] | None, size: float
) -> list[float]:
    """The heights of rulings and stripes with one reach, those of one double ruling once."""
    heights: list[float] = []
    for level in levels:
        same = extent is not None and _same_extent((level.start, level.end), extent, size)
        if same and (not heights or level.position - heights[-1] > size / 2):
            heights.append(level.position)
    return heights


def _known_roles(lines: Sequence[TextLine]) -> int:
    """How many roles the words of a header tell; 0 where they are no header."""
    stacks = _letters_together([*_stacks(w for ln in lines for w in _spelled_together(ln.words))])
    if not stacks or any(map(_is_prose, stacks)):
        return 0
    # That a word merely contains one of the vocabulary may be a title: 意見及び対応一覧.
    found = [
        match
        for stack in stacks
        for match in [match_role("".join(stack)), *map(match_role, stack)]
        if match is not None and match.manner < 2
    ]
    known = {match.role for match in found}
    return 0 if len(known) * 2 < len(stacks) else len(known)


def _letters_together(stacks: Sequence[list[str]]) -> list[list[str]]:
    """Stacks of letters that spell one word over two lines: 整　理 over 番　号.

    Args:
        stacks: From left to right.
    """
    found: list[list[str]] = []
    at = 0
    while at < len(stacks):
        for end in range(len(stacks), at + 1, -1):
            letters = stacks[at:end]
            if {len(text) for stack in letters for text in stack} != {1}:
                continue
            word = "".join("".join(row) for row in zip(*letters, strict=False))
            match = match_role(word)
            if match is not None and match.manner < 2:
                found.append([word])
                break
        else:
            end = at + 1
            found.append(stacks[at])
        at = end
    return found


def _is_prose(stack: Sequence[str]) -> bool:
    return any("。" in text or len(text) > _LONGEST_HEADER for text in stack)


def _stacks(words: Iterable[Word]) -> Iterator[list[str]]:
    """The words of a header, those below each other together: letters of a vertical header."""
    stacks: list[list[Word]] = []
    for word in words:
        x = word.box.center[0]
        near = (s for s in stacks if abs(s[-1].box.center[0] - x) < word.box.height / 2)
        stack = next(near, None)
        if stack is None:
            stacks.append([word])
        else:
            stack.append(word)
    stacks.sort(key=lambda stack: stack[0].box.x0)
    yield from ([word.text for word in stack] for stack in stacks)


_LONGEST_HEADER = 40  # characters, as in segment.headers


def _spelled_together(words: Sequence[Word]) -> list[Word]:
    """The words of a line; letters set far apart (回　答) as the word that they spell."""
    found: list[Word] = []
    at = 0
    while at < len(words):
        for end in range(len(words), at + 1, -1):
            pieces = [word.text for word in words[at:end]]
            match = match_role("".join(pieces)) if max(map(len, pieces)) <= 1 else None
            if match is not None and match.manner < 2:
                break
        else:
            end = at + 1
        first, last = words[at].box, words[end - 1].box
        box = Box(first.x0, first.top, last.x1, first.bottom)
        found.append(Word("".join(word.text for word in words[at:end]), box))
        at = end
    return found


# --- how far they reach ----------------------------------------------------------------------


def _grow(
    start: _Start, below: Sequence[TextLine], levels: Sequence[Segment], size: float
) -> _Region | None:
    """Follow a table down from its header as long as lines keep clear of its gutters."""
    heights = [y for y in _heights(levels, start.extent, size) if y >= start.top - size]
    header = _without_ruled_spans(start, levels, size)
    heads, gutters = unite_heads(read_heads(header), (), size)
    body: list[TextLine] = []
    fitting = 0
    for line in below:
        end = max([start.bottom, *(b.bottom for b in body)])
        inside = bool(heights) and line.middle < heights[-1]
        if not inside and line.top - end > _FAR * size:
            break
        left = [gutter.without(line, size) for gutter in gutters]
        if not all(is_open(gutter, size) for gutter in left):
            fewer, clear = unite_heads(heads, [*body, line], size)
            few = (len(gutters) - len(clear)) * 2 <= len(gutters)
            tabular = _is_tabular(line, clear)
            only_spans = {head for head in heads if not head.upper} <= set(fewer)
            early = len(body) < _CALIBRATING and (few or tabular)
            if clear and (early or (only_spans and tabular)):
                heads, left = fewer, clear
            elif inside:
                body.append(line)  # over several columns: a total, a group's name
                continue
            else:
                break
        gutters = left
        body.append(line)
        fitting = len(body)
    body = body[:fitting]
    if header == start.lines:
        gutters = _without_spans(gutters, start, body, size)
    gutters = [_dividing(gutter, body, size) for gutter in gutters]
    return _region(start, gutters, body, levels, size) if gutters and body else None


def _region(
    start: _Start,
    gutters: Sequence[Gutter],
    body: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
) -> _Region | None:
    edges = _edges(gutters, start, body, levels, size)
    heights = [y for y in _heights(levels, start.extent, size) if y >= start.top - size]
    body = _without_notes(body, edges, heights, size)
    if not body:
        return None
    kept = [y for y in heights if y <= body[-1].bottom + size]
    drawn = start.top if not kept or kept[0] > start.lines[0].top else kept.pop(0)
    columns = _Columns(edges, tuple(gutters))
    return _Region(columns, (drawn, *(kept or [start.bottom])), start.lines, tuple(body))


def _dividing(gutter: Gutter, body: Sequence[TextLine], size: float) -> Gutter:
    """The piece of a gutter behind which most lines begin, or else the widest.

    A header in the middle of its column leaves a gap beside a short text (－) too.
    """

    def begun(piece: tuple[float, float]) -> int:
        reach = piece[1] + _INDENT * size
        return sum(any(piece[1] - size / 2 <= a <= reach for a, _ in line.runs) for line in body)

    return Gutter((max(gutter.free, key=lambda piece: (begun(piece), piece[1] - piece[0])),))


def _is_tabular(line: TextLine, gutters: Sequence[Gutter]) -> bool:
    """Whether a line has words on both sides of a gutter."""
    return len(_columns(line, [gutter.middle for gutter in gutters])) > 1


def _without_ruled_spans(
    start: _Start, levels: Sequence[Segment], size: float
) -> tuple[TextLine, ...]:
    """The lines of a header without the words that a ruling parts from others below them.

    Where such a ruling is drawn, no other word spans several: one that stands in the middle of a
    header of two rows, over a column that the page leaves empty, looks alike.
    """
    middles = [line.middle for line in start.lines]
    inner = [
        level
        for level in levels
        if min(middles) < level.position < max(middles)
        and not (start.extent and _same_extent((level.start, level.end), start.extent, size))
    ]

    def spans(word: Word) -> bool:
        x, y = word.box.center
        return any(y < level.position and level.start < x < level.end for level in inner)

    rest = [[word for word in line.words if not spans(word)] for line in start.lines]
    return tuple(
        replace(line, words=tuple(words))
        for line, words in zip(start.lines, rest, strict=True)
        if words
    )


def _without_spans(
    gutters: Sequence[Gutter], start: _Start, body: Sequence[TextLine], size: float
) -> list[Gutter]:
    """The gutters without those beside a header that only spans others.

    意見 over 内容 | 提出者 stands between the two: nothing is below it in the records.
    """
    lowest = max(line.middle for line in start.lines)
    upper = [line for line in start.lines if lowest - line.middle > size / 2]
    below = [w for line in (*body, *start.lines) if line not in upper for w in line.words]
    kept = list(gutters)
    for word in (word for line in upper for word in line.words):
        at = next((i for i, g in enumerate(kept) if g.middle > word.box.center[0]), len(kept))
        if 0 < at < len(kept):
            left, right = kept[at - 1], kept[at]
            if not any(left.middle < w.box.center[0] < right.middle for w in below):
                kept[at - 1 : at + 1] = [Gutter(((left.widest[0], right.widest[1]),))]
    return kept


def _edges(
    gutters: Sequence[Gutter],
    start: _Start,
    body: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
) -> tuple[float, ...]:
    """The column edges, one in each gutter, and the table's sides."""
    words = [word for line in (*start.lines, *body) for word in line.words]
    inner, right = min(w.box.x0 for w in words), max(w.box.x1 for w in words)
    left, padding = inner, size / 2
    if start.extent is not None:
        left, right = min(left, start.extent[0]), max(right, start.extent[1])
        padding = max(inner - left, padding)
    # Lines begin at one place and end raggedly: the edge is as far from the text behind it as
    # the table's side is from the first column's.
    own = [level for level in levels if start.top <= level.position <= body[-1].bottom]
    drawn = _drawn_edges(gutters, (left, right), own, size)
    edges = (
        x if x is not None else g.widest[1] - min(g.width / 2, padding)
        for g, x in zip(gutters, drawn, strict=True)
    )
    return (left, *edges, right)


def _drawn_edges(
    gutters: Sequence[Gutter],
    sides: tuple[float, float],
    levels: Sequence[Segment],
    size: float,
) -> Iterator[float | None]:
    """Where rulings beside merged cells begin or end in each gutter; None where none does."""

    def in_gutter(x: float, gutter: Gutter) -> bool:
        start, end = gutter.widest
        return start + TOUCH * size < x < end - TOUCH * size

    def at_edge(x: float) -> bool:
        beside = any(abs(x - side) <= size for side in sides)
        return beside or any(in_gutter(x, gutter) for gutter in gutters)

    # An underline begins and ends where text does.
    borders = [level for level in levels if at_edge(level.start) and at_edge(level.end)]
    for gutter in gutters:
        ends = [x for b in borders for x in (b.start, b.end) if in_gutter(x, gutter)]
        yield median_low(ends) if ends else None


def _without_notes(
    body: Sequence[TextLine], edges: Sequence[float], heights: Sequence[float], size: float
) -> list[TextLine]:
    """The lines without those at the end that are a note below the table."""
    kept = list(body)
    closing = heights[-1] if heights else None
    if closing is not None:
        beyond = [line for line in kept if line.middle > closing]
        if len({c for line in beyond for c in _columns(line, edges)}) < 2:
            kept = [line for line in kept if line.middle <= closing]
        return kept
    while len(kept) > 1 and len(_columns(kept[-1], edges)) == 1:
        tail = kept[-1]
        if tail.top - kept[-2].bottom > _APART * size:
            kept.pop()
        else:
            break
    return kept


def _columns(line: TextLine, edges: Sequence[float]) -> set[int]:
    return {bisect_right(edges, (start + end) / 2) for start, end in line.runs}


def _repeated(
    start: _Start,
    below: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
    memory: Memory,
) -> _Region | None:
    """A table whose header is printed again, in the columns of the page before."""
    known = memory.columns
    words = {word.text for line in start.lines for word in line.words}
    same = all(any(own.endswith(word) for own in memory.words) for word in words)
    if known is None or not same or _crossed(start.lines[-1], known.edges, size):
        return None
    named = {c for line in start.lines for c in _columns(line, known.edges)}
    body, columns = _follow(below, known, _heights(levels, start.extent, size), size)
    if len(named) < len(known.edges) - 1 or not body:
        return None
    heights = [y for y in _heights(levels, start.extent, size) if y >= start.top - size]
    kept = [y for y in heights if y <= body[-1].bottom + size]
    drawn = start.top if not kept or kept[0] > start.lines[0].top else kept.pop(0)
    return _Region(columns, (drawn, *(kept or [start.bottom])), start.lines, tuple(body))


def _crossed(line: TextLine, edges: Sequence[float], size: float) -> list[float]:
    """The inner edges that a line's words run over."""
    touch = TOUCH * size
    return [
        edge
        for edge in edges[1:-1]
        if any(start + touch < edge < end - touch for start, end in line.runs)
    ]


def _spanned(line: TextLine, region: _Region, size: float) -> set[float]:
    """The inner edges that a line runs over, or that a header in it is centred over."""
    spanned = set(_crossed(line, region.edges, size))
    lower = [w for other in region.header if other.top > line.middle for w in other.words]
    if line in region.header and lower:
        for word in line.words:
            spanned |= _centred_over(word, lower, region.edges, size)
    return spanned


def _centred_over(
    word: Word, lower: Sequence[Word], edges: Sequence[float], size: float
) -> set[float]:
    """The edges between the columns in whose common middle a header's word stands.

    新旧対照 over 旧 | 新 need not reach over the edge itself.
    """
    named = {bisect_right(edges, other.box.center[0]) - 1 for other in lower}
    for first, last in itertools.combinations(range(len(edges)), 2):
        middle = (edges[first] + edges[last]) / 2
        if abs(word.box.center[0] - middle) < size / 2 and {*range(first, last)} <= named:
            return {*edges[first + 1 : last]}
    return set()


def _continued(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, memory: Memory
) -> _Region | None:
    """The rest of a table that began on an earlier page, without a header of its own."""
    known = memory.columns
    if known is None:
        return None
    heights = _heights(levels, (known.edges[0], known.edges[-1]), size)
    fresh = itertools.dropwhile(
        lambda line: (
            (line.text, round(line.top)) in memory.repeated or not _fits(line, known, size)
        ),
        lines,
    )
    body, columns = _follow([*fresh], known, heights, size)
    filled = {c for line in body for c in _columns(line, columns.edges)}
    if not filled or (len(filled) == 1 and not _goes_on_alone(body, min(filled), memory, size)):
        return None
    kept = [y for y in heights if y <= body[-1].bottom + size]
    return _Region(columns, tuple(kept), (), tuple(body))


def _running_text(region: _Region, size: float) -> dict[int, list[Word]]:
    """The lines of each column of running text: not of numbers or names."""
    words: dict[int, list[Word]] = defaultdict(list)
    for line in region.body:
        for word in line.words:
            words[bisect_right(region.edges, word.box.center[0])].append(word)
    return {
        column: held
        for column, held in words.items()
        if max(word.box.width for word in held) > _RUNNING * size
    }


def _is_cut(words: Sequence[Word], size: float) -> bool:
    """Whether the last line of a column is full and its sentence goes on."""
    full = max(word.box.x1 for word in words) - _FULL * size
    return words[-1].box.x1 > full and not ends_sentence(words[-1].text)


def _goes_on_alone(body: Sequence[TextLine], column: int, memory: Memory, size: float) -> bool:
    """Whether lines in one column only are the rest of a record, and no prose below the table.

    Prose begins at the margin, where the first column does.
    """
    if column in memory.cut:
        return True
    left = memory.lefts.get(column)
    if left is None or memory.columns is None or left - memory.columns.edges[0] < _FULL * size:
        return False
    return abs(body[0].runs[0][0] - left) < TOUCH * size


def _follow(
    lines: Sequence[TextLine], known: _Columns, heights: Sequence[float], size: float
) -> tuple[list[TextLine], _Columns]:
    """The lines that go on in known columns, and the columns as they are on this page.

    An edge gives way to text that the pages before left room for.
    """
    columns = known
    body: list[TextLine] = []
    fitting = 0
    for line in lines:
        inside = bool(heights) and line.middle < heights[-1]
        far = bool(body) and line.top - body[-1].bottom > _FAR * size
        fits = _fits(line, columns, size)
        if not inside and (far or not fits):
            break
        body.append(line)
        if fits:
            columns, fitting = _without(columns, line, size), len(body)
    if not fitting:
        return [], known
    return _without_notes(body[:fitting], columns.edges, heights, size), columns


def _fits(line: TextLine, columns: _Columns, size: float) -> bool:
    """Whether a line stays between a table's sides and leaves its gutters open."""
    left, right = columns.edges[0] - size, columns.edges[-1] + size
    inside = left <= line.runs[0][0] and line.runs[-1][1] <= right
    return inside and all(is_open(g.without(line, size), size) for g in columns.gutters)


def _without(columns: _Columns, line: TextLine, size: float) -> _Columns:
    """The columns when a line takes its place; an edge moves no farther than it must."""
    gutters = tuple(gutter.without(line, size) for gutter in columns.gutters)
    first, *inner, last = columns.edges
    moved = (gutter.nearest(x) for gutter, x in zip(gutters, inner, strict=True))
    return _Columns((first, *moved, last), gutters)


# --- what a reader imagines ------------------------------------------------------------------


def _imagined(region: _Region, drawn: Sequence[Segment], size: float) -> Rulings:
    """The rulings of a region: its levels, and a vertical in every gutter that is clear."""
    lines = (*region.header, *region.body)
    left, right = region.edges[0], region.edges[-1]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    levels = [y for y in region.levels if y < bottom + size]
    cuts = sorted({min([top, *levels]), *levels, max([bottom, *levels])})
    bands = list(itertools.pairwise(cuts))
    horizontal = [Segment(y, left, right) for y in levels]
    vertical = [Segment(x, cuts[0], cuts[-1]) for x in (left, right)]
    for low, high in bands:
        inside = [line for line in lines if low <= line.middle <= high]
        for edge in region.edges[1:-1]:
            over = [line for line in inside if edge in _spanned(line, region, size)]
            spanned = max((line.bottom for line in over), default=low)
            in_header = bool(region.header) and low == cuts[0]
            if not over or (in_header and spanned < high - size / 2):
                vertical.append(Segment(edge, spanned, high))
    horizontal += _header_levels(region, drawn, size)
    horizontal += _partial_levels(region, drawn, cuts[0], cuts[-1], size)
    return Rulings(
        tuple(sorted(horizontal, key=lambda s: s.position)),
        tuple(sorted(vertical, key=lambda s: s.position)),
    )


def _header_levels(region: _Region, drawn: Sequence[Segment], size: float) -> Iterator[Segment]:
    """Rulings below the headers that stand over others: 新旧対照 over 旧 | 新.

    A header over one column is told from one in two lines (意見の／概要) by the word below: it is a
    header by itself.
    """
    edges = region.edges
    spanned: set[float] = set()
    for line in region.header:
        over = _spanned(line, region, size)
        spanned |= over
        for first, last in _runs_of([edges.index(x) for x in sorted(over)]):
            reach = edges[first - 1], edges[last + 1]
            if not any(_underlines(level, line, reach, size) for level in drawn):
                yield Segment(line.bottom, *reach)
    for left, right in itertools.pairwise(edges):
        stack = [
            word
            for line in region.header
            for word in line.words
            if left < word.box.center[0] < right
        ]
        if left in spanned or right in spanned or len(stack) < 2:
            continue
        above, below = stack[-2], stack[-1]
        if _are_levels(above.text, below.text):
            yield Segment((above.box.bottom + below.box.top) / 2, left, right)


def _underlines(level: Segment, line: TextLine, reach: tuple[float, float], size: float) -> bool:
    """Whether a ruling already stands below a header that spans columns."""
    below = line.middle < level.position < line.bottom + _HIGH * size
    return below and level.start < reach[0] + size and level.end > reach[1] - size


def _runs_of(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow each other."""
    for _, run in itertools.groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        held = [number for _, number in run]
        yield held[0], held[-1]


def _partial_levels(
    region: _Region, drawn: Sequence[Segment], top: float, bottom: float, size: float
) -> Iterator[Segment]:
    """Rulings from one column's edge to another's: beside a merged cell."""

    def at_edge(x: float) -> bool:
        return any(abs(x - edge) <= _BESIDE * size for edge in region.edges)

    def underlines(level: Segment) -> bool:
        return any(
            line.top < level.position < line.bottom + size / 2
            and any(abs(start - level.start) < size / 3 for start, _ in line.runs)
            for line in region.body
        )

    for level in drawn:
        inside = top + size / 2 < level.position < bottom - size / 2
        whole = _same_extent((level.start, level.end), (region.edges[0], region.edges[-1]), size)
        between_edges = at_edge(level.start) and at_edge(level.end)
        if inside and not whole and between_edges and not underlines(level):
            yield level


def _are_levels(above: str, below: str) -> bool:
    """Whether two lines of a header are two headers, one over the other."""
    goes_on = above[-1] in _PARTICLES or below[0] in "（(※" or len(below) == 1
    return not goes_on and match_role(below) is not None
