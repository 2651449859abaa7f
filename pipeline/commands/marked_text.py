"""Cut texts where the page marks them, so that each piece is shown in one way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

MarkRow = Mapping[str, Any]
"""An entry of the column `marks`: field, start, end, kind."""


class Piece(Struct, frozen=True):
    """A piece of a text whose characters bear the same marks."""

    text: str
    kinds: tuple[str, ...] = ()
    """As in the column `marks`."""
    op: str = "equal"
    """What a redline does with it: `equal`, `delete` or `insert`."""


def cut_field(text: str, marks: Iterable[MarkRow], field: str) -> list[Piece]:
    """Cut a field's text at the ends of its marks; "" has no pieces."""
    return list(_cut(text, [mark for mark in marks if mark["field"] == field], 0, "equal"))


def cut_redline(runs: Sequence[Mapping[str, str]], marks: Sequence[MarkRow]) -> list[Piece]:
    """Cut the runs of a redline at the ends of the marks of both texts.

    Deleted text has the marks of `original_text`, all other those of `revision`.
    """
    pieces: list[Piece] = []
    place = {"original_text": 0, "revision": 0}
    for run in runs:
        op, text = run["op"], run["text"]
        field = "original_text" if op == "delete" else "revision"
        own = [mark for mark in marks if mark["field"] == field]
        pieces += _cut(text, own, place[field], op)
        if op != "insert":
            place["original_text"] += len(text)
        if op != "delete":
            place["revision"] += len(text)
    return pieces


def _cut(text: str, marks: Sequence[MarkRow], first: int, op: str) -> Iterator[Piece]:
    """Cut a text that stands at an index of the marked one."""
    if not marks:  # most texts
        if text:
            yield Piece(text, op=op)
        return
    last = first + len(text)
    ends = {first, last, *(m["start"] for m in marks), *(m["end"] for m in marks)}
    inside = sorted(end for end in ends if first <= end <= last)
    for start, end in pairwise(inside):
        kinds = {m["kind"] for m in marks if m["start"] <= start < m["end"]}
        yield Piece(text[start - first : end - first], tuple(sorted(kinds)), op)
