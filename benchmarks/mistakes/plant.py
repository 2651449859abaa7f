"""Plant one mistake that programs make into the records of an annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from random import Random

from msgspec.structs import replace

from pipeline.model import (
    ROLES,
    Field,
    FieldBox,
    FieldTokens,
    Record,
    Segmented,
    TableRow,
    name_columns,
)
from pipeline.normalize.redline import redline
from pipeline.normalize.tokenizer import analyze

from .kinds import KINDS
from .right import Reading
from .rows import Places, Rows


def plant(reading: Reading, kind: str, rng: Random) -> Reading | None:
    """The same annex with a mistake of a kind; None where it has no place for one.

    The lines of the pages follow: nothing but the mistake itself tells that it was planted. What
    was wrong before stays wrong.
    """
    records = list(reading.normalized.records)
    tables = sorted({record.table_index for record in records})
    if not tables:
        return None
    table = rng.choice(tables)
    first = next(i for i, record in enumerate(records) if record.table_index == table)
    own = [record for record in records if record.table_index == table]
    segmented = reading.segmented
    places = _read_places(segmented, table, len(own))
    rows = Rows([dict(record.list_texts()) for record in own], places, list(range(len(own))))
    if not KINDS[kind](rows, rng, own[0]):
        return None
    made = [_make(own[old], place, rows, segmented) for place, old in enumerate(rows.copied)]
    whole = [*records[:first], *made, *records[first + len(own) :]]
    tokens = [FieldTokens(r.record_id, n, analyze(t)) for r in whole for n, t in r.list_texts()]
    wrong = {(first + place, name) for place, name in rows.wrong}
    wrong |= set(_move_wrong(reading, first, rows, len(own)))
    return replace(
        reading,
        normalized=replace(reading.normalized, records=whole, tokens=tokens),
        segmented=_write_places(segmented, table, rows) if segmented.tables else segmented,
        wrong=frozenset(wrong),
    )


def _read_places(segmented: Segmented, table: int, count: int) -> list[Places]:
    """Where the fields of each row of a table stand; nowhere where its pages are not known."""
    if not segmented.tables:
        return [{} for _ in range(count)]
    found = segmented.tables[table - 1]
    names = name_columns(found.columns)
    return [dict(zip(names, row.fields, strict=True)) for row in found.rows]


def _write_places(segmented: Segmented, table: int, rows: Rows) -> Segmented:
    tables = list(segmented.tables)
    found = tables[table - 1]
    names = name_columns(found.columns)
    made = [TableRow(tuple(p.get(name, Field(())) for name in names)) for p in rows.places]
    tables[table - 1] = replace(found, rows=tuple(made))
    pages = list(segmented.pages)
    for number, lines in groupby(rows.lost, key=lambda line: line.page):
        page = pages[number - 1]
        pages[number - 1] = replace(page, furniture_lines=(*page.furniture_lines, *lines))
    return replace(segmented, tables=tuple(tables), pages=tuple(pages))


def _move_wrong(reading: Reading, first: int, rows: Rows, count: int) -> Iterator[tuple[int, str]]:
    """Where the fields stand that were wrong before."""
    for place, name in reading.wrong:
        if place < first:
            yield place, name
        elif place >= first + count:
            yield place + len(rows.copied) - count, name
        else:
            for new, old in enumerate(rows.copied):
                if old == place - first:
                    yield first + new, name


def _make(record: Record, place: int, rows: Rows, segmented: Segmented) -> Record:
    fields: Mapping[str, str] = rows.fields[place]
    roles = {role.value: fields.get(role.value) for role in ROLES}
    revision = roles["revision"]
    return replace(
        record,
        record_id=f"{record.annex}-t{record.table_index}-r{place + 1}",
        row_index=place + 1,
        extra={name: text for name, text in fields.items() if name not in ROLES},
        redline=None if revision is None else redline(roles["original_text"] or "", revision),
        boxes=_boxes(rows.places[place], segmented) if segmented.tables else record.boxes,
        **roles,
    )


def _boxes(places: Places, segmented: Segmented) -> list[FieldBox]:
    boxes = []
    for name, place in places.items():
        for part in place.parts:
            box = segmented.pages[part.page - 1].header.displayed(part.box)
            boxes.append(FieldBox(name, part.page, box.x0, box.top, box.x1, box.bottom))
    return boxes
