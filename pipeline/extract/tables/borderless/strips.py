"""Find the strips of a table without column rulings: 頁 | 誤 | 正 | 頁 | 誤 | 正."""

from collections.abc import Sequence

from pipeline.extract.tables.borderless.gutters import Gutter, is_open
from pipeline.extract.tables.borderless.header_names import join_spread_letters
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD

_LEAST = 2  # columns of a strip with known headers; judgement: one alone heads no comments


def find_seams(lines: Sequence[TextLine], size: float, roles: HeaderRoles) -> list[float]:
    """Find the x between the strips of a page, from left to right; none where it is no such page.

    Args:
        lines: Those of the page, from top to bottom.
        size: The font size of the page's smaller text, in points.
        roles: What headers mean.
    """
    for place, line in enumerate(lines):
        gutters = [
            Gutter(((before.box.x1, after.box.x0),)) for before, after in _find_repeats(line, roles)
        ]
        for below in lines[place + 1 :]:
            left = [gutter.without(below, size) for gutter in gutters]
            if not all(is_open(gutter, size) for gutter in left):
                break
            gutters = left
        if gutters:
            return [gutter.middle for gutter in gutters]
    return []


def _find_repeats(line: TextLine, roles: HeaderRoles) -> list[tuple[Word, Word]]:
    """Find the words on both sides of each place where a header begins again."""
    words = join_spread_letters(line.words, roles)
    texts = [word.text for word in words]
    for period in range(_LEAST, len(texts) // 2 + 1):
        own = texts[:period]
        known = sum(roles.match(text, ENDS_IN_WORD) is not None for text in own)
        repeated = len(texts) % period == 0 and own * (len(texts) // period) == texts
        if repeated and known >= _LEAST and len(set(own)) == period:
            return [(words[at - 1], words[at]) for at in range(period, len(words), period)]
    return []
