"""The headings that stand over records, outermost first: 【通所介護】, ○ 加算について."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct, field

from pipeline.model import Line
from pipeline.vocabulary.character_repairs import repair_text

# Kinds of marks from the outermost in; where a document shows another order, that counts.
_HEADING_KINDS = (
    r"第[\d０-９一二三四五六七八九十]+[編部]",
    r"第[\d０-９一二三四五六七八九十]+(?:章|[\s\u3000])",
    r"第[\d０-９一二三四五六七八九十]+節",
    r"第[\d０-９一二三四五六七八九十]+[款条]",
    r"【",
    r"[Ⅰ-Ⅻ]",
    r"[\d０-９]{1,2}[.．、\s\u3000](?![\d０-９])",
    r"[■◆●▼★]",
    r"[○◯〇◎□◇△▽☆]",
    r"[＜<〈《〔［]",
)
_LIST_KINDS = (
    r"[(（][\d０-９一二三四五六七八九十]{1,2}[)）]",
    r"[①-⑳]",
    r"[(（][ア-ン][)）]|[ア-ン][.．、\s\u3000]",
)
_PATTERNS = tuple(map(re.compile, (*_HEADING_KINDS, *_LIST_KINDS)))


def heading_kind(text: str) -> int | None:
    """The kind of mark that a line begins with, from 0; None: it begins with none."""
    bare = text.lstrip()
    return next((i for i, pattern in enumerate(_PATTERNS) if pattern.match(bare)), None)


def is_bracketed(text: str) -> bool:
    """Whether a bracket holds the whole line: 【通所介護】, ＜共通事項＞."""
    bare = text.strip()
    return bool(bare) and bare[0] in "【＜<〈《〔［" and bare[-1] in "】＞>〉》〕］"


class SectionHeading(Struct, frozen=True):
    """A heading over records."""

    text: str
    lines: tuple[Line, ...]
    certainty: float = 1.0
    """The probability that it is one, 0-1."""

    @property
    def kind(self) -> int:
        """The kind of its mark; -1 (outermost) where only its place or size shows a heading."""
        kind = heading_kind(self.text)
        return -1 if kind is None else kind

    @property
    def may_be_of_list(self) -> bool:
        """Whether lists have marks of its kind too: (1), ①, ア."""
        return self.kind >= len(_HEADING_KINDS)


class Outline(Struct):
    """The headings that stand over the place reached."""

    nested: frozenset[tuple[int, int]]
    """(outer, inner) kinds that stand directly below each other in the document."""
    _open: list[SectionHeading] = field(default_factory=list)

    @staticmethod
    def learn(runs: Iterable[Sequence[SectionHeading]]) -> "Outline":
        """Learn which kind holds which.

        Args:
            runs: Headings without a record between them; each belongs to the one before it.
        """
        pairs = {(a.kind, b.kind) for run in runs for a, b in pairwise(run)}
        return Outline(frozenset((a, b) for a, b in pairs if a != b and (b, a) not in pairs))

    def add(self, heading: SectionHeading) -> None:
        """Open a heading; it closes those of its own kind and those inside."""
        while self._open and not self._holds(self._open[-1].kind, heading.kind):
            self._open.pop()
        self._open.append(heading)

    @property
    def path(self) -> tuple[str, ...]:
        """The texts of the open headings, outermost first."""
        return tuple(repair_text(heading.text) for heading in self._open)

    def _holds(self, outer: int, inner: int) -> bool:
        if (outer, inner) in self.nested:
            return True
        return (inner, outer) not in self.nested and outer < inner
