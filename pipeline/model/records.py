"""What the authors typed: records, and the decisions behind them. The result of normalize."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Annotated

from msgspec import Meta, Struct

from pipeline.model.enums import ROLES, MarkKind, PageOrigin, RedlineOp
from pipeline.model.headers import AnnexHeader

# msgspec checks these limits: `checks.check` before values are written, `besshi verify` after.
Ordinal = Annotated[int, Meta(ge=1)]
"""Counted from 1."""
Count = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0, le=1)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
RevisionKind = Annotated[
    str, Meta(pattern="^(none|unchanged|added|deleted|modified|replaced|note)$")
]


LOW_CONFIDENCE = 0.8
"""Records below it are flagged; judgement: at this confidence one in five has an error."""
HIGH_CONFIDENCE = 0.95
"""Records from it on are sure; measured: 99.2 % of them are entirely right (docs/design.md)."""

DOUBTFUL = frozenset(("clipped", "implausible", "low_confidence", "pictured", "unmapped_glyphs"))
"""Flags of records that a person should look at."""


class FieldBox(Struct, frozen=True, gc=False):
    """Where a field, or a part of it, stands on a page; coordinates in points."""

    field: str
    page: Ordinal
    x0: float
    top: float
    x1: float
    bottom: float


class FieldMark(Struct, frozen=True, gc=False):
    """Characters of a field that the page marks."""

    field: str
    start: Count
    """Index of the first marked character in the field's text."""
    end: Ordinal
    """Index after the last one."""
    kind: MarkKind


class RedlineRun(Struct, frozen=True, gc=False):
    """A piece of a redline: text that is kept, deleted or inserted."""

    op: RedlineOp
    text: str


class Record(Struct, frozen=True):
    """One row of a comment table as its authors typed it: a row of `records`."""

    record_id: str
    annex: str
    source_sha256: Sha256
    table_index: Ordinal
    row_index: Ordinal
    title: str | None
    caption: str | None
    number: str | None
    category: str | None
    original_text: str | None
    comment: str | None
    submitter: str | None
    revision: str | None
    response: str | None
    disposition: str | None
    extra: dict[str, str]
    headers: dict[str, str]
    """Role → the header of its column, as printed, without white space."""
    section: list[str]
    """The heading rows of the table that stand over the record, outermost first."""
    marks: list[FieldMark]
    location: list[str]
    original_body: str | None
    revision_kind: RevisionKind | None
    redline: list[RedlineRun] | None
    page_first: Ordinal
    page_last: Ordinal
    boxes: list[FieldBox]
    source: PageOrigin
    field_confidence: dict[str, Share]
    """Field → the probability that its text is right."""
    confidence: Share
    flags: list[str]

    def list_texts(self) -> Iterator[tuple[str, str]]:
        """The fields that have a text, each with it: those with a role first."""
        for role in ROLES:
            text = getattr(self, role)
            if text is not None:
                yield role.value, text
        yield from self.extra.items()


class Break(Struct, frozen=True, gc=False):
    """The decision whether the author broke the line where a physical line ends, with its evidence.

    Each piece of evidence is the log-odds (natural logarithm) that the author made the break: above
    0 it speaks for the author, below 0 for the layout. `odds` is their sum.
    """

    record_id: str
    field: str
    position: int
    """Index of the line before the break, from 0."""
    before: str
    after: str
    context: str
    """How the line before ends and the line after begins (see line_ends/candidates.py)."""
    kept: bool
    confidence: float
    odds: float
    prior: float
    """How often breaks between such line ends and starts are the author's, in this annex."""
    geometry: float
    """Whether the next line's first unit would have fitted on the line."""
    spacing: float
    """Blank lines and indents."""
    series: float
    """Numbering that continues."""
    twins: float
    """How the same characters are broken elsewhere in the annex."""
    slack: float
    """Free width if the next unit were added, in em; below 0 it did not fit."""


class Receipt(Struct, frozen=True):
    """The receipt for a change to the characters of a field."""

    record_id: str
    field: str
    step: str
    found: str
    made: str
    count: int


class Morpheme(Struct, frozen=True):
    """A morpheme of split mode C (SudachiPy's longest units).

    One object stands for it wherever it occurs: an annex has a few thousand different ones.
    """

    surface: str
    """The surfaces of a text's morphemes spell it."""
    dictionary_form: str
    normalized_form: str
    part_of_speech: tuple[str, ...]
    """SudachiPy's six levels; "*" for an empty level."""
    units: tuple[str, ...]
    """The normalized forms of its short units (mode A)."""


@cache
def join_levels(part_of_speech: tuple[str, ...]) -> str:
    """A part of speech as the contract writes it: 名詞-普通名詞-一般."""
    return "-".join(level for level in part_of_speech if level != "*")


class FieldTokens(Struct, frozen=True, gc=False):
    """The morphemes of one field of a record; fields with the same text share them."""

    record_id: str
    field: str
    morphemes: tuple[Morpheme, ...]


class PageAccount(Struct, frozen=True):
    """The account of a page: what became of each of its glyphs; a row of `pages`."""

    annex: str
    page: Ordinal
    width: float
    height: float
    source: PageOrigin
    tables: Count
    glyphs: Count
    in_records: int
    in_headers: int
    in_furniture: int
    hidden: int
    unaccounted: int
    unread_ink: float | None


class Normalized(Struct, frozen=True):
    """The result of normalize for one annex; without records if it failed."""

    header: AnnexHeader
    records: Sequence[Record] = ()
    tokens: Sequence[FieldTokens] = ()
    breaks: Sequence[Break] = ()
    receipts: Sequence[Receipt] = ()
    pages: Sequence[PageAccount] = ()
