"""What the review pages show. Ids are those of HTML elements, unique within an annex's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

SURE = 0.95  # of records as sure as this 99.6 % are whole (docs/design.md)
UNSURE = 0.8  # below it a record is flagged `low_confidence` (docs/data.md)

Row = dict[str, str | int | float | bool | None]


@dataclass(frozen=True)
class FieldView:
    """A field of a record."""

    id: str
    name: str
    """Its role, or its printed header in `extra`."""
    role: str
    """Its role, or `extra`."""
    text: str
    undone: int
    """Line breaks of the layout that were taken out."""
    kept: int
    """Line breaks of the author."""
    least: float | None
    """How sure the least sure of these decisions is; None: there was none to make."""

    @property
    def is_unsure(self) -> bool:
        """Whether one of its line breaks is as unsure as a flagged record."""
        return self.least is not None and self.least < UNSURE


@dataclass(frozen=True)
class BoxView:
    """Where (a part of) a field stands, in percent of the page's width and height."""

    fields: tuple[str, ...]
    """Ids of the fields; several where a merged cell gives its text to several records."""
    role: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class RecordView:
    """A record."""

    id: str
    record_id: str
    number: str | None
    location: Sequence[str]
    fields: Sequence[FieldView]
    redline: Sequence[dict[str, str]] | None
    """Runs of `op` and `text`; None: the table has no revision column."""
    revision_kind: str | None
    page_first: int
    page_last: int
    source: str
    confidence: float
    flags: Sequence[str]

    @property
    def trust(self) -> str:
        """How sure it is, in a word that the style sheet knows."""
        return trust_of(self.confidence)

    @property
    def shows_redline(self) -> bool:
        """Whether the revision is a text to compare: 修正なし would strike out the original."""
        return self.redline is not None and self.revision_kind not in ("none", "note")


@dataclass(frozen=True)
class TableView:
    """A table of an annex."""

    index: int
    title: str | None
    caption: str | None
    records: Sequence[RecordView]


@dataclass(frozen=True)
class PageView:
    """A page with the boxes on it."""

    number: int
    width: float
    """PDF points, as `height`."""
    height: float
    source: str
    glyphs: int
    unaccounted: int
    unread_ink: float | None
    boxes: Sequence[BoxView]
    picture: str | None
    """Path of its picture below the folder of pictures; None: there is none."""


@dataclass(frozen=True)
class IssueView:
    """A thing that a person should know."""

    level: str
    code: str
    message: str
    page: int | None
    record: str | None
    """Id of the record."""


@dataclass(frozen=True)
class AnnexView:
    """An annex: all that its page shows."""

    annex: str
    tables: Sequence[TableView] = ()
    pages: Sequence[PageView] = ()
    issues: Sequence[IssueView] = ()
    breaks: dict[str, Sequence[Row]] | None = None
    """Id of a field → the ends of its physical lines (docs/data.md); None: were not written."""
    no_picture: str | None = None
    """Why there are no pictures."""

    @cached_property
    def records(self) -> Sequence[RecordView]:
        """The records of all tables."""
        return [record for table in self.tables for record in table.records]

    @property
    def failed(self) -> bool:
        """Whether an error kept the annex from being read."""
        return any(issue.level == "error" for issue in self.issues)

    @property
    def roles(self) -> Sequence[str]:
        """Roles that its records have, in the order of their columns."""
        return list(dict.fromkeys(f.role for record in self.records for f in record.fields))

    @cached_property
    def flags(self) -> dict[str, int]:
        """Flag → records that have it; the most frequent first."""
        found = [flag for record in self.records for flag in record.flags]
        return dict(sorted(((f, found.count(f)) for f in set(found)), key=lambda x: (-x[1], x[0])))

    @cached_property
    def trusts(self) -> dict[str, int]:
        """How sure → records that are so sure."""
        words = [record.trust for record in self.records]
        return {word: words.count(word) for word in ("sure", "fair", "unsure")}

    @property
    def least(self) -> float | None:
        """The least sure record's confidence; None without records."""
        return min((record.confidence for record in self.records), default=None)

    @property
    def glyphs(self) -> int:
        """The glyphs of all pages."""
        return sum(page.glyphs for page in self.pages)

    @property
    def unaccounted(self) -> int:
        """The glyphs that the account does not place."""
        return sum(abs(page.unaccounted) for page in self.pages)

    @property
    def doubt(self) -> tuple[bool, int, float, int, str]:
        """Sorts annexes, the least sure last: failed, unaccounted, least confidence, issues."""
        least = 1.0 if self.least is None else self.least
        return (self.failed, self.unaccounted, 1 - least, len(self.issues), self.annex)


def trust_of(confidence: float) -> str:
    """`sure`, `fair` or `unsure`."""
    if confidence >= SURE:
        return "sure"
    return "fair" if confidence >= UNSURE else "unsure"
