"""Records to be judged, written as texts by role."""

from collections.abc import Mapping, Sequence

from pipeline.judge import judge_annex
from pipeline.judge.annex import find_signs
from pipeline.model import (
    ROLES,
    AnnexHeader,
    Box,
    Column,
    Field,
    FieldPart,
    FieldTokens,
    Normalized,
    PageHeader,
    PageOrigin,
    Record,
    Role,
    Segmented,
    SegmentedPage,
    Table,
    TableRow,
)
from pipeline.normalize.redline import redline
from pipeline.normalize.tokenizer import analyze
from tests.support.annexes import record
from tests.support.making import line

Texts = Mapping[str, str]


def write_annex(*tables: Sequence[Texts], **values: object) -> Normalized:
    """An annex with these tables; texts whose name is no role go to `extra`."""
    records = [
        _record(t, r, texts, values)
        for t, table in enumerate(tables, start=1)
        for r, texts in enumerate(table, start=1)
    ]
    tokens = [
        FieldTokens(one.record_id, name, analyze(text))
        for one in records
        for name, text in one.list_texts()
    ]
    return Normalized(AnnexHeader("a", ""), records, tokens)


def _record(table: int, row: int, texts: Texts, values: Mapping[str, object]) -> Record:
    roles = {name: text for name, text in texts.items() if name in ROLES}
    revised = "revision" in roles
    original = roles.get("original_text", "")
    made: dict[str, object] = {
        "record_id": f"a-t{table}-r{row}",
        "table_index": table,
        "row_index": row,
        "extra": {name: text for name, text in texts.items() if name not in ROLES},
        "headers": {name: name for name in roles},
        "redline": redline(original, roles["revision"]) if revised else None,
        "field_confidence": dict.fromkeys(texts, 1.0),
    }
    return record(**(made | roles | values))


def signs_of(annex: Normalized, row: int = 0) -> set[tuple[str, str]]:
    """The signs of a record: field and name."""
    found = find_signs(annex, None).get(row, {})
    return {(name, sign.name) for name, signs in found.items() for sign in signs}


def judge(annex: Normalized) -> Normalized:
    """The annex as judged, without a look at its pages."""
    return judge_annex(annex, Segmented(annex.header))


def spell_pages(annex: Normalized, width: float = 100.0, height: float = 40.0) -> Segmented:
    """The page on which the records of an annex of one table stand: a cell for each field.

    Args:
        annex: The records.
        width: Of a column in points; the first one begins at 0.
        height: Of a row in points; lines of 10 points stand at its top, 12 points apart.
    """
    names = [name for name, _ in annex.records[0].list_texts()]
    rows = tuple(
        TableRow(
            tuple(
                _spell(text, Box(width * c, height * r, width * (c + 1), height * (r + 1)))
                for c, (_, text) in enumerate(record.list_texts())
            )
        )
        for r, record in enumerate(annex.records)
    )
    columns = tuple(Column(n, Role(n) if n in ROLES else None) for n in names)
    page = SegmentedPage(PageHeader(1, 595.0, 842.0, PageOrigin.TEXT_LAYER, 0, 0), 1, (), ())
    return Segmented(annex.header, (page,), (Table(None, None, columns, rows),))


def _spell(text: str, box: Box) -> Field:
    lines = tuple(
        line(part, x0=box.x0 + 2, top=box.top + 2 + 12 * i)
        for i, part in enumerate(text.split("\n"))
        if part
    )
    return Field((FieldPart(1, box, lines),))


def page_signs_of(annex: Normalized, segmented: Segmented, row: int = 0) -> set[tuple[str, str]]:
    """The signs of a record beside its page: field and name."""
    found = find_signs(annex, segmented).get(row, {})
    return {(name, sign.name) for name, signs in found.items() for sign in signs}
