"""The records of an annex as its judge reads them: column by column, with the classes of words."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from msgspec import Struct, field

from pipeline.judge.grammar import CASE, Known, spell_classes
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


class Passage(Struct, frozen=True, dict=True):
    """The text of one field."""

    record: int
    """Index of its record in the annex, from 0."""
    field: str
    text: str
    morphemes: Sequence[Morpheme]
    classes: str
    """A letter for each morpheme (judge/grammar.py)."""

    @property
    def is_text(self) -> bool:
        """Whether its column holds running text by its role."""
        return self.field in TEXT_ROLES

    @cached_property
    def is_running(self) -> bool:
        """Whether it is a clause at least: it has a particle that ties words together."""
        return not _TIES.isdisjoint(self.classes)


_TIES = frozenset(f"{CASE}KMS")


class TableReading(Struct, frozen=True):
    """The records of one table."""

    records: Sequence[Record]
    first: int
    """Index of its first record in the annex, from 0."""
    rows: Sequence[Mapping[str, Passage]]
    """Field → passage, for each record."""
    columns: Mapping[str, Sequence[Passage]] = field(default_factory=dict)
    """Field → the passages of its column, one for each record that has the field."""

    def pairs(self) -> Iterator[tuple[Mapping[str, Passage], Mapping[str, Passage]]]:
        """Each row with the one below it."""
        return zip(self.rows, self.rows[1:], strict=False)


def read_tables(normalized: Normalized) -> list[TableReading]:
    """Read the tables of an annex, in order."""
    morphemes = {(tokens.record_id, tokens.field): tokens.morphemes for tokens in normalized.tokens}
    classes: dict[str, str] = {}
    known: dict[str, Known] = {}
    readings: list[TableReading] = []
    place = 0

    def read(at: int, record: Record, name: str, text: str) -> Passage:
        own = morphemes.get((record.record_id, name), ())
        if text not in classes:  # an annex quotes itself
            classes[text] = spell_classes(own, known)
        return Passage(at, name, text, own, classes[text])

    for _, group in groupby(normalized.records, key=lambda record: record.table_index):
        records = list(group)
        rows = [
            {name: read(at, record, name, text) for name, text in list_fields(record)}
            for at, record in enumerate(records, start=place)
        ]
        readings.append(TableReading(records, place, rows, _columns(rows)))
        place += len(records)
    return readings


def list_fields(record: Record) -> Iterator[tuple[str, str]]:
    """The fields of a record with their texts, those with a role first."""
    for role in ROLES:
        text = getattr(record, role.value)
        if text is not None:
            yield role.value, text
    yield from record.extra.items()


def list_row_fields(reading: TableReading, segmented: Segmented) -> list[dict[str, Field]]:
    """The fields, by name, that each record of a table was written from; [] if not known."""
    table = find_table(reading, segmented)
    if table is None:
        return []
    names = name_columns(table.columns)
    return [dict(zip(names, row.fields, strict=True)) for row in table.rows]


def find_table(reading: TableReading, segmented: Segmented) -> Table | None:
    """The table that a reading's records are from; None: its pages are not known."""
    place = reading.records[0].table_index - 1
    if place >= len(segmented.tables):
        return None
    table = segmented.tables[place]
    return table if len(table.rows) == len(reading.records) else None


def _columns(rows: Sequence[Mapping[str, Passage]]) -> dict[str, list[Passage]]:
    columns: dict[str, list[Passage]] = {}
    for row in rows:
        for name, passage in row.items():
            columns.setdefault(name, []).append(passage)
    return columns
