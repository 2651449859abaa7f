"""The mistakes that programs make, each as a change to the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from pipeline.model import TEXT_ROLES, Field, Record

from .rows import Rows, cut_place, empty_place, join_places, lines_of, texts_of

_LEAST = 12  # characters of a text that is cut or read into another
_TWINS = dict(
    zip("カロニエトタハチオミアドヘベペリー", "力口二工卜夕八千才三了下へべぺり一", strict=True)
)
_TWINS |= {other: one for one, other in _TWINS.items()}
"""Characters whose shapes differ by less than a scan shows."""
_HEADINGS = (
    "１　総論に関する意見",
    "第２章　施策の方向について（３件）",
    "●第１条（定義）関係",
    "その他",
    "【計画全般】",
    "Ⅱ　基本目標",
)


def _choose(rows: Rows, rng: Random, least: int = 1, behind: int = 0) -> int | None:
    """A row with a text of so many characters, and with so many rows behind it."""
    fit = [i for i, f in enumerate(rows.fields[: len(rows.fields) - behind]) if texts_of(f, least)]
    return rng.choice(fit) if fit else None


def _cut(rows: Rows, rng: Random, _: Record) -> bool:
    """A ruling that is none: the lines of one record become two."""
    place = _choose(rows, rng, 2 * _LEAST)
    if place is None:
        return False
    share = rng.uniform(0.25, 0.75)
    texts, places = rows.fields[place], rows.places[place]
    lower, below = dict.fromkeys(texts, ""), dict[str, Field]()
    merged = rng.random() < 0.3
    for name, text in list(texts.items()):
        if name in TEXT_ROLES and len(text) >= _LEAST:
            at = max(2, min(len(text) - 2, round(share * len(text) + rng.uniform(-2, 2))))
            lower[name] = text[at:].lstrip("\n")
            if name in places:
                places[name], below[name] = cut_place(places[name], share)
            rows.set(place, name, text[:at].rstrip("\n"))
        elif merged:
            lower[name] = text
            below |= {name: places[name]} if name in places else {}
    rows.insert(place + 1, lower, below, rows.copied[place])
    for name in below:
        rows.spell(place + 1, name)
    return True


def _merge(rows: Rows, rng: Random, _: Record) -> bool:
    """A ruling that was not seen: two records become one."""
    place = _choose(rows, rng, 1, behind=1)
    if place is None or len(rows.fields) < 2:
        return False
    below, lower = rows.remove(place + 1)
    places = rows.places[place]
    between = rng.choice(("", "\n"))
    for name, text in list(rows.fields[place].items()):
        other = below.get(name, "")
        if other and text != other:
            places[name] = join_places(places.get(name, Field(())), lower.get(name, Field(())))
            rows.set(place, name, f"{text}{between if text else ''}{other}", on_page=False)
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
        values, places = list(rows.fields[row].values()), dict(rows.places[row])
        for at in range(len(names) - 1, start, -1):
            rows.set(row, names[at], values[at - 1], on_page=False)
            rows.places[row][names[at]] = places.get(names[at - 1], Field(()))
        rows.set(row, names[start], "", on_page=False)
        rows.places[row][names[start]] = Field(())
    return bool(rows.wrong)


def _interleave(rows: Rows, rng: Random, _: Record) -> bool:
    """Lines read into each other, or the lower line first."""
    place = _choose(rows, rng, 3 * _LEAST)
    if place is None:
        return False
    name = rng.choice(texts_of(rows.fields[place], 3 * _LEAST))
    text = rows.fields[place][name]
    width = rng.randint(_LEAST, max(_LEAST, min(30, len(text) // 2)))
    start = rng.randint(0, len(text) - 2 * width) if len(text) > 2 * width else 0
    one, other = text[start : start + width], text[start + width : start + 2 * width]
    is_mixed, is_on_page = rng.random() < 0.5, rng.random() < 0.5
    step = rng.randint(1, 3)
    mixed = "".join(one[i : i + step] + other[i : i + step] for i in range(0, width, step))
    new = text[:start] + (mixed if is_mixed else other + one) + text[start + 2 * width :]
    # A page that shows the lines in this order would be right: its lines run back up, or stand
    # over each other.
    known = is_on_page and (is_mixed or rows.turn_lines(place, name))
    rows.set(place, name, new, on_page=known)
    if known and is_mixed:
        rows.overprint(place, name)
    return bool(rows.wrong)


def _heading(rows: Rows, rng: Random, record: Record) -> bool:
    """A heading row, or the title, that becomes a record."""
    names = list(rows.fields[0])
    text = rng.choice((*_HEADINGS, record.title or _HEADINGS[0]))
    fields = dict.fromkeys(names, "")
    fields[rng.choice((names[0], names[0], rng.choice(names)))] = text
    place = rng.randint(0, len(rows.fields))
    rows.insert(place, fields, {}, rows.copied[max(0, place - 1)])
    return True


def _empty(rows: Rows, rng: Random, _: Record) -> bool:
    """Text that was not found: a cell with an answer is empty; half of them show it on the page."""
    place = _choose(rows, rng)
    if place is None:
        return False
    names = texts_of(rows.fields[place])
    every, found = rng.random() < 0.3, rng.random() < 0.5
    for name in names if every else (rng.choice(names),):
        rows.set(place, name, "", on_page=False)
        if not found and name in rows.places[place]:
            rows.places[place][name] = empty_place(rows.places[place][name])
    return True


def _join_heading(rows: Rows, rng: Random, _: Record) -> bool:
    """A heading that is read into the record beside it."""
    place = _choose(rows, rng, _LEAST)
    if place is None:
        return False
    name = rng.choice(texts_of(rows.fields[place], _LEAST))
    text, heading = rows.fields[place][name], rng.choice(_HEADINGS)
    rows.set(place, name, heading + text if rng.random() < 0.5 else text + heading)
    return True


def _header_row(rows: Rows, rng: Random, record: Record) -> bool:
    """A header that a later page repeats, read as a record."""
    fields = {name: record.headers.get(name, name) for name in rows.fields[0]}
    place = rng.randint(0, len(rows.fields))
    rows.insert(place, fields, {}, rows.copied[max(0, place - 1)])
    return True


def _drop(rows: Rows, rng: Random, _: Record) -> bool:
    """A row that is lost; both its neighbours stand beside what they do not."""
    if len(rows.fields) < 3 or not rows.fields[0].get("number"):
        return False
    place = rng.randrange(1, len(rows.fields) - 1)
    _, places = rows.remove(place)
    if rng.random() < 0.5:
        rows.lost += lines_of(list(places.values()))
    rows.wrong |= {(place - 1, "number"), (place, "number")}
    return True


def _stop(rows: Rows, rng: Random, _: Record) -> bool:
    """A full stop that is lost."""
    place = _choose(rows, rng, _LEAST)
    if place is None:
        return False
    names = [name for name in texts_of(rows.fields[place]) if "。" in rows.fields[place][name]]
    if not names:
        return False
    name = rng.choice(names)
    text = rows.fields[place][name]
    at = rng.choice([i for i, c in enumerate(text) if c == "。"])
    rows.set(place, name, text[:at] + text[at + 1 :])
    return True


def _lookalike(rows: Rows, rng: Random, _: Record) -> bool:
    """A character taken for one that looks like it."""
    place = _choose(rows, rng, _LEAST)
    if place is None:
        return False
    name = rng.choice(texts_of(rows.fields[place], _LEAST))
    text = rows.fields[place][name]
    places = [i for i, c in enumerate(text) if c in _TWINS]
    if not places:
        return False
    at = rng.choice(places)
    rows.set(place, name, text[:at] + _TWINS[text[at]] + text[at + 1 :])
    return True


def _break(rows: Rows, rng: Random, _: Record) -> bool:
    """A line end of the layout taken for the author's."""
    place = _choose(rows, rng, _LEAST)
    if place is None:
        return False
    name = rng.choice(texts_of(rows.fields[place], _LEAST))
    text = rows.fields[place][name]
    at = rng.randrange(2, len(text) - 2)
    rows.set(place, name, f"{text[:at]}\n{text[at:]}")
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
