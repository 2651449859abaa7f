"""Signs of whole tables: an answer column without answers, a half of a table, a printed count."""

import re
from collections.abc import Iterator, Sequence

from pipeline.judge.reading import TableReading
from pipeline.judge.signs import Sign, quote_start
from pipeline.model import ROLES, TEXT_ROLES, RedlineRun, remove_white_space
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_words import ENDS_IN_WORD, IS_WORD, match_role

_ASKS = ("comment", "original_text")
_ANSWERS = ("response", "revision", "disposition")
_SIDES = ("comment", "response")
_AND = re.compile("[／/・]|と(?:その|それに対する)?|(?:及|およ)び|(?:並|なら)びに")
_HIRAGANA = re.compile("[ぁ-ん]")
_UNHEADED = re.compile(r"(?:_\d+)?")  # the names of columns without a header: "", _2, _3
_NOTES = ("none", "note", "deleted")
"""Kinds of revision that do not repeat their original."""
_COUNT = re.compile(
    r"(?:意見|質問|指摘|提案|要望|回答|コメント)(?:等)?(?:の)?(?:総)?(?:件|項目)?数?"
    r"(?:は|が|:|：|・)?(?:全)?(\d{1,4})件"
)
_RARELY_EMPTY = ("number", "original_text")
"""A short table may have none: what is new has no original."""
_COLUMN = 4  # records; judgement: of so many one has a number, or an original, where others do
_NEAR = 0.5  # share of a revision that its original has too; judgement: most of it is repeated
_FAR = 0.25  # share; judgement: two passages on one subject share about a third
_PAIRS = 3  # records; judgement: of two nobody knows what is usual
_PIECE = 10  # characters; judgement: shorter runs of a redline are alike by chance
_REWRITTEN = 4  # pieces that are gone; judgement: a text with more is another one, not mixed
_BEGINNING = 12  # characters; judgement: two texts on one subject begin alike for some words
_LEAST_COMPARED = 20  # characters; judgement: short revisions are notes (修正なし)


def find_table_signs(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find tables that cannot be complete, and records unlike all others of theirs."""
    for table in tables:
        yield from _find_empty_columns(table)
        yield from _find_header_of_two(table)
        yield from _find_unlike_pairs(table)
        yield from _find_moved(table)
        yield from _find_twins(table)
    yield from _find_halves(tables)
    yield from _find_count(tables)


def _find_empty_columns(table: TableReading) -> Iterator[Sign]:
    """Find comments, answers, or what no known header heads, empty from top to bottom."""
    for name, column in table.columns.items():
        if not any(passage.text for passage in column) and _should_be_filled(name):
            sure = min(1.0, len(column) / _COLUMN) if name in _RARELY_EMPTY else 1.0
            reason = f"the column {name} is empty in all records of its table"
            yield from (passage.sign("column_empty", reason, sure) for passage in column)


def _should_be_filled(name: str) -> bool:
    """Whether a column holds something in any table; a column for remarks may be empty.

    One without a header is a part of the sheet that nobody filled.
    """
    if name in _SIDES or name in _RARELY_EMPTY:
        return True
    return name not in ROLES and not _UNHEADED.fullmatch(name) and match_role(name) is None


def _find_header_of_two(table: TableReading) -> Iterator[Sign]:
    """Find comments, or answers, below a header that names both where the table lacks the other."""
    lone = [name for name in _SIDES if name in table.columns]
    header = table.records[0].headers.get(lone[0], "") if len(lone) == 1 else ""
    if _names_both(header):
        reason = f"stands below {quote_start(header)}, which heads comments and answers"
        yield from (own.sign("header_of_two", reason) for own in table.columns[lone[0]])


def _names_both(header: str) -> bool:
    """Whether a header names comments and answers: 意見／回答, or two read as one (意見回答)."""
    named = {match.role for part in _AND.split(header) if (match := match_role(part))}
    if named.issuperset(_SIDES):
        return True
    for place in range(1, len(header)):
        first, second = match_role(header[:place]), match_role(header[place:])
        if first is None or second is None or first.manner != IS_WORD:
            continue
        # 市の考え方 ends in a known word, and so does に対する回答, which begins with a particle.
        begins = second.manner == ENDS_IN_WORD and not _HIRAGANA.match(header[place])
        if (second.manner == IS_WORD or begins) and {first.role, second.role}.issuperset(_SIDES):
            return True
    return False


def _find_halves(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find comments without answers in one table, and answers without comments in another."""
    asking = [t for t in tables if _has(t, _ASKS) and not _has(t, _ANSWERS)]
    answering = [t for t in tables if _has(t, _ANSWERS) and not _has(t, _ASKS)]
    if not asking or not answering:
        return
    for table in (*asking, *answering):
        reason = "comments stand in one table and answers in another: halves of one?"
        yield from table.sign_each("half_table", reason)


def _has(table: TableReading, names: Sequence[str]) -> bool:
    return any(name in table.columns for name in names)


def _find_unlike_pairs(table: TableReading) -> Iterator[Sign]:
    """Find revisions that have nothing of their original where others nearly repeat it."""
    shares = [
        _shared(record.redline)
        if record.redline is not None
        and record.revision_kind not in _NOTES
        and len(record.original_text or "") >= _LEAST_COMPARED
        and len(record.revision or "") >= _LEAST_COMPARED
        else None
        for record in table.records
    ]
    compared = [share for share in shares if share is not None]
    near = sum(share >= _NEAR for share in compared)
    if near < _PAIRS or near < len(compared) / 2:
        return
    for place, share in enumerate(shares):
        if share is not None and share < _FAR:
            text = table.records[place].revision or ""
            reason = f"{quote_start(text)} has nothing in common with the original, as others have"
            yield Sign("unlike_original", table.first + place, "revision", reason)
            yield Sign("unlike_original", table.first + place, "original_text", reason)


def _shared(runs: Sequence[RedlineRun]) -> float:
    """The share of the shorter text that both have."""
    kept, deleted, inserted = (
        sum(len(remove_white_space(run.text)) for run in runs if run.op == op)
        for op in ("equal", "delete", "insert")
    )
    return kept / max(1, kept + min(deleted, inserted))


def _find_moved(table: TableReading) -> Iterator[Sign]:
    """Find revisions that have a part of their original elsewhere: lines in another order."""
    for place, record in enumerate(table.records):
        runs = record.redline or ()
        gone = [run.text for run in runs if run.op == "delete" and len(run.text) >= _PIECE]
        new = [run.text for run in runs if run.op == "insert"]
        if len(gone) > _REWRITTEN:
            continue
        moved = next((piece for piece in gone if any(piece[:_PIECE] in t for t in new)), None)
        if moved is not None:
            reason = f"{quote_start(moved)} stands elsewhere than in the other text"
            for name in ("original_text", "revision"):
                yield Sign("moved", table.first + place, name, reason)


def _find_twins(table: TableReading) -> Iterator[Sign]:
    """Find texts that begin as another column's does, where no revision stands beside it."""
    for row in table.rows:
        begun: dict[str, str] = {}
        for name, passage in row.items():
            start = passage.text[:_BEGINNING]
            if len(start) < _BEGINNING or (name in ROLES and name not in TEXT_ROLES):
                continue
            other = begun.setdefault(start, name)
            if other != name and {name, other} != {"original_text", "revision"}:
                reason = f"{quote_start(start)} begins the {other} too"
                yield Sign("twin", passage.record, name, reason)
                yield Sign("twin", passage.record, other, reason)


def _find_count(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find tables whose title or caption says another number of comments than they have."""
    for table in tables:
        lines = (table.records[0].title, table.records[0].caption)
        found = [int(m[1]) for line in lines if line for m in _COUNT.finditer(fold(line))]
        if len(found) != 1 or found[0] == len(table.records):
            continue
        if found[0] == sum(len(other.records) for other in tables):
            continue
        missing = abs(found[0] - len(table.records)) / max(found[0], len(table.records))
        reason = f"the table says {found[0]} comments and has {len(table.records)} records"
        yield from table.sign_each("count_differs", reason, missing)
