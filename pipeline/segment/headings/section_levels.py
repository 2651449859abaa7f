"""Headings over records (a row of their table, or a line outside of any), level by level."""

from collections.abc import Iterator, KeysView, Sequence
from statistics import median

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import FULL_LINE, Line
from pipeline.vocabulary.character_repairs import repair_text
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.heading_forms import (
    PLAIN,
    HeadingForm,
    has_place,
    is_part_of_another,
    may_be_item,
    read_form,
    strip_continued,
)

# In em; judgement: one level's headings begin at one x, a deeper level is set in by a character.
_INDENT = 0.5
# Font size of a title over that of the table's text; judgement: 12 points over 10.5 are a title.
_LARGER = 1.1
# Share of the font size; judgement: headings of one kind have one, but rounded, on scans to a
# pixel: at 200 dots per inch the ink of 7 points is 17 high.
_SAME_SIZE = 0.06
_OPEN, _CLOSE = "【＜<〈《〔［", "】＞>〉》〕］"


class Look(Struct, frozen=True):
    """How a heading row is set, in points."""

    x0: float
    x1: float
    size: float
    """Of its type."""

    def is_like(self, other: "Look") -> bool:
        """Whether both may be headings of one level: they begin at one x, or have one middle."""
        offset = min(abs(self.x0 - other.x0), abs(self.x0 + self.x1 - other.x0 - other.x1) / 2)
        return offset <= _INDENT * self.size and not self._differs(other)

    def is_inside(self, other: "Look") -> bool:
        """Whether it is set in, or smaller than the other."""
        if self._differs(other):
            return self.size < other.size
        return not self.is_like(other) and self.x0 > other.x0

    def _differs(self, other: "Look") -> bool:
        return not is_same_size(self.size, other.size)


def is_same_size(one: float, other: float) -> bool:
    """Whether two font sizes are one, which programs round."""
    return abs(one - other) <= _SAME_SIZE * max(one, other)


def is_larger(size: float, lines: Sequence[Line]) -> bool:
    """Whether a font size is larger than that of a table's lines, as that of its title is."""
    return bool(lines) and size > _LARGER * median(line.size for line in lines)


class _Open(Struct, frozen=True):
    """A heading over the next record."""

    text: str
    form: HeadingForm
    look: Look


class SectionLevels(Struct):
    """The headings over the next record of a table."""

    _open: list[_Open] = field(default_factory=list)
    _depths: dict[str, int] = field(default_factory=dict)
    """Kind of heading → its level, from 0."""
    _words: list[tuple[Look, int]] = field(default_factory=list)
    """How headings of words alone were set, and their levels."""
    follows_heading: bool = False
    """No record stands between the last heading and what comes next."""

    @property
    def path(self) -> tuple[str, ...]:
        """The texts of the headings, outermost first."""
        return tuple(heading.text for heading in self._open)

    @property
    def kinds(self) -> KeysView[str]:
        """The kinds of all headings so far (see `read_form`)."""
        return self._depths.keys()

    def add(self, text: str, look: Look) -> None:
        """Open a section: a deeper heading is appended, one of a level that is open replaces it.

        Args:
            text: The heading as printed.
        """
        text = repair_text(text)
        form = read_form(text)
        if self._is_open(text, form):  # a page prints the open headings again
            return
        own = self._find_depth(form, look)
        depth = min(own, next(self._find_beside(text, form), own))
        self._open = [*self._open[:depth], _Open(text, form, look)]
        if form.kind == PLAIN:
            self._words.append((look, depth))
        self._depths.setdefault(form.kind, own)
        self.follows_heading = True

    def is_cut(self, text: str, look: Look, right: float) -> bool:
        """Whether the last heading fills its line, and words set like it go on with it.

        Args:
            text: What stands right below it, over a page's end.
            look: How that is set.
            right: The x where the lines of its cell end, in points.
        """
        if not (self._open and self.follows_heading) or read_form(text).kind != PLAIN:
            return False
        last = self._open[-1]
        full = right - last.look.x1 < FULL_LINE * look.size
        return full and last.form.kind != PLAIN and last.look.is_like(look)

    def go_on(self, text: str) -> None:
        """Add the words to the last heading that a page's end cut off it."""
        self._open[-1] = replace(self._open[-1], text=self._open[-1].text + text)

    def add_record(self) -> None:
        """Note that a record stands below the headings."""
        self.follows_heading = False

    def _is_open(self, text: str, form: HeadingForm) -> bool:
        # A scan may be read in another width on each page: （11件）, （１１件）（続き）.
        bare = fold(strip_continued(text))
        return any(fold(one.text) == bare and one.form == form for one in self._open)

    def _find_beside(self, text: str, form: HeadingForm) -> Iterator[int]:
        """The levels of the open headings that one is no part of by its number: ２－４ of １."""
        for depth, one in enumerate(self._open):
            alike = form.rank is not None and one.form.kind == form.kind
            if alike or is_part_of_another(text, one.text):
                yield depth

    def _find_depth(self, form: HeadingForm, look: Look) -> int:
        known = self._depths.get(form.kind)
        if form.kind == PLAIN:
            alike = (depth for other, depth in reversed(self._words) if look.is_like(other))
            known = next(alike, None)
        if known is not None:
            return min(known, len(self._open))
        is_set_out = bool(self._open) and self._open[-1].look.is_inside(look)
        if self.follows_heading and not is_set_out:  # Ⅰ over 第１節: else Ⅰ has no part
            return len(self._open)
        ranked = self._find_depth_by_rank(form)
        return self._find_depth_by_look(form, look) if ranked is None else ranked

    def _find_depth_by_rank(self, form: HeadingForm) -> int | None:
        """The level that the usual order of kinds gives (第１章 over 第１節 over １)."""
        if form.rank is None:
            return None
        ranks = [heading.form.rank for heading in self._open]
        inner = (depth for depth, rank in enumerate(ranks) if rank is not None and rank > form.rank)
        depth = next(inner, None)
        if depth is None and ranks and ranks[-1] is not None:
            return len(ranks)
        return depth

    def _find_depth_by_look(self, form: HeadingForm, look: Look) -> int:
        """The level of the open heading that is set alike; deeper where it is set in."""
        # ● below １ names a part of it; 第２章 after a ● stands beside. Words alone, where other
        # headings have numbers, stand outside of what is numbered.
        for depth, heading in enumerate(self._open):
            beside = form.kind == PLAIN or heading.form.rank is None
            if beside and look.is_like(heading.look):
                return depth
        outer = [depth for depth, heading in enumerate(self._open) if heading.look.is_inside(look)]
        return outer[0] if outer else len(self._open)


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
