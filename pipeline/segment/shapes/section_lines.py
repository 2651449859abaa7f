"""Find headings over records among the lines that stand outside any grid."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile
from statistics import median

from msgspec.structs import replace

from pipeline.model import Line, Page
from pipeline.segment.headings.section_levels import SectionHeading
from pipeline.segment.headings.titles import place_of
from pipeline.vocabulary.header_roles import LONGEST_HEADER
from pipeline.vocabulary.line_marks import begins_with_mark, ends_sentence, is_page_number

_GAP = 0.4  # em beyond the usual leading; judgement: programs add more above a heading
_PLAIN = 0.8  # probability; judgement: the last line of an answer may stand apart too
_TITLE_AND_HEADING = 2  # lines; judgement: one alone above the first question is the title
_INDENTED = 4.0  # em; judgement: no item of a list begins so far in
_CENTRED = 1.0  # em; judgement: the longest line of a text may end a character before the margin
_ALIKE = 0.5  # em; judgement: a scan moves the beginning of a line by less
_LARGER = 1.1  # font sizes; judgement: a heading is set larger by a point or more


class RunningLines:
    """Page numbers, and texts that stand in one place on several pages."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """Count what stands where.

        Args:
            pages: All pages that tables are looked for on.
        """
        self._places = Counter(
            place for page in pages for place in {place_of(line) for line in page.loose_lines}
        )
        self._texts = Counter(line.text for page in pages for line in page.loose_lines)
        self._pages = len(pages)

    def remove_from(self, lines: Iterable[Line]) -> list[Line]:
        """The lines that are none of these."""
        return [
            line for line in lines if not (self._is_repeated(line) or is_page_number(line.text))
        ]

    def _is_repeated(self, line: Line) -> bool:
        """Whether a line stands on pages as a running head does: once on each.

        The title may say the same. So may a value at the ends of two pages (【反映】○), but that
        ends other records, too.
        """
        times = self._places[place_of(line)]
        return times > 1 and self._texts[line.text] <= max(self._pages, 2 * times - 1)


def read_sections(lines: Sequence[Line], opens: bool) -> list[SectionHeading]:
    """Read the headings that stand directly above a record.

    Args:
        lines: The lines between two records, from top to bottom.
        opens: They stand above the first record, where the title stands too: only lines with a
            mark count, and one line alone is the title.
    """
    blocks = _join_brackets(lines)
    own = list(takewhile(_is_heading, reversed(blocks)))[::-1]
    if opens and len(own) == len(blocks):
        own = own[1:]
    return own


def _join_brackets(lines: Sequence[Line]) -> list[SectionHeading]:
    """Join the lines of a heading whose bracket closes on a later one."""
    blocks: list[SectionHeading] = []
    for line in lines:
        if blocks and _is_open(blocks[-1].text):
            last = blocks.pop()
            blocks.append(SectionHeading(last.text + line.text.strip(), (*last.lines, line)))
        else:
            blocks.append(SectionHeading(line.text.strip(), (line,)))
    return blocks


def _is_open(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("【】", "＜＞", "［］", "〔〕", "（）"))


def _is_heading(block: SectionHeading) -> bool:
    return block.is_marked and not ends_sentence(block.text)


class SectionFinder:
    """Finds the headings between an answer of running text and the next question."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Measure the running text.

        Args:
            lines: All lines of questions and answers, in order.
        """
        gaps = [b.top - a.bottom for a, b in pairwise(lines) if a.page == b.page]
        self._leading = median([gap for gap in gaps if gap > 0] or [0.0])
        self._size = median(line.size for line in lines)
        self._left = min(line.x0 for line in lines)
        self._right = max(line.x1 for line in lines)

    def find(
        self, ends: Sequence[Sequence[Line]], head: Sequence[SectionHeading]
    ) -> list[list[SectionHeading]]:
        """Find the headings with which the text before each question ends.

        A heading has a mark or larger type, and white space above it; or it begins as one that
        has does elsewhere; or it stands in the middle of the page.

        Args:
            ends: For each question or answer the lines that may be headings, the last one last.
            head: The headings above the first question.
        """
        found = [self._find_last(lines, set()) for lines in ends]
        seen = {
            (heading.kind, round(heading.lines[0].x0))
            for headings in (*found, head)
            for heading in headings
        }
        return [own or self._find_last(lines, seen) for own, lines in zip(found, ends, strict=True)]

    def find_first(
        self, above: Sequence[Line], found: Sequence[Sequence[SectionHeading]]
    ) -> list[SectionHeading]:
        """Find a heading in the middle of the page, below the title, where others stand so, too.

        Args:
            above: The lines above the first question, from top to bottom.
            found: The headings that stand above the other questions.
        """
        if len(above) < _TITLE_AND_HEADING:
            return []
        last = SectionHeading(above[-1].text.strip(), (above[-1],))
        sizes = {h.lines[0].size for own in found for h in own if self._is_centred(h)}
        return [last] if self._is_centred(last) and last.lines[0].size in sizes else []

    def stands_inside(self, lines: Sequence[Line]) -> bool:
        """Whether a heading stands between some lines: what is below may be other text."""
        return any(
            self._may_be_heading(block) and self._stands_apart(block, lines, set())
            for block in _join_brackets(lines)[1:]
        )

    def _find_last(self, lines: Sequence[Line], seen: set[tuple[str, int]]) -> list[SectionHeading]:
        blocks = _join_brackets(lines)
        own = list(takewhile(self._may_be_heading, reversed(blocks)))[::-1]
        while own and not self._stands_apart(own[0], lines, seen):
            own.pop(0)
        return own or self._find_plain(blocks, lines)

    def _find_plain(
        self, blocks: Sequence[SectionHeading], lines: Sequence[Line]
    ) -> list[SectionHeading]:
        """Find a heading without a mark: one short line, apart from a sentence that ended."""
        if len(blocks) < 2 or not ends_sentence(blocks[-2].text):
            return []
        last, (first, *rest) = blocks[-1], blocks[-1].lines
        short = len(last.text) <= LONGEST_HEADER and not begins_with_mark(last.text)
        if rest or not short or ends_sentence(last.text) or first.page != blocks[-2].lines[0].page:
            return []
        apart = self._stands_apart(last, lines, set())
        return [replace(last, certainty=_PLAIN)] if apart else []

    def _may_be_heading(self, block: SectionHeading) -> bool:
        larger = block.lines[0].size > _LARGER * self._size
        return not ends_sentence(block.text) and (
            larger or _is_heading(block) or self._is_centred(block)
        )

    def _is_centred(self, block: SectionHeading) -> bool:
        """Whether a short line stands in the middle, far from where all texts begin."""
        (line, *rest), short = block.lines, len(block.text) <= LONGEST_HEADER
        middle = (self._left + self._right) / 2
        away = abs(line.box.center[0] - middle)
        far = line.x0 - self._left > _INDENTED * line.size
        return short and far and not rest and away < _CENTRED * line.size

    def _stands_apart(
        self, block: SectionHeading, lines: Sequence[Line], seen: set[tuple[str, int]]
    ) -> bool:
        first = block.lines[0]
        place = next(i for i, line in enumerate(lines) if line is first)
        known = (block.kind, round(first.x0)) in seen
        if place == 0 or lines[place - 1].page != first.page:
            return known or not block.may_be_of_list
        before = lines[place - 1]
        # The items of a list that is set in may end where a line in the middle would.
        centred = self._is_centred(block) and abs(before.x0 - first.x0) >= _ALIKE * first.size
        if block.is_bracketed or centred or (known and not block.may_be_of_list):
            return True
        return first.top - before.bottom > self._leading + _GAP * first.size
