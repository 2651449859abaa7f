"""The records of an annex as its judge reads them: column by column, with the classes of words."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from pipeline.judge.grammar import CASE, Known, spell_classes
from pipeline.judge.signs import Sign
from pipeline.model import (
    ROLES,
    TEXT_ROLES,
    Field,
    Morpheme,
    Normalized,
    Record,
    Segmented,
    Table,
    name_columns,
)

_ROLE_NAMES = tuple(role.value for role in ROLES)


class Passage(Struct, frozen=True):
    """The text of one field."""

    record: int
    """Index of its record in the annex, from 0."""
    field: str
    text: str
    morphemes: Sequence[Morpheme]
    classes: str
    """A letter for each morpheme (judge/grammar.py)."""
    is_running: bool
    """It is a clause at least: it has a particle that ties words together."""

    @property
    def is_text(self) -> bool:
        """Whether its column holds running text by its role."""
        return self.field in TEXT_ROLES

    def sign(self, name: str, reason: str, strength: float = 1.0) -> Sign:
        """A sign of this field."""
        return Sign(name, self.record, self.field, reason, strength)


_TIES = frozenset(f"{CASE}KMS")


class TableReading(Struct, frozen=True, dict=True):
    """The records of one table."""

    records: Sequence[Record]
    first: int
    """Index of its first record in the annex, from 0."""
    rows: Sequence[Mapping[str, Passage]]
    """Field → passage, for each record."""
    table: Table | None
    """What its records were written from; None: that is not known."""

    @cached_property
    def columns(self) -> Mapping[str, Sequence[Passage]]:
        """Field → the passages of its column, one for each record that has the field."""
        columns: dict[str, list[Passage]] = {}
        for row in self.rows:
            for name, passage in row.items():
                columns.setdefault(name, []).append(passage)
        return columns

    @cached_property
    def fields(self) -> Sequence[Mapping[str, Field]]:
        """For each record the fields, by name, that it was written from; () if not known."""
        if self.table is None:
            return ()
        names = name_columns(self.table.columns)
        return [dict(zip(names, row.fields, strict=True)) for row in self.table.rows]

    @property
    def cells(self) -> Iterator[tuple[Passage, Field]]:
        """Each passage with the field that it was written from; none if these are not known."""
        for row, fields in zip(self.rows, self.fields, strict=False):
            yield from ((own, fields[name]) for name, own in row.items() if name in fields)

    def sign_each(self, name: str, reason: str, strength: float = 1.0) -> Iterator[Sign]:
        """A sign of each record as a whole."""
        for place in range(self.first, self.first + len(self.records)):
            yield Sign(name, place, None, reason, strength)

    def pairs(self) -> Iterator[tuple[Mapping[str, Passage], Mapping[str, Passage]]]:
        """Each row with the one below it."""
        return zip(self.rows, self.rows[1:], strict=False)


def read_tables(normalized: Normalized, segmented: Segmented | None) -> list[TableReading]:
    """Read the tables of an annex, in order.

    Args:
        segmented: What they were written from; None: that is not known.
    """
    morphemes = {(tokens.record_id, tokens.field): tokens.morphemes for tokens in normalized.tokens}
    classes: dict[str, str] = {}
    known: dict[str, Known] = {}
    readings: list[TableReading] = []
    place = 0

    def read(at: int, record: Record, name: str, text: str) -> Passage:
        own = morphemes.get((record.record_id, name), ())
        if text not in classes:  # an annex quotes itself
            classes[text] = spell_classes(own, known)
        spelled = classes[text]
        return Passage(at, name, text, own, spelled, not _TIES.isdisjoint(spelled))

    for _, group in groupby(normalized.records, key=lambda record: record.table_index):
        records = list(group)
        rows = [
            {name: read(at, record, name, text) for name, text in list_fields(record)}
            for at, record in enumerate(records, start=place)
        ]
        readings.append(TableReading(records, place, rows, _find_table(records, segmented)))
        place += len(records)
    return readings


def list_fields(record: Record) -> Iterator[tuple[str, str]]:
    """The fields of a record with their texts, those with a role first."""
    for name in _ROLE_NAMES:
        text = getattr(record, name)
        if text is not None:
            yield name, text
    yield from record.extra.items()


def _find_table(records: Sequence[Record], segmented: Segmented | None) -> Table | None:
    """The table that some records are from; None: it is not known."""
    place = records[0].table_index - 1
    if segmented is None or place >= len(segmented.tables):
        return None
    table = segmented.tables[place]
    return table if len(table.rows) == len(records) else None
