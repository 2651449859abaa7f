"""Plant one mistake that programs make into the records of an annex."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from pipeline.judge.reading import list_fields
from pipeline.model import ROLES, TEXT_ROLES, FieldTokens, Record
from pipeline.normalize.redline import redline
from pipeline.normalize.tokenizer import analyze
from pipeline.vocabulary.lookalikes import lookalikes

from .right import Reading

Fields = dict[str, str]
_LEAST = 12  # characters of a text that is cut or read into another
_HEADINGS = (
    "１　総論に関する意見",
    "第２章　施策の方向について（３件）",
    "●第１条（定義）関係",
    "その他",
    "【計画全般】",
    "Ⅱ　基本目標",
)


@dataclass
class Rows:
    """The rows of one table while a mistake is planted, and what is wrong in them then."""

    fields: list[Fields]
    copied: list[int]
    """For each row, the row whose record it is made from."""
    wrong: set[tuple[int, str]] = field(default_factory=set)


def plant(reading: Reading, kind: str, rng: Random) -> Reading | None:
    """The same annex with a mistake of a kind; None where it has no place for one.

    What was wrong before stays wrong.
    """
    records = list(reading.normalized.records)
    tables = sorted({record.table_index for record in records})
    if not tables:
        return None
    table = rng.choice(tables)
    first = next(i for i, record in enumerate(records) if record.table_index == table)
    own = [record for record in records if record.table_index == table]
    rows = Rows([dict(list_fields(record)) for record in own], list(range(len(own))))
    if not KINDS[kind](rows, rng, own[0]):
        return None
    made = [_make(own[old], place, rows.fields[place]) for place, old in enumerate(rows.copied)]
    wrong = {(first + place, name) for place, name in rows.wrong}
    wrong |= set(_move_wrong(reading, first, rows, len(own)))
    whole = [*records[:first], *made, *records[first + len(own) :]]
    tokens = [FieldTokens(r.record_id, n, analyze(t)) for r in whole for n, t in list_fields(r)]
    return replace(
        reading,
        normalized=replace(reading.normalized, records=whole, tokens=tokens),
        wrong=frozenset(wrong),
    )


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


def _make(record: Record, place: int, fields: Mapping[str, str]) -> Record:
    roles = {role.value: fields.get(role.value) for role in ROLES}
    revision = roles["revision"]
    return replace(
        record,
        record_id=f"{record.annex}-t{record.table_index}-r{place + 1}",
        row_index=place + 1,
        extra={name: text for name, text in fields.items() if name not in ROLES},
        redline=None if revision is None else redline(roles["original_text"] or "", revision),
        **roles,
    )


def _texts(fields: Fields, least: int = 1) -> list[str]:
    return [name for name, text in fields.items() if name in TEXT_ROLES and len(text) >= least]


def _choose(rows: Rows, rng: Random, least: int = 1, behind: int = 0) -> int | None:
    """A row with a text of so many characters, and with so many rows behind it."""
    fit = [i for i, f in enumerate(rows.fields[: len(rows.fields) - behind]) if _texts(f, least)]
    return rng.choice(fit) if fit else None


def _set(rows: Rows, place: int, name: str, text: str) -> None:
    if rows.fields[place][name] != text:
        rows.fields[place][name] = text
        rows.wrong.add((place, name))


def _insert(rows: Rows, place: int, fields: Fields, copied: int) -> None:
    rows.fields.insert(place, fields)
    rows.copied.insert(place, copied)
    rows.wrong = {(p + (p >= place), n) for p, n in rows.wrong} | {(place, n) for n in fields}


def _cut(rows: Rows, rng: Random, _: Record) -> bool:
    """A ruling that is none: the lines of one record become two."""
    place = _choose(rows, rng, 2 * _LEAST)
    if place is None:
        return False
    share = rng.uniform(0.25, 0.75)
    upper = rows.fields[place]
    lower = dict.fromkeys(upper, "")
    merged = rng.random() < 0.3
    for name, text in list(upper.items()):
        if name in TEXT_ROLES and len(text) >= _LEAST:
            at = max(2, min(len(text) - 2, round(share * len(text) + rng.uniform(-2, 2))))
            lower[name] = text[at:].lstrip("\n")
            _set(rows, place, name, text[:at].rstrip("\n"))
        elif merged:
            lower[name] = text
    _insert(rows, place + 1, lower, rows.copied[place])
    return True


def _merge(rows: Rows, rng: Random, _: Record) -> bool:
    """A ruling that was not seen: two records become one."""
    place = _choose(rows, rng, 1, behind=1)
    if place is None or len(rows.fields) < 2:
        return False
    below = rows.fields.pop(place + 1)
    rows.copied.pop(place + 1)
    between = rng.choice(("", "\n"))
    for name, text in list(rows.fields[place].items()):
        other = below.get(name, "")
        if text and other and text != other:
            _set(rows, place, name, f"{text}{between}{other}")
        elif other and not text:
            _set(rows, place, name, other)
    return bool(rows.wrong)


def _shift(rows: Rows, rng: Random, _: Record) -> bool:
    """A column that was not seen: values stand one column further."""
    place = _choose(rows, rng)
    if place is None:
        return False
    names = list(rows.fields[place])
    if len(names) < 2:
        return False
    start = rng.randrange(len(names) - 1)
    every = rng.random() < 0.25
    for row in range(len(rows.fields)) if every else (place,):
        values = list(rows.fields[row].values())
        for at in range(len(names) - 1, start, -1):
            _set(rows, row, names[at], values[at - 1])
        _set(rows, row, names[start], "")
    return bool(rows.wrong)


def _interleave(rows: Rows, rng: Random, _: Record) -> bool:
    """Lines read into each other: one letter from each, or the lower line first."""
    place = _choose(rows, rng, 3 * _LEAST)
    if place is None:
        return False
    name = rng.choice(_texts(rows.fields[place], 3 * _LEAST))
    text = rows.fields[place][name]
    width = rng.randint(_LEAST, max(_LEAST, min(30, len(text) // 2)))
    start = rng.randint(0, len(text) - 2 * width) if len(text) > 2 * width else 0
    one, other = text[start : start + width], text[start + width : start + 2 * width]
    if rng.random() < 0.5:
        step = rng.randint(1, 3)
        pieces = [one[i : i + step] + other[i : i + step] for i in range(0, width, step)]
        mixed = "".join(pieces)
    else:
        mixed = other + one
    _set(rows, place, name, text[:start] + mixed + text[start + 2 * width :])
    return bool(rows.wrong)


def _heading(rows: Rows, rng: Random, record: Record) -> bool:
    """A heading row, or the title, that becomes a record."""
    names = list(rows.fields[0])
    text = rng.choice((*_HEADINGS, record.title or _HEADINGS[0]))
    fields = dict.fromkeys(names, "")
    fields[rng.choice((names[0], names[0], rng.choice(names)))] = text
    place = rng.randint(0, len(rows.fields))
    _insert(rows, place, fields, rows.copied[max(0, place - 1)])
    return True


def _empty(rows: Rows, rng: Random, _: Record) -> bool:
    """Text that was not found: a cell with an answer is empty."""
    place = _choose(rows, rng)
    if place is None:
        return False
    names = _texts(rows.fields[place])
    every = rng.random() < 0.3
    for name in names if every else (rng.choice(names),):
        _set(rows, place, name, "")
    return True


def _join_heading(rows: Rows, rng: Random, _: Record) -> bool:
    """A heading that is read into the record beside it."""
    place = _choose(rows, rng, _LEAST)
    if place is None:
        return False
    name = rng.choice(_texts(rows.fields[place], _LEAST))
    text, heading = rows.fields[place][name], rng.choice(_HEADINGS)
    _set(rows, place, name, heading + text if rng.random() < 0.5 else text + heading)
    return True


def _header_row(rows: Rows, rng: Random, record: Record) -> bool:
    """A header that a later page repeats, read as a record."""
    fields = {name: record.headers.get(name, name) for name in rows.fields[0]}
    place = rng.randint(0, len(rows.fields))
    _insert(rows, place, fields, rows.copied[max(0, place - 1)])
    return True


def _drop(rows: Rows, rng: Random, _: Record) -> bool:
    """A row that is lost; both its neighbours stand beside what they do not."""
    if len(rows.fields) < 3 or not rows.fields[0].get("number"):
        return False
    place = rng.randrange(1, len(rows.fields) - 1)
    rows.fields.pop(place)
    rows.copied.pop(place)
    rows.wrong |= {(place - 1, "number"), (place, "number")}
    return True


def _stop(rows: Rows, rng: Random, _: Record) -> bool:
    """A full stop that is lost."""
    place = _choose(rows, rng, _LEAST)
    if place is None:
        return False
    names = [name for name in _texts(rows.fields[place]) if "。" in rows.fields[place][name]]
    if not names:
        return False
    name = rng.choice(names)
    text = rows.fields[place][name]
    at = rng.choice([i for i, c in enumerate(text) if c == "。"])
    _set(rows, place, name, text[:at] + text[at + 1 :])
    return True


def _lookalike(rows: Rows, rng: Random, _: Record) -> bool:
    """A character taken for one that looks like it."""
    known = lookalikes()
    twins = {**known.twins, **known.katakana}
    place = _choose(rows, rng, _LEAST)
    if place is None:
        return False
    name = rng.choice(_texts(rows.fields[place], _LEAST))
    text = rows.fields[place][name]
    places = [i for i, c in enumerate(text) if c in twins]
    if not places:
        return False
    at = rng.choice(places)
    _set(rows, place, name, text[:at] + twins[text[at]] + text[at + 1 :])
    return True


def _break(rows: Rows, rng: Random, _: Record) -> bool:
    """A line end of the layout taken for the author's."""
    place = _choose(rows, rng, _LEAST)
    if place is None:
        return False
    name = rng.choice(_texts(rows.fields[place], _LEAST))
    text = rows.fields[place][name]
    at = rng.randrange(2, len(text) - 2)
    _set(rows, place, name, f"{text[:at]}\n{text[at:]}")
    return True


KINDS: Mapping[str, Callable[[Rows, Random, Record], bool]] = {
    "cut": _cut,
    "merged": _merge,
    "shifted": _shift,
    "interleaved": _interleave,
    "empty": _empty,
    "heading": _heading,
    "header row": _header_row,
    "dropped": _drop,
    "joined heading": _join_heading,
    "full stop": _stop,
    "look-alike": _lookalike,
    "line break": _break,
}
"""Kind of mistake → what plants it; False: there is no place for it."""
STRUCTURAL: Sequence[str] = tuple(KINDS)[:7]
"""Those that no one who reads the record can miss."""
