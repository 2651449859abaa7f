"""Find headings over records among the lines that stand outside any grid."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

from pipeline.model import Line, Page
from pipeline.segment.shapes.outline import SectionHeading, heading_kind, is_bracketed
from pipeline.vocabulary.line_marks import ends_sentence, is_page_number


class RunningLines:
    """Page numbers, and texts that stand in one place on several pages."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """Count what stands where.

        Args:
            pages: All pages that tables are looked for on.
        """
        self._places = Counter(
            place for page in pages for place in {_place(line) for line in page.loose_lines}
        )

    def remove_from(self, lines: Iterable[Line]) -> list[Line]:
        """The lines that are none of these."""
        return [
            line
            for line in lines
            if self._places[_place(line)] < 2 and not is_page_number(line.text)
        ]


def _place(line: Line) -> tuple[str, int]:
    return line.text.strip(), round(line.top)


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
    marked = heading_kind(block.text) is not None or is_bracketed(block.text)
    return marked and not ends_sentence(block.text)
