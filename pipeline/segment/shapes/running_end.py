"""Find where the questions and answers of running text end, and what other text begins there."""

import re
from collections.abc import Sequence
from itertools import chain
from statistics import median

from pipeline.model import TEXT_PAIRS, Line, Role
from pipeline.segment.headers.header_rows import find_header
from pipeline.segment.shapes.question_marks import Mark
from pipeline.segment.shapes.running_items import Item
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.line_marks import closes_document, ends_sentence
from pipeline.vocabulary.title_lines import names_paper

LARGER = 1.15  # font sizes; judgement: a title is set larger by a point or more
_LEAST_TURNS = 5  # questions and answers; judgement: fewer do not show how lines begin
_PLAY = 0.5  # em; judgement: half of what an indent is
_CONTACT = re.compile(r"[【<(\[〔]?(?:お?問い?合わ?せ先?|連絡先|担当(?:課|部署|者)?(?:[:】>)]|$))")


def find_end(items: Sequence[Item], marks: Sequence[Mark], roles: HeaderRoles) -> int:
    """Find the index after the last answer's last item: where other text begins."""
    first, size = marks[-1].place + 1, measure_size(items[marks[0].place :])
    for index in range(first, len(items)):
        line = items[index].line
        if line is None:
            if has_texts(items[index], roles, *TEXT_PAIRS):
                return find_title(items, first, index, size)
            continue
        text = line.text.strip()
        if closes_document(text) or names_paper(text) or _CONTACT.match(fold(text)):
            return index
        if line.size > LARGER * size:
            return find_title(items, first, index, size)
    return len(items)


def find_title(items: Sequence[Item], first: int, below: int, size: float) -> int:
    """Find the lines above a table, or above questions, that are of the text there.

    A title is set in larger type. It, or the nearest line, and the lines above it that end in no
    sentence stand apart from the answer above. A sentence below a page's end may be of either.

    Args:
        items: All lines and tables.
        first: The index behind the last label above.
        below: That of the table or the question; it is returned where no line is of its text.
        size: Font size of the text, in points.
    """
    page = items[below].page
    lines = [(i, own) for i in range(first, below) if (own := items[i].line) and own.page == page]
    start = next((i for i, line in lines if line.size > LARGER * size), below)
    while start > first and (line := items[start - 1].line) and not ends_sentence(line.text):
        start -= 1
    for index in range(start, below):
        above, line = items[index - 1].line, items[index].line
        if above is None or line is None or line.page != above.page:
            return index
        if line.top - above.bottom > line.size:
            return index
    return below


def measure_size(items: Sequence[Item]) -> float:
    """The usual font size of some lines, in points."""
    return median(list_sizes(items))


def list_sizes(items: Sequence[Item]) -> list[float]:
    """The font sizes of some lines, in points."""
    return [item.line.size for item in items if item.line is not None]


def has_texts(item: Item, roles: HeaderRoles, *texts: frozenset[Role]) -> bool:
    """Whether an item is a table whose header names all of some texts."""
    header = find_header(item.grid, roles) if item.line is None and item.grid else None
    return header is not None and any(own <= header.roles for own in texts)


def read_running_end(turn: Sequence[Item]) -> list[Line]:
    """The lines of a value after its label and its last table: headings may be the last ones."""
    lines: list[Line] = []
    for item in turn[1:]:
        if item.line is None:
            lines.clear()
        else:
            lines.append(item.line)
    return lines


def ends_unlike_others(turns: Sequence[Sequence[Item]]) -> bool:
    """Whether a line of the last value begins as none of the others does: indented, or farther out.

    It may begin a paragraph below all answers.
    """
    *others, last = (
        {
            (item.column, line.text[:1].isspace(), round(line.x0 / line.size, 1))
            for item in turn
            if (line := item.line) is not None
        }
        for turn in turns
    )
    known = set(chain(*others))
    return len(turns) >= _LEAST_TURNS and not all(
        any(start[:2] == own[:2] and abs(start[2] - own[2]) < _PLAY for own in known)
        for start in last
    )
