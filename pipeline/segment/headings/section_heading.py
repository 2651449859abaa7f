"""A heading over records: a row of their table, or a line outside of any (【通所介護】)."""

from msgspec import Struct

from pipeline.model import Line
from pipeline.segment.headings.section_levels import Look
from pipeline.vocabulary.heading_forms import has_place, may_be_item, read_form

_OPEN, _CLOSE = "【＜<〈《〔［", "】＞>〉》〕］"


class SectionHeading(Struct, frozen=True):
    """A heading over records."""

    text: str
    lines: tuple[Line, ...]
    certainty: float = 1.0
    """The probability that it is one, 0-1."""

    @property
    def kind(self) -> str:
        """How it begins (see `read_form`)."""
        return read_form(self.text).kind

    @property
    def look(self) -> Look:
        """How it is set."""
        x0, x1 = min(line.x0 for line in self.lines), max(line.x1 for line in self.lines)
        return Look(x0, x1, self.lines[0].size)

    @property
    def is_marked(self) -> bool:
        """Whether it begins with a mark; else only its place or size shows a heading."""
        return self.text.startswith(tuple(_OPEN)) or has_place(self.text)

    @property
    def is_bracketed(self) -> bool:
        """Whether a bracket holds all of it: 【通所介護】, ＜共通事項＞."""
        return self.text.startswith(tuple(_OPEN)) and self.text.endswith(tuple(_CLOSE))

    @property
    def may_be_of_list(self) -> bool:
        """Whether lists have marks of its kind too: (1), ①, ア."""
        return may_be_item(self.text)
