"""What the review pages show. Ids are those of HTML elements, unique on an annex's page."""

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from pipeline.commands.marked_text import Piece
from pipeline.model import HIGH_CONFIDENCE, LOW_CONFIDENCE

JsonRow = dict[str, str | int | float | bool | None]


class FieldView(Struct, frozen=True):
    """A field of a record."""

    id: str
    name: str
    """Its role, or its printed header in `extra`."""
    role: str
    """Its role, or `extra`."""
    pieces: Sequence[Piece]
    """Its text, cut where the page marks it."""
    removed_breaks: int
    """Number of line breaks of the layout, which were removed."""
    kept_breaks: int
    """Number of line breaks of the author, which were kept."""
    confidence: float
    """The probability that its text is right, 0–1."""

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_unsure(self) -> bool:
        """Whether it is as doubtful as a flagged record."""
        return self.confidence < LOW_CONFIDENCE


class BoxView(Struct, frozen=True):
    """Where a field, or a part of it, stands, in percent of the page's width and height."""

    fields: tuple[str, ...]
    """Ids of the fields; several if records share a merged cell."""
    role: str
    left: float
    top: float
    width: float
    height: float


class RecordView(Struct, frozen=True):
    """A record."""

    id: str
    record_id: str
    number: str | None
    section: Sequence[str]
    """The heading rows that stand over it."""
    location: Sequence[str]
    fields: Sequence[FieldView]
    redline: Sequence[Piece] | None
    """None: the table has no revision column."""
    revision_kind: str | None
    page_first: int
    page_last: int
    source: str
    confidence: float
    flags: Sequence[str]

    @property
    def trust(self) -> str:
        """The class of its confidence, as the style sheet names it."""
        return trust_of(self.confidence)

    @property
    def shows_redline(self) -> bool:
        """Whether the revision is a new text: 修正なし would strike out the original."""
        return self.redline is not None and self.revision_kind not in ("none", "note")


class TableView(Struct, frozen=True):
    """A table of an annex."""

    index: int
    title: str | None
    caption: str | None
    records: Sequence[RecordView]


class PageView(Struct, frozen=True):
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


class IssueView(Struct, frozen=True):
    """One thing that a person should know."""

    level: str
    code: str
    message: str
    page: int | None
    record: str | None
    """Id of the record."""


class AnnexView(Struct, frozen=True, dict=True):
    """Everything that an annex's page shows."""

    annex: str
    tables: Sequence[TableView] = ()
    pages: Sequence[PageView] = ()
    issues: Sequence[IssueView] = ()
    breaks: dict[str, Sequence[JsonRow]] | None = None
    """Id of a field → its line breaks (docs/data.md); None: the run wrote none."""
    no_picture: str | None = None
    """Why there are no pictures."""

    @cached_property
    def records(self) -> Sequence[RecordView]:
        """The records of all tables."""
        return [record for table in self.tables for record in table.records]

    @property
    def texts(self) -> Sequence[Sequence[str]]:
        """The texts of each record."""
        return [[field.text for field in record.fields] for record in self.records]

    @property
    def failed(self) -> bool:
        """Whether an error kept the annex from being read."""
        return any(issue.level == "error" for issue in self.issues)

    @property
    def roles(self) -> Sequence[str]:
        """The roles of its records, in the order of their columns."""
        return list(dict.fromkeys(f.role for record in self.records for f in record.fields))

    @cached_property
    def flags(self) -> dict[str, int]:
        """Flag → number of records with it; the most frequent first."""
        found = [flag for record in self.records for flag in record.flags]
        return dict(sorted(((f, found.count(f)) for f in set(found)), key=lambda x: (-x[1], x[0])))

    @cached_property
    def trusts(self) -> dict[str, int]:
        """Class of confidence (`trust_of`) → number of records in it."""
        words = [record.trust for record in self.records]
        return {word: words.count(word) for word in ("sure", "fair", "unsure")}

    @property
    def lowest_confidence(self) -> float | None:
        """The lowest confidence of a record; None: there are no records."""
        return min((record.confidence for record in self.records), default=None)

    @property
    def glyphs(self) -> int:
        """Number of glyphs on all pages."""
        return sum(page.glyphs for page in self.pages)

    @property
    def unaccounted(self) -> int:
        """Number of glyphs that the account of the pages does not place."""
        return sum(abs(page.unaccounted) for page in self.pages)

    @property
    def doubt(self) -> tuple[bool, int, float, int, str]:
        """Sort key; the most doubtful annex is last: failed, unaccounted, confidence, issues."""
        lowest = 1.0 if self.lowest_confidence is None else self.lowest_confidence
        return (self.failed, self.unaccounted, 1 - lowest, len(self.issues), self.annex)


def trust_of(confidence: float) -> str:
    """The class of a confidence: `sure`, `fair` or `unsure`."""
    if confidence >= HIGH_CONFIDENCE:
        return "sure"
    return "fair" if confidence >= LOW_CONFIDENCE else "unsure"


def with_pictures(view: AnnexView, before: AnnexView) -> AnnexView:
    """A view with the pictures that it had before."""
    pictures = {page.number: page.picture for page in before.pages}
    pages = [replace(page, picture=pictures.get(page.number)) for page in view.pages]
    return replace(view, pages=pages, no_picture=before.no_picture)


def with_records(view: AnnexView, records: Sequence[RecordView]) -> AnnexView:
    """A view in which some records are others."""
    others = {record.record_id: record for record in records}
    tables = [
        replace(table, records=[others.get(one.record_id, one) for one in table.records])
        for table in view.tables
    ]
    return replace(view, tables=tables)
