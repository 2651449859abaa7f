"""Breaks the lines of a field in another way, as a person says."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from pipeline.normalize.record import RecordField
from pipeline.normalize.text import Text

Join = Callable[[Sequence[bool]], Text]
"""The text of a field from, for each line end but the last, whether the author made it."""


class _Places:
    """Where the places between the characters of one text are in another."""

    def __init__(self, before: str, after: str) -> None:
        self._blocks = Levenshtein.opcodes(before, after)
        self._end = len(after)

    def behind(self, place: int) -> int:
        """The place behind the character that stands before `place`."""
        for block in self._blocks:
            if block.src_start < place <= block.src_end:
                same = block.tag == "equal"
                return block.dest_start + place - block.src_start if same else block.dest_end
        return 0

    def before(self, place: int) -> int:
        """The place before the character that stands behind `place`."""
        for block in self._blocks:
            if block.src_start <= place < block.src_end:
                same = block.tag == "equal"
                return block.dest_start + (place - block.src_start if same else 0)
        return self._end


def find_line_ends(entry: RecordField, text: str) -> list[bool]:
    """For each line end of a field but the last whether a text breaks there.

    Args:
        text: The text that it has now: as read, or as somebody corrected it.
    """
    if text == entry.text.value:
        return [decision.kept for decision in entry.decisions]
    places, spans = _Places(entry.text.value, text), entry.text.spans
    return [
        "\n" in text[places.behind(end) : max(places.before(start), places.behind(end))]
        for (_, end), (start, _) in pairwise(spans)
    ]


def change_line_ends(entry: RecordField, text: str, wanted: Mapping[int, bool], join: Join) -> str:
    """The text of a field with some of its line ends changed, and nothing else.

    Args:
        text: The text that it has now.
        wanted: Index of a line end → whether the author made it.
    """
    now = find_line_ends(entry, text)
    base, target = (
        join(ends).value for ends in (now, [wanted.get(i, kept) for i, kept in enumerate(now)])
    )
    places = _Places(base, text)
    for edit in reversed(list(Levenshtein.opcodes(base, target))):
        if edit.tag != "equal":
            first = places.behind(edit.src_start)
            replaces = edit.src_end > edit.src_start
            last = max(first, places.before(edit.src_end)) if replaces else first
            text = text[:first] + target[edit.dest_start : edit.dest_end] + text[last:]
    return text
