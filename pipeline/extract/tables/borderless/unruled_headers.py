"""Find the headers of tables of which nothing is drawn."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, takewhile

from msgspec.structs import replace

from pipeline.extract.tables.borderless.header_names import (
    count_roles,
    join_spread_letters,
    spell_roles,
)
from pipeline.extract.tables.borderless.regions import HeaderCandidate, Region
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.model import TEXT_PAIRS
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD, IS_WORD, strip_header

HEADER_HEIGHT = 1.5  # em; judgement: a header of one line and the white above its ruling
# Known headers; judgement: where nothing is drawn, two in other words may be words of prose.
_MIN_ROLES = 3
_WRAPPED = 7  # lines; judgement: 整理番号 letter by letter, and words between its lines
_CLOSE = 0.75  # em; judgement: between the lines of a word; a title is farther away
_LARGER = 1.15  # of the table's type; judgement: titles are in larger type, words not so
_RECORD_LINES = 3  # judgement: so many show where the texts of most columns begin
_VALUE = re.compile(r"\d")
"""No header of several rows has numbers in it: a record does."""


def find_unruled_candidates(
    lines: Sequence[TextLine], size: float, roles: HeaderRoles
) -> Iterator[HeaderCandidate]:
    """Find the headers that stand in no band between rulings, from top to bottom."""
    at = 0
    while at < len(lines):
        own = (
            _read_rows(lines[at:], size, roles)
            or _read_wrapped(lines[at:], size, roles)
            or _read_row(lines[at:], roles)
        )
        if own:
            yield HeaderCandidate(own, own[0].top, own[-1].bottom, None)
        at += max(1, len(own))


def _read_row(lines: Sequence[TextLine], roles: HeaderRoles) -> tuple[TextLine, ...]:
    """Read a header of one row, and the lines below it that only end its words: 対応区 / 分."""
    line, below = lines[0], lines[1 : 1 + _WRAPPED]
    if any(word.text.isdecimal() for word in line.words):
        return ()  # the number of a record
    if count_roles([line], roles) < _MIN_ROLES and not _heads_two_texts(line, below, roles):
        return ()
    return (line, *_read_ends(line, lines[1:], roles))


def _read_wrapped(
    lines: Sequence[TextLine], size: float, roles: HeaderRoles
) -> tuple[TextLine, ...]:
    """Read a header whose first words wrap in narrow columns: 整理 / 番号 | 意見 | 回答.

    The others stand in the middle between the lines of these.
    """
    pairs = pairwise(lines[:_WRAPPED])
    close = [*takewhile(lambda pair: pair[1].top - pair[0].bottom < _CLOSE * size, pairs)]
    words = [join_spread_letters(line.words, roles) for line in lines[: len(close) + 1] if close]
    for count in range(len(words), 1, -1):
        named = spell_roles(words[:count], roles)
        if len(named) >= _MIN_ROLES and any(pair <= named for pair in TEXT_PAIRS):
            return tuple(lines[:count])
    return ()


def _read_rows(lines: Sequence[TextLine], size: float, roles: HeaderRoles) -> tuple[TextLine, ...]:
    """Read a header of several rows, from its first line on: 該当箇所 over 頁 | 行.

    Returns:
        Its lines; none where it has one row, or names too few roles.
    """
    rows: list[TextLine] = []
    ends: list[TextLine] = []
    for place, line in enumerate(lines):
        if line in ends:
            continue
        below = lines[place + 1 :]
        more = _read_ends(line, below, roles)
        if not _holds_names(line, more, roles) or (
            rows and not _goes_on(rows, line, below, size, roles)
        ):
            break
        ends += more
        rows += (line, *more)
    while len(rows) > 1 and _is_alone(rows[-1]) and rows[-1] not in ends:
        rows.pop()  # a heading of the records below
    below = lines[len(rows) :]
    is_header = len(rows) > 1 and not _is_title(rows[0], rows[1], below)
    return tuple(rows) if is_header and count_roles(rows, roles) >= _MIN_ROLES else ()


def add_rows_above(
    header: HeaderCandidate, lines: Sequence[TextLine], size: float, roles: HeaderRoles
) -> HeaderCandidate:
    """Add the rows right above a header whose lowest row alone stands in a band of rulings."""
    rows = [*header.lines]
    for line in reversed([line for line in lines if line.middle < header.lines[0].middle]):
        names = _holds_names(line, (), roles) and _goes_on([line], rows[0], (), size, roles)
        # The first words may wrap above and below the others: 整理番 / 号.
        lower = [word for row in rows for word in row.words]
        if not names and not all(any(_wraps(w, o, roles) for o in lower) for w in line.words):
            break
        rows.insert(0, line)
    below = [line for line in lines if line.top > header.lines[-1].middle]
    while len(rows) > len(header.lines) and _is_title(rows[0], rows[1], below):
        rows.pop(0)
    return replace(header, lines=tuple(rows), top=min(header.top, rows[0].top))


def add_spanning_words(region: Region, lines: Sequence[TextLine], size: float) -> Region:
    """Add the words right above a header that stand over some of its columns: 意見と対応.

    Outside the table they would be its title. What stands over all of its columns may be one.
    """
    above = [line for line in lines if region.header and line.middle < region.header[0].middle]
    first = region.header[0] if above else None
    if first is None or first.top - above[-1].bottom > HEADER_HEIGHT * size:
        return region
    sides = combinations(enumerate(region.edges), 2)
    spans = [(a, b) for (i, a), (j, b) in sides if 1 < j - i < len(region.edges) - 1]

    def is_over(word: Word) -> bool:
        x, margin = word.box.center[0], size  # a caption begins or ends at the side of the table
        return word.box.height < _LARGER * size and any(
            abs(x - (a + b) / 2) < size / 2
            and a + margin < word.box.x0
            and word.box.x1 < b - margin
            for a, b in spans
        )

    if not all(map(is_over, above[-1].words)):
        return region
    levels = (min(above[-1].top, region.levels[0]), *region.levels[1:])
    return replace(region, header=(above[-1], *region.header), levels=levels)


def _holds_names(line: TextLine, ends: Sequence[TextLine], roles: HeaderRoles) -> bool:
    """Whether a line may be one of a header: half of its words name roles, and none is a value.

    Args:
        ends: The lines below it that only end its words.
    """
    words = join_spread_letters(line.words, roles)
    if any(roles.is_prose(word.text) or _VALUE.search(word.text) for word in words):
        return False
    manner = IS_WORD if len(words) == 1 else ENDS_IN_WORD
    known = [
        roles.match(word.text, manner) is not None
        or any(_spell((word, *end), roles) for end in _stack(ends))
        for word in words
    ]
    return sum(known) * 2 >= len(words)


def _goes_on(
    rows: Sequence[TextLine],
    line: TextLine,
    below: Sequence[TextLine],
    size: float,
    roles: HeaderRoles,
) -> bool:
    """Whether a line goes on with a header: its words divide those above, or name other columns.

    The words of a record begin where the texts below it do, whether or not its header stands in the
    middle above them. Those of 頁 | 章 | 項 may, too, below 該当箇所 and the words between the two.
    """
    if line.top - rows[-1].bottom > HEADER_HEIGHT * size:
        return False
    above = [word for row in rows for word in row.words]
    over = [[own for own in above if own.overlaps(word)] for word in line.words]
    if any(sum(own in words for words in over) > 1 for own in above):
        return True
    starts = [start for other in below[:_RECORD_LINES] for start, _ in other.runs]
    begins = _begin_at(line.words, starts, size) and not _begin_at(above, starts, size)
    known = all(roles.match(word.text, IS_WORD) is not None for word in line.words)
    divides = known and _is_alone(rows[0])
    return not all(over) and (_is_alone(line) or divides or not begins)


def _begin_at(words: Sequence[Word], starts: Sequence[float], size: float) -> bool:
    """Whether all words begin at one of some x."""
    return all(any(abs(word.box.x0 - x) < size / 2 for x in starts) for word in words)


def _is_alone(row: TextLine) -> bool:
    return len(row.words) == 1


def _is_title(row: TextLine, below: TextLine, texts: Sequence[TextLine]) -> bool:
    """Whether a row is one word that does not stand over some columns only, behind the first.

    Beside the words below it, it heads a column whose texts end before the first of these.
    """
    if not _is_alone(row):
        return False
    word, first, last = row.words[0], below.words[0].box, below.words[-1].box
    own = [w.box for line in texts[:_RECORD_LINES] for w in line.words if w.overlaps(word)]
    if own and max(word.box.x1, *(box.x1 for box in own)) < first.x0:
        return False
    over_some = first.x1 < word.box.x0 and word.box.x1 < last.x0
    return not over_some or word.box.x0 < (first.x0 + last.x1) / 2 < word.box.x1


def _heads_two_texts(line: TextLine, below: Sequence[TextLine], roles: HeaderRoles) -> bool:
    """Whether a line is two words and no more, 意見 and 市の考え方, and texts stand below both."""
    words = [word.text for word in join_spread_letters(line.words, roles)]
    matches = [roles.match(word, ENDS_IN_WORD) for word in words]
    named = {match.role for match in matches if match is not None}
    are_names = len(words) == 2 and named in TEXT_PAIRS and not any(map(roles.is_prose, words))
    if not are_names or any(len(other.words) > 1 for other in below[:_RECORD_LINES]):
        return are_names
    # Of texts that are centred beside each other, no line may stand beside another.
    starts = [start for other in below for start, _ in other.runs]
    return all(_begin_at([word], starts, word.box.height) for word in line.words)


def _read_ends(row: TextLine, below: Sequence[TextLine], roles: HeaderRoles) -> Sequence[TextLine]:
    """Read the lines below a row that only end words of it: 対応区 / 分, 反映 / の有 / 無."""
    for lines in (below[:2], below[:1]):
        alike = len({len(line.words) for line in lines}) == 1
        if alike and all(any(_spell((w, *end), roles) for w in row.words) for end in _stack(lines)):
            return lines
    return ()


def _stack(lines: Sequence[TextLine]) -> list[tuple[Word, ...]]:
    """The words that stand below each other in lines of equally many."""
    return [*zip(*(line.words for line in lines), strict=False)]


def _wraps(above: Word, below: Word, roles: HeaderRoles) -> bool:
    """Whether two lines spell a word; behind a note （第１回分） the lower one is a word itself."""
    is_longer = strip_header(above.text + below.text) != strip_header(below.text)
    return is_longer and _spell((above, below), roles)


def _spell(words: Sequence[Word], roles: HeaderRoles) -> bool:
    """Whether words below each other are one word of the vocabulary."""
    first = words[0].box
    near = (
        min(abs(first.x0 - w.box.x0), abs(first.center[0] - w.box.center[0])) < first.height / 2
        for w in words
    )
    text = "".join(w.text for w in words)
    # English words are joined by a space: Relevant / section.
    is_english = text.isascii() and roles.match(words[0].text) is None
    return all(near) and roles.match(text, ENDS_IN_WORD if is_english else IS_WORD) is not None
