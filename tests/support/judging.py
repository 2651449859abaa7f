"""Records to be judged, written as texts by role."""

from collections.abc import Mapping, Sequence

from pipeline.judge import judge_annex
from pipeline.judge.annex import find_signs
from pipeline.judge.reading import list_fields
from pipeline.model import ROLES, AnnexHeader, FieldTokens, Normalized, Record, Segmented
from pipeline.normalize.redline import redline
from pipeline.normalize.tokenizer import analyze
from tests.support.annexes import record

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
        for name, text in list_fields(one)
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
