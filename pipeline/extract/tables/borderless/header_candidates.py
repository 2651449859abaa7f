"""Headers: where tables that no ruling parts begin."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from pipeline.extract.tables.borderless.gutters import TOUCH
from pipeline.extract.tables.borderless.regions import Start
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.extract.tables.rulings import Segment
from pipeline.model import Box
from pipeline.vocabulary.header_roles import HeaderRoles

_MIN_WIDTH = 12.0  # em; two columns of five characters and a gutter
HIGH = 1.5  # em that a header of one line takes above its ruling
_SURE_ROLES = 3  # known headers that make a table where nothing at all is drawn


def find_starts(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, roles: HeaderRoles
) -> Iterator[Start]:
    """The headers of a page, from top to bottom."""
    found = [*_ruled_starts(lines, levels, size, roles)]
    ruled = {id(line) for start in found for line in start.lines}
    found += (
        Start((line,), line.top, line.bottom, None)
        for line in lines
        if id(line) not in ruled and _count_roles([line], roles) >= _SURE_ROLES
    )
    last = float("-inf")
    for start in sorted(found, key=lambda s: s.top):
        if start.top >= last - TOUCH * size:
            yield start
            last = start.bottom


def _ruled_starts(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, roles: HeaderRoles
) -> Iterator[Start]:
    """Headers between two rulings or edges of a shade, or right above one."""
    for extent in _extents(levels, size):
        heights = level_heights(levels, extent, size)
        between = [*itertools.pairwise(heights)]
        found = [start for band in between if (start := _start(lines, band, extent, roles))]
        # Only a ruling below it: the line right above the first.
        yield from found or filter(
            None, [_start(lines, (heights[0] - HIGH * size, heights[0]), extent, roles)]
        )


def _start(
    lines: Sequence[TextLine],
    band: tuple[float, float],
    extent: tuple[float, float],
    roles: HeaderRoles,
) -> Start | None:
    inside = [line for line in lines if band[0] <= line.middle <= band[1]]
    return Start(tuple(inside), *band, extent) if _count_roles(inside, roles) >= 2 else None


def _extents(levels: Sequence[Segment], size: float) -> list[tuple[float, float]]:
    """The different reaches of horizontal rulings that are wide enough for two columns."""
    extents: list[tuple[float, float]] = []
    for level in levels:
        wide = level.end - level.start > _MIN_WIDTH * size
        if wide and not any(same_extent((level.start, level.end), e, size) for e in extents):
            extents.append((level.start, level.end))
    return extents


def same_extent(one: tuple[float, float], other: tuple[float, float], size: float) -> bool:
    """Whether two rulings reach from and to the same x, within an em."""
    return abs(one[0] - other[0]) <= size and abs(one[1] - other[1]) <= size


def level_heights(
    levels: Sequence[Segment], extent: tuple[float, float] | None, size: float
) -> list[float]:
    """The heights of rulings and stripes with one reach, those of one double ruling once."""
    heights: list[float] = []
    for level in levels:
        same = extent is not None and same_extent((level.start, level.end), extent, size)
        if same and (not heights or level.position - heights[-1] > size / 2):
            heights.append(level.position)
    return heights


def _count_roles(lines: Sequence[TextLine], roles: HeaderRoles) -> int:
    """How many roles the words of a header tell; 0 where they are no header."""
    stacks = _letters_together(
        [*_stacks(w for ln in lines for w in _spelled_together(ln.words, roles))], roles
    )
    if not stacks or any(roles.is_prose(text) for stack in stacks for text in stack):
        return 0
    # That a word merely contains one of the vocabulary may be a title: 意見及び対応一覧.
    found = [
        match
        for stack in stacks
        for match in [roles.match("".join(stack)), *map(roles.match, stack)]
        if match is not None and match.manner < 2
    ]
    known = {match.role for match in found}
    return 0 if len(known) * 2 < len(stacks) else len(known)


def _letters_together(stacks: Sequence[list[str]], roles: HeaderRoles) -> list[list[str]]:
    """Stacks of letters that spell one word over two lines: 整　理 over 番　号.

    Args:
        stacks: From left to right.
        roles: What headers mean in this annex.
    """
    found: list[list[str]] = []
    at = 0
    while at < len(stacks):
        for end in range(len(stacks), at + 1, -1):
            letters = stacks[at:end]
            if {len(text) for stack in letters for text in stack} != {1}:
                continue
            word = "".join("".join(row) for row in zip(*letters, strict=False))
            match = roles.match(word)
            if match is not None and match.manner < 2:
                found.append([word])
                break
        else:
            end = at + 1
            found.append(stacks[at])
        at = end
    return found


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


def _spelled_together(words: Sequence[Word], roles: HeaderRoles) -> list[Word]:
    """The words of a line; letters set far apart (回　答) as the word that they spell."""
    found: list[Word] = []
    at = 0
    while at < len(words):
        for end in range(len(words), at + 1, -1):
            pieces = [word.text for word in words[at:end]]
            match = roles.match("".join(pieces)) if max(map(len, pieces)) <= 1 else None
            if match is not None and match.manner < 2:
                break
        else:
            end = at + 1
        first, last = words[at].box, words[end - 1].box
        box = Box(first.x0, first.top, last.x1, first.bottom)
        found.append(Word("".join(word.text for word in words[at:end]), box))
        at = end
    return found
