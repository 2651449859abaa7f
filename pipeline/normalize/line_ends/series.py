"""Weigh whether a line end is that of an item of a list: ① … / ② …, ・… / ・…."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate

from pipeline.model import Segmented
from pipeline.normalize.line_ends.candidates import Candidate, FieldKey, list_fields
from pipeline.normalize.line_ends.line_endings import LineEnding
from pipeline.normalize.line_ends.odds_of_many import SETTLED
from pipeline.vocabulary.answered_items import read_answered_items, read_joint_ordinal
from pipeline.vocabulary.line_marks import (
    LineStart,
    begins_with_mark,
    classify_line_start,
    read_bare_ordinal,
    read_entry_label,
    read_last_ordinal,
    read_numbered_label,
    read_ordinal,
)

# Log-odds. measured: of 119,590 wraps of made annexes none goes on with a series, of 1,897 of
# published ones 2, as 93 of 621 breaks do; a fifth of that for what those do not show.
_SERIES = 3.0
# Log-odds. measured: of 3,600 items of real and made annexes behind others without a full stop 7 %
# hold one.
_CLOSED = 2.6
# Characters; judgement: who speaks is named in a word (教育委員会事務局), a remark in more.
_SPEAKER = re.compile(r"[（(【〔＜<][^（(）)【】〔〕＜＞<>\s]{1,8}[）)】〕＞>]")
# Log-odds; judgement: who ends a paragraph with a quoted sentence mostly began one with it, but may
# have named its source right before it.
_QUOTED = 2.0
_BRACKETS = {"「": 1, "」": -1}
_OPENERS = 2  # texts or lines; judgement: one may open with a remark by chance
_BULLETS = (LineStart.BULLET, LineStart.HEADING)
_ITEMS = (LineStart.BULLET, LineStart.ENCLOSED, LineStart.BRACKETED, LineStart.NUMBERED)

_LastOrdinals = dict[tuple[FieldKey, str], int]
"""Field and kind of mark (or how a label begins) → the last number that such a one had there."""


def weigh_series(
    segmented: Segmented, candidates: Sequence[Candidate], odds: Sequence[float]
) -> list[float]:
    """Weigh series: ② begins a line where ① began one before it in the field, ・ where ・ did.

    Or a line ends the last item of a list, and a sentence follows that would be its only one; or a
    quoted sentence follows that its author ended a line with.

    Args:
        odds: What the other witnesses say of each candidate, as log-odds.

    Returns:
        Log-odds (natural logarithm) that the author made each break.
    """
    weights = []
    last: _LastOrdinals = {}
    bullets: set[tuple[FieldKey, str]] = set()
    first_items, entries = _find_first_items(candidates, odds), _find_entries(candidates)
    closed = _find_closed_lists(candidates, odds)
    speakers = _find_speakers(segmented, candidates, odds)
    quotations = _find_quotations(candidates, odds)
    for place, (candidate, own) in enumerate(zip(candidates, odds, strict=True)):
        if candidate.index == 0:
            t, r, c = candidate.field
            first = segmented.tables[t].rows[r].fields[c].lines[0]
            _remember_ordinal(last, candidate.field, first.text.lstrip())
        text = candidate.after.text.lstrip()
        if _is_bullet(candidate.before.text):
            bullets.add((candidate.field, candidate.before.text[0]))
        number, start = read_ordinal(text) or read_bare_ordinal(text), classify_line_start(text)
        follows = (
            (number is not None and last.get((candidate.field, start)) == number - 1)
            or (
                start in _BULLETS
                and (candidate.field, text[0]) in bullets
                and not _has_choices(candidate.before.text)
            )
            or place in first_items
            or place in entries
            or place in speakers
            or _begins_next_answer(candidate, last)
        )
        weight = _CLOSED if place in closed else _QUOTED if place in quotations else 0.0
        weights.append(_SERIES if follows else weight)
        if own + weights[-1] > 0:
            _remember_ordinal(last, candidate.field, text)
    return weights


def _is_bullet(text: str) -> bool:
    return classify_line_start(text) in _BULLETS


def _has_choices(text: str) -> bool:
    """Whether several boxes stand on one line: □はい　☑いいえ / □不明."""
    return any(map(_is_bullet, text.split()[1:]))


def _find_first_items(candidates: Sequence[Candidate], odds: Sequence[float]) -> set[int]:
    """Find the first items of series: ア．, where イ．begins a line of the field after it.

    Returns:
        The indexes of the line ends before them.
    """
    found = set()
    following: _LastOrdinals = {}
    for place in reversed(range(len(candidates))):
        text = candidates[place].after.text.lstrip()
        number, key = read_ordinal(text), (candidates[place].field, classify_line_start(text))
        if number == 1 and following.get(key) == 2:
            found.add(place)
        if number is not None and (number == 1 or odds[place] > 0):
            following[key] = number
    return found


def _find_entries(candidates: Sequence[Candidate]) -> set[int]:
    """Find the line ends before entries of a list that begin alike: 要望日　６月, 要望日　２月."""
    places: defaultdict[tuple[FieldKey, str], list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        label = read_entry_label(candidate.after.text)
        if label is not None:
            places[candidate.field, label].append(place)
    return {place for alike in places.values() if len(alike) > 1 for place in alike}


def _find_speakers(
    segmented: Segmented, candidates: Sequence[Candidate], odds: Sequence[float]
) -> set[int]:
    """Find the line ends behind a sentence and before one who speaks: （委員）…。 / （事務局）….

    Such a label opens other texts or lines of the annex, and stands inside of none.
    """
    openers: Counter[str] = Counter()
    places: dict[int, str] = {}
    for place, (candidate, own) in enumerate(zip(candidates, odds, strict=True)):
        label = _SPEAKER.match(candidate.after.text)
        if label is not None and own >= SETTLED:
            openers[label.group()] += 1
        elif label is not None and candidate.context.ending is LineEnding.SENTENCE:
            places[place] = label.group()
    if not places:
        return set()
    fields = [field.lines for _, field in list_fields(segmented) if field.lines]
    firsts = (_SPEAKER.match(lines[0].text) for lines in fields)
    openers.update(label.group() for label in firsts if label is not None)
    inside = {
        label for lines in fields for line in lines for label in _SPEAKER.findall(line.text, 1)
    }
    return {
        place
        for place, label in places.items()
        if openers[label] >= _OPENERS and label not in inside
    }


def _find_quotations(candidates: Sequence[Candidate], odds: Sequence[float]) -> set[int]:
    """Find the line ends between a sentence and a quoted one that is a paragraph: 「…。」.

    It ends where its author ended a line, or with its field.
    """
    return {
        place
        for place, own in enumerate(candidates)
        if own.context.ending is LineEnding.SENTENCE
        and own.after.text.startswith("「")
        and _ends_with_quotation(candidates, odds, place)
    }


def _ends_with_quotation(
    candidates: Sequence[Candidate], odds: Sequence[float], place: int
) -> bool:
    """Whether the quotation that begins behind a line end ends a paragraph with a full stop."""
    depth, field = 0, candidates[place].field
    for index, own in enumerate(candidates[place:], start=place):
        if own.field != field:
            return False
        text = own.after.text.rstrip()
        depths = [*accumulate((_BRACKETS.get(c, 0) for c in text), initial=depth)][1:]
        if 0 in depths:
            is_last = index + 1 == len(candidates) or candidates[index + 1].field != field
            closes = depths.index(0) == len(text) - 1 and text.endswith("。」")
            return closes and (is_last or odds[index + 1] >= SETTLED)
        depth = depths[-1]
    return False


def _find_closed_lists(candidates: Sequence[Candidate], odds: Sequence[float]) -> set[int]:
    """Find the line ends behind a list whose items are no sentences, before a sentence.

    Returns:
        The indexes of the line ends before these sentences.
    """
    found = set()
    whole: dict[tuple[FieldKey, LineStart], bool] = {}
    item = ""
    for place, (candidate, own) in enumerate(zip(candidates, odds, strict=True)):
        before, after = candidate.before.text.lstrip(), candidate.after.text.lstrip()
        item = item if candidate.index and item else before
        key = candidate.field, classify_line_start(item)
        is_last = whole.get(key) is False and "。" not in item and key[1] in _ITEMS
        if is_last and not candidate.surely_wrapped and _begins_sentence(candidates, place):
            found.add(place)
        if own > 0:
            whole[key] = whole.get(key, False) or "。" in item
            item = after
        else:
            item += after
    return found


def _begins_sentence(candidates: Sequence[Candidate], place: int) -> bool:
    """Whether a full stop comes behind a line end before any list mark."""
    field = candidates[place].field
    for index in range(place, len(candidates)):
        text = candidates[index].after.text.lstrip()
        if candidates[index].field != field or begins_with_mark(text):
            return False
        if "。" in text:
            return True
    return False


def _begins_next_answer(candidate: Candidate, last: _LastOrdinals) -> bool:
    """Whether a line that follows a sentence answers the next items: ①…。 / ②、③資料編に.

    Or its label does: （意見１について）…。 / （意見２について）.
    """
    if candidate.context.ending is not LineEnding.SENTENCE:
        return False
    text = candidate.after.text
    answered = read_answered_items(text)
    if answered is not None:
        kind, first, _ = answered
        return last.get((candidate.field, kind)) == first - 1
    joint, label = read_joint_ordinal(text), read_numbered_label(text)
    if label is not None:
        return last.get((candidate.field, label[0])) == label[1] - 1
    return joint is not None and last.get((candidate.field, LineStart.ENCLOSED)) == joint - 1


def _remember_ordinal(last: _LastOrdinals, field: FieldKey, text: str) -> None:
    label, answered = read_numbered_label(text), read_answered_items(text)
    if label is not None:
        last[field, label[0]] = label[1]
    if answered is not None:
        last[field, answered[0]] = answered[2]
    number = read_last_ordinal(text) or read_bare_ordinal(text)
    if number is not None:
        last[field, classify_line_start(text)] = number
