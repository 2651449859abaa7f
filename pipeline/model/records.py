"""What the authors typed: records, and what was decided on the way. What normalize writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Annotated

from msgspec import Meta

from pipeline.model.enums import PageOrigin, RedlineOp
from pipeline.model.headers import AnnexHeader

# What msgspec holds values to: in checks.check before they are written, in `besshi verify` after.
Ordinal = Annotated[int, Meta(ge=1)]
"""Counted from 1."""
Count = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0, le=1)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
RevisionKind = Annotated[
    str, Meta(pattern="^(none|unchanged|added|deleted|modified|replaced|note)$")
]


@dataclass(frozen=True, slots=True)
class FieldBox:
    """Where (a part of) a field stands."""

    field: str
    page: Ordinal
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class RedlineRun:
    """A run of a redline."""

    op: RedlineOp
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a comment table as its authors typed it: the contract's row."""

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
    location: list[str]
    original_body: str | None
    revision_kind: RevisionKind | None
    redline: list[RedlineRun] | None
    page_first: Ordinal
    page_last: Ordinal
    boxes: list[FieldBox]
    source: PageOrigin
    confidence: Share
    flags: list[str]


@dataclass(frozen=True, slots=True)
class Break:
    """The decision on the end of one physical line inside a field: why its break stands or not.

    The evidence is log-odds (natural logarithm) that the author made the break: above 0 for the
    author, below 0 for the layout; `odds` is their sum.
    """

    record_id: str
    field: str
    position: int
    """Index of the line before the break, from 0."""
    before: str
    after: str
    context: str
    """How the line before ends and the one after begins (see normalize/candidates.py)."""
    kept: bool
    confidence: float
    odds: float
    prior: float
    """How often breaks between such line ends and starts are the author's in this annex."""
    geometry: float
    """Whether the next line's first unit would have fitted."""
    spacing: float
    """Blank lines and indents."""
    series: float
    """Numbering that goes on."""
    twins: float
    """The same characters elsewhere in the annex."""
    slack: float
    """Free width after the next unit, in em; below 0 it did not fit."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A change made to the characters of a field."""

    record_id: str
    field: str
    step: str
    found: str
    made: str
    count: int


@dataclass(frozen=True, slots=True)
class Token:
    """A morpheme of a field (SudachiPy, mode C)."""

    record_id: str
    field: str
    position: int
    start: int
    end: int
    surface: str
    dictionary_form: str
    normalized_form: str
    part_of_speech: str


@dataclass(frozen=True, slots=True)
class Morphemes:
    """The morphemes of a text, column by column: an object for each would take ten times as much.

    All columns are of one length. The surfaces spell the text.
    """

    surfaces: tuple[str, ...]
    dictionary_forms: tuple[str, ...]
    normalized_forms: tuple[str, ...]
    parts_of_speech: tuple[tuple[str, ...], ...]
    """SudachiPy's six levels each, "*" where one says nothing."""

    @property
    def ends(self) -> Iterator[int]:
        """Where each ends, in characters of the text; the next one starts there."""
        return accumulate(map(len, self.surfaces))


@cache
def join_levels(part_of_speech: tuple[str, ...]) -> str:
    """A part of speech as the contract writes it: 名詞-普通名詞-一般."""
    return "-".join(level for level in part_of_speech if level != "*")


@dataclass(frozen=True, slots=True)
class FieldTokens:
    """The morphemes of one field of a record; fields of one text share them."""

    record_id: str
    field: str
    morphemes: Morphemes

    @property
    def rows(self) -> Iterator[Token]:
        """One row a morpheme, as the contract wants them."""
        start = 0
        told = self.morphemes
        columns = zip(
            told.ends,
            told.surfaces,
            told.dictionary_forms,
            told.normalized_forms,
            map(join_levels, told.parts_of_speech),
            strict=True,
        )
        for position, (end, *forms) in enumerate(columns):
            yield Token(self.record_id, self.field, position, start, end, *forms)
            start = end


@dataclass(frozen=True, slots=True)
class PageAccount:
    """Where every glyph of a page went."""

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


@dataclass(frozen=True, slots=True)
class Normalized:
    """What normalize makes of one annex; without records where it failed."""

    header: AnnexHeader
    records: Sequence[Record] = ()
    tokens: Sequence[FieldTokens] = ()
    breaks: Sequence[Break] = ()
    receipts: Sequence[Receipt] = ()
    pages: Sequence[PageAccount] = ()
