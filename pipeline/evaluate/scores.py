"""The contract's scores: how close found records are to what their authors typed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from json import dumps
from operator import add

from msgspec import Struct
from msgspec.structs import astuple
from rapidfuzz.distance import Levenshtein

from pipeline.evaluate.align import align
from pipeline.model import remove_white_space

Fields = Mapping[str, str | None]
"""A record's texts: role, or `extra:` and the printed header → logical text."""
Labels = Mapping[str, object]
"""A record's other values: title, caption, location, section, pages, clipped …"""


MarkedCharacter = tuple[str, int, str]
"""Field, index of the character, kind of the mark."""


class Comparable(Struct, frozen=True):
    """A record in the form in which it is compared."""

    name: str
    """Its record_id, or its place in the truth."""
    fields: Fields
    labels: Labels
    marks: frozenset[MarkedCharacter] | None = None
    """None: the truth does not say what is marked."""


class Counts(Struct, frozen=True):
    """The counts that scores are computed from; those of several annexes add up."""

    truth_records: int = 0
    found_records: int = 0
    matched_records: int = 0
    whole_records: int = 0
    truth_fields: int = 0
    exact_fields: int = 0
    flat_fields: int = 0
    truth_breaks: int = 0
    found_breaks: int = 0
    right_breaks: int = 0
    edits: int = 0
    truth_characters: int = 0
    truth_labels: int = 0
    right_labels: int = 0
    marked_characters: int = 0
    """Those that the truth or the record calls marked, where they have the same text."""
    right_marks: int = 0
    unaccounted: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*map(add, astuple(self), astuple(other)))

    def scores(self) -> dict[str, float]:
        """Compute the scores by name; a share of nothing is 1."""
        return {
            "record_f1": _share(2 * self.matched_records, self.truth_records + self.found_records),
            "whole": _share(self.whole_records, self.truth_records),
            "exact": _share(self.exact_fields, self.truth_fields),
            "flat": _share(self.flat_fields, self.truth_fields),
            "break_f1": _share(2 * self.right_breaks, self.truth_breaks + self.found_breaks),
            "cer": self.edits / self.truth_characters if self.truth_characters else 0.0,
            "labels": _share(self.right_labels, self.truth_labels),
            "marks": _share(self.right_marks, self.marked_characters),
            "unaccounted": self.unaccounted,
        }


class Difference(Struct, frozen=True):
    """A field that differs from the truth."""

    record: str
    field: str
    """`*`: the whole record."""
    truth: str | None
    """None: the truth has no such record."""
    found: str | None
    """None: no such record was found."""


def compare_records(
    truth: Sequence[Comparable], found: Sequence[Comparable]
) -> tuple[Counts, list[Difference]]:
    """Score the found records of an annex against the true ones.

    Returns:
        The counts, and each field or label that differs.
    """
    counts = Counts(truth_records=len(truth), found_records=len(found))
    differences: list[Difference] = []
    for true, other in pair_records(truth, found):
        if true is not None:
            fields: Fields = other.fields if other is not None else {}
            counts += _compare_fields(true.fields, fields, other is not None)
        if true is not None and other is not None:
            counts += _compare_labels(true.labels, other.labels)
            counts += _compare_marks(true, other)
        differences += _find_differences(true, other)
    return counts, differences


def pair_records(
    truth: Sequence[Comparable], found: Sequence[Comparable]
) -> Iterator[tuple[Comparable | None, Comparable | None]]:
    """Align records in reading order: each true record with the found one, None where it lacks."""
    for i, j in align([_all_text(r) for r in truth], [_all_text(r) for r in found]):
        yield truth[i] if i is not None else None, found[j] if j is not None else None


def _find_differences(true: Comparable | None, found: Comparable | None) -> list[Difference]:
    if true is None:
        return [Difference(found.name, "*", None, _all_text(found))] if found is not None else []
    if found is None:
        return [Difference(true.name, "*", _all_text(true), None)]
    texts = [
        Difference(found.name, name, text, found.fields.get(name))
        for name, text in true.fields.items()
        if text is not None and normalize_space(text) != normalize_space(found.fields.get(name))
    ]
    labels = [
        Difference(found.name, name, str(label), str(found.labels.get(name)))
        for name, label in true.labels.items()
        if not _same_label(label, found.labels.get(name))
    ]
    return texts + labels


def _compare_labels(truth: Labels, found: Labels) -> Counts:
    right = sum(_same_label(label, found.get(name)) for name, label in truth.items())
    return Counts(truth_labels=len(truth), right_labels=right)


def _compare_marks(truth: Comparable, found: Comparable) -> Counts:
    """Compare marks in the fields whose texts are equal: elsewhere the places differ."""
    if truth.marks is None or found.marks is None:
        return Counts()
    same = {name for name, text in truth.fields.items() if text == found.fields.get(name)}
    expected = {mark for mark in truth.marks if mark[0] in same}
    marked = {mark for mark in found.marks if mark[0] in same}
    return Counts(marked_characters=len(expected | marked), right_marks=len(expected & marked))


def _same_label(one: object, other: object) -> bool:
    """Whether two labels are equal, white space aside."""
    # Not `str`: inside a list it would write an ideographic space as an escape.
    return flat(dumps(one, ensure_ascii=False)) == flat(dumps(other, ensure_ascii=False))


def _compare_fields(truth: Fields, found: Fields, matched: bool) -> Counts:
    counts = Counts(matched_records=int(matched))
    whole = matched
    for name, text in truth.items():
        if text is None:
            continue
        other = found.get(name)
        exact = matched and normalize_space(text) == normalize_space(other)
        same = matched and flat(text) == flat(other)
        true_breaks, found_breaks = find_breaks(text), find_breaks(other)
        whole = whole and exact
        counts += Counts(
            truth_fields=1,
            exact_fields=int(exact),
            flat_fields=int(same),
            truth_breaks=len(true_breaks) if same else 0,
            found_breaks=len(found_breaks) if same else 0,
            right_breaks=len(true_breaks & found_breaks) if same else 0,
            edits=Levenshtein.distance(flat(text), flat(other)),
            truth_characters=len(flat(text)),
        )
    return counts + Counts(whole_records=int(whole))


def normalize_space(text: str | None) -> str:
    """Remove all white space but line breaks and single spaces between ASCII characters."""
    lines = ("".join(_spaces_in_ascii(line.strip())) for line in (text or "").splitlines())
    return "\n".join(line for line in lines if line)


def _spaces_in_ascii(line: str) -> list[str]:
    words = line.split()
    kept = words[:1]
    for before, word in pairwise(words):
        kept += [" ", word] if before[-1].isascii() and word[0].isascii() else [word]
    return kept


def flat(text: str | None) -> str:
    """Remove all white space."""
    return remove_white_space(text or "")


def find_breaks(text: str | None) -> set[int]:
    """The positions of the line breaks, counted in characters of the flat text."""
    places, at = set(), 0
    for line in normalize_space(text).split("\n"):
        at += len(flat(line))
        places.add(at)
    places.discard(at)
    return places


def _all_text(record: Comparable) -> str:
    return "".join(flat(record.fields[name]) for name in sorted(record.fields))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
