"""Read which roles the lines of a header name where no ruling parts its columns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import TypeVar

from msgspec.structs import replace

from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.model import TEXT_PAIRS, Role
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD, IS_WORD
from pipeline.vocabulary.version_headers import match_editions

_Item = TypeVar("_Item")

# em; judgement: what two headers leave beside them is more, what programs round is less
_WIDER = 0.25
_LEAST_LETTERS = 2  # judgement: of more, a word may be the end of a longer one
_LEAST_LABELS = 3  # roles; judgement: two words of a header may begin at one x, one above the other


def count_roles(lines: Sequence[TextLine], roles: HeaderRoles) -> int:
    """Count the roles that the words of a header name; 0: they are no header."""
    has_prose = any(roles.is_prose(word.text) for line in lines for word in line.words)
    if has_prose or _are_labels(lines, roles):
        return 0
    stacks = _join_stacked_letters(
        [*_stack_words(w for ln in lines for w in join_spread_letters(ln.words, roles))], roles
    )
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


def spell_roles(lines: Sequence[Sequence[Word]], roles: HeaderRoles) -> set[Role]:
    """The roles of words that each stand in a column of their own, in one line or over several.

    Args:
        lines: The words of each line (see `join_spread_letters`).

    Returns:
        None of them where a column spells no word of a header, or a word stands over two columns.
    """
    words = [word for line in lines for word in line]
    stacks = [*_stack_words(words)]
    if sum(map(len, stacks)) < len(words):
        return set()
    named: set[Role | None] = set()
    for stack in stacks:
        match = roles.match("".join(stack), ENDS_IN_WORD if len(stack) == 1 else IS_WORD)
        if match is None:
            return set()
        named.add(match.column_role)
    return {role for role in named if role is not None}


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


def join_spread_letters(
    words: Sequence[Word], roles: HeaderRoles, manner: int = ENDS_IN_WORD
) -> list[Word]:
    """Join the letters of a line that are set far apart (回　答) to the word that they spell.

    Args:
        words: From left to right.
        roles: What headers mean.
        manner: How the word has to match.
    """

    def spell(letters: Sequence[Word]) -> Word | None:
        text = "".join(word.text for word in letters)
        # 号 | 頁, the last letters of two columns, only end in a word.
        own = IS_WORD if len(text) == _LEAST_LETTERS else manner
        if not _LEAST_LETTERS <= len(text) == len(letters) or roles.match(text, own) is None:
            return None
        return Word(text, replace(letters[0].box, x1=letters[-1].box.x1))

    parts = _part_at_wide_gaps(words)
    whole = ((part, spell(part)) for part in parts)
    return [
        word
        for part, joined in whole
        for word in ([joined] if joined is not None else _join_longest(part, spell))
    ]


def _part_at_wide_gaps(words: Sequence[Word]) -> list[Sequence[Word]]:
    """Part the letters of headers that are spread over their columns: 意 見 の 概 要, 回 答.

    The gap between two headers is the sum of their margins, and so wider than those on one of its
    sides at least.
    """
    gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(words)]
    sides = zip([inf, *gaps], gaps, [*gaps[1:], inf], strict=False)
    ends = [
        place
        for place, (before, gap, after) in enumerate(sides, 1)
        if gap - min(before, after) > _WIDER * words[place].box.height
    ]
    bounds = pairwise([0, *ends, len(words)])
    return [words[first:end] for first, end in bounds]
