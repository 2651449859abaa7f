"""Find headers: where tables without column rulings begin."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from pipeline.extract.tables.borderless.gutters import MAX_OVERLAP
from pipeline.extract.tables.borderless.regions import HeaderCandidate
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.extract.tables.rulings import Segment
from pipeline.model import TEXT_PAIRS
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD, IS_WORD
from pipeline.vocabulary.version_headers import match_editions

_Item = TypeVar("_Item")

_MIN_WIDTH = 12.0  # em; judgement: two columns of five characters and a gutter
HEADER_HEIGHT = 1.5  # em; judgement: a header of one line and the white above its ruling
_MOST_LINES = 3  # judgement: 質問者 in a narrow column; what stands higher is a title
# Known headers; judgement: where nothing is drawn, two in other words may be words of prose.
_MIN_ROLES = 3
_LEAST_LABELS = 3  # roles; judgement: two words of a header may begin at one x, one above the other


def find_header_candidates(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, roles: HeaderRoles
) -> Iterator[HeaderCandidate]:
    """Find the headers of a page, from top to bottom."""
    found = [*_find_ruled_candidates(lines, levels, size, roles)]
    ruled = {id(line) for header in found for line in header.lines}
    found += (
        _complete_header(line, below, roles)
        for line, below in itertools.zip_longest(lines, lines[1:])
        if id(line) not in ruled
        and (_count_roles([line], roles) >= _MIN_ROLES or _heads_two_texts(line, below, roles))
    )
    last = float("-inf")
    for header in sorted(found, key=lambda h: h.top):
        if header.top >= last - MAX_OVERLAP * size:
            yield header
            last = header.bottom


def _heads_two_texts(line: TextLine, below: TextLine | None, roles: HeaderRoles) -> bool:
    """Whether a line is two words and no more, 意見 and 回答, and texts stand below both."""
    matches = [roles.match(word.text, IS_WORD) for word in _join_spread_letters(line.words, roles)]
    named = {match.role for match in matches if match is not None}
    return len(matches) == 2 and named in TEXT_PAIRS and below is not None and len(below.words) > 1


def _complete_header(line: TextLine, below: TextLine | None, roles: HeaderRoles) -> HeaderCandidate:
    """Make a header of a line, and of the next if it only ends words of the first: 対応区 / 分."""
    ends = below is not None and all(
        any(_spells(word, end, roles) for word in line.words) for end in below.words
    )
    own = (line, below) if ends and below is not None else (line,)
    return HeaderCandidate(own, line.top, own[-1].bottom, None)


def _spells(word: Word, end: Word, roles: HeaderRoles) -> bool:
    """Whether two words below each other are one word of the vocabulary."""
    one, other = word.box, end.box
    near = min(abs(one.x0 - other.x0), abs(one.center[0] - other.center[0])) < one.height / 2
    return near and roles.match(word.text + end.text, IS_WORD) is not None


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
    inside = [line for line in lines if band[0] <= line.middle <= band[1]]
    count = _count_inside(inside, extent, roles)
    return HeaderCandidate(tuple(inside), *band, extent) if count >= 2 else None


def _count_inside(
    lines: Sequence[TextLine], extent: tuple[float, float], roles: HeaderRoles
) -> int:
    """Count the roles between the ends of a ruling: it heads no other columns."""
    own = [replace(line, words=_keep_words(line, extent)) for line in lines]
    return _count_roles(own, roles)


def _keep_words(line: TextLine, extent: tuple[float, float]) -> tuple[Word, ...]:
    return tuple(word for word in line.words if extent[0] < word.box.center[0] < extent[1])


def _find_extents(levels: Sequence[Segment], size: float) -> list[tuple[float, float]]:
    """Find the different extents of horizontal rulings that are wide enough for two columns."""
    extents: list[tuple[float, float]] = []
    for level in levels:
        wide = level.end - level.start > _MIN_WIDTH * size
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


def _count_roles(lines: Sequence[TextLine], roles: HeaderRoles) -> int:
    """Count the roles that the words of a header name; 0: they are no header."""
    if _are_labels(lines, roles):
        return 0
    stacks = _join_stacked_letters(
        [*_stack_words(w for ln in lines for w in _join_spread_letters(ln.words, roles))], roles
    )
    if not stacks or any(roles.is_prose(text) for stack in stacks for text in stack):
        return 0
    # A text that only contains a word of the vocabulary may be a title: 意見及び対応一覧.
    found = [
        match
        for stack in stacks
        for text in ("".join(stack), *stack)
        if (match := roles.match(text, ENDS_IN_WORD)) is not None
    ]
    found += match_editions(["".join(stack) for stack in stacks])
    known = {match.role for match in found}
    # 誤 beside 正 heads a table however many columns say where: 号数 | ページ | 段 | 行 | 誤 | 正.
    words = {match.role for match in found if match.manner == IS_WORD}
    has_pair = any(pair <= words for pair in TEXT_PAIRS)
    return len(known) if has_pair or len(known) * 2 >= len(stacks) else 0


def _are_labels(lines: Sequence[TextLine], roles: HeaderRoles) -> bool:
    """Whether lines begin at one x with the labels of a card: 【質問者】, 【質問】, 【答弁】."""
    firsts = [line.words[0] for line in lines if line.words]
    left = min((word.box.x0 for word in firsts), default=0.0)
    labels = (word.text for word in firsts if word.box.x0 - left < word.box.height / 2)
    matches = (roles.match(label, ENDS_IN_WORD) for label in labels)
    return len({match.role for match in matches if match is not None}) >= _LEAST_LABELS


def _join_stacked_letters(stacks: Sequence[list[str]], roles: HeaderRoles) -> list[list[str]]:
    """Join stacks of letters that spell one word over two lines: 整　理 over 番　号.

    Args:
        stacks: From left to right.
    """

    def spell(letters: Sequence[list[str]]) -> list[str] | None:
        if {len(text) for stack in letters for text in stack} != {1}:
            return None
        word = "".join("".join(row) for row in zip(*letters, strict=False))
        return [word] if roles.match(word, ENDS_IN_WORD) is not None else None

    return list(_join_longest(stacks, spell))


def _join_longest(
    items: Sequence[_Item], join: Callable[[Sequence[_Item]], _Item | None]
) -> Iterator[_Item]:
    """Join neighbours, as many at once as can be; those that cannot stay as they are."""
    at = 0
    while at < len(items):
        ends = range(len(items), at + 1, -1)
        joined = ((end, own) for end in ends if (own := join(items[at:end])) is not None)
        at, item = next(joined, (at + 1, items[at]))
        yield item


def _stack_words(words: Iterable[Word]) -> Iterator[list[str]]:
    """Group the words of a header that stand below each other, as in a vertical header.

    Words above others in another middle (事務局 over 対応内容 | 状況) name no column themselves.
    """
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
    lowest = [stack[-1].box for stack in stacks]
    for stack, box in zip(stacks, lowest, strict=True):
        if not any(box.bottom < o.center[1] and o.x0 < box.x1 and box.x0 < o.x1 for o in lowest):
            yield [word.text for word in stack]


def _join_spread_letters(words: Sequence[Word], roles: HeaderRoles) -> list[Word]:
    """Join the letters of a line that are set far apart (回　答) to the word that they spell."""

    def spell(letters: Sequence[Word]) -> Word | None:
        text = "".join(word.text for word in letters)
        if len(text) > len(letters) or roles.match(text, ENDS_IN_WORD) is None:
            return None
        return Word(text, replace(letters[0].box, x1=letters[-1].box.x1))

    return list(_join_longest(words, spell))
