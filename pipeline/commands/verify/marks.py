"""Leave marks of continuation (（次頁へ続く）) out of the second count.

The rule is that of docs/data.md, implemented a second time and more simply: it is asked only where
a field lacks characters.
"""

import re
from collections.abc import Iterable, Sequence

from pipeline.commands.verify.characters import Character

_SAYS = r"(?:続|つづ|次頁|次ページ|前頁|前ページ|[Cc]ont)"
_MARK = re.compile(
    rf"[（(［\[〔【〈<《{{][^（）()]{{0,12}}{_SAYS}[^（）()]{{0,12}}[）)］\]〕】〉>》}}]"
    rf"|[※→⇒*].{{0,6}}{_SAYS}.{{0,8}}|^.{{0,6}}(?:頁|ページ).{{0,6}}(?:続|つづ).{{0,4}}$"
)


def without_marks(characters: Iterable[Character]) -> list[Character]:
    """The characters of a field's box without marks of continuation, line by line."""
    left: list[Character] = []
    for line in _group_lines(characters):
        letters = [(one, letter) for one in line for letter in one.text]
        text = "".join(letter for _, letter in letters)
        spans = [match.span() for match in _MARK.finditer(text)]
        marked = {id(one) for a, b in spans for one, _ in letters[a:b]}
        left += [one for one in line if id(one) not in marked]
    return left


def _group_lines(characters: Iterable[Character]) -> Sequence[list[Character]]:
    """Group characters whose middles are level, within half their size; from left to right."""
    lines: list[list[Character]] = []
    for one in sorted(characters, key=lambda one: one.middle[1]):
        if lines and abs(one.middle[1] - lines[-1][0].middle[1]) * 2 < one.size:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [sorted(line, key=lambda one: one.x0) for line in lines]
