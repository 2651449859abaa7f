"""Join physical lines to logical text that remembers which line each character is from."""

import re
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.model import Line
from pipeline.normalize.latin_words import LatinWords
from pipeline.normalize.line_ends.line_breaks import Decision
from pipeline.normalize.line_ends.line_end_context import is_inside_address
from pipeline.vocabulary.character_widths import is_ideograph
from pipeline.vocabulary.line_marks import ADDRESS, FIRST_RUN, LAST_RUN

_BREAKABLE = frozenset("-/&=_#+~\\")  # a program may break behind these without a space
_ABBREVIATION = re.compile(r"[^\x00-\x7f] ?[!-~]*[A-Za-z]\.$")
_NUMBERED = re.compile(r"[A-Za-z-]{3}[a-z]$")  # Society / 5.0, but not p / 12 and COVID- / 19
_STOPS = ":;,"  # no program breaks behind them without a space; standard: UAX 14, LB29
_BRACKETS = "([{"  # some programs part them from the word behind them, and no space follows them
_OPENING = "\"'([{"  # behind a space: some programs break behind them, too
_NO_SPACE_BEFORE = frozenset(")]}@,.;:!?")
# Share of the lines that leave room; judgement: a program that parts words leaves room on next to
# none, one that moves them on more than half.
_MOVES_WORDS = 0.2
# Lines that leave room, before the annex shows any. Pseudo-count; judgement: office programs move
# words, and a word that just had no room (Cohen's / d) is found sooner than one that is parted.
_USUAL = 0.4
_LAST_LETTERS, _FIRST_LETTERS = re.compile("[a-z]+$"), re.compile("[a-z]+")
_SCHEME = re.compile(r"([a-z]*):?//")
_NUMBER = re.compile(r"\d[.,]?$")
_DIGITS = re.compile(r"\d+")
# standard: Unicode, the letters up to Latin Extended-B, and Latin Extended Additional: ç, ệ
_LATIN = re.compile("[!-~]|(?![×÷])[\u00c0-\u024f\u1e00-\u1eff]")
_GOES_ON = re.compile(r"-\d")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")  # 1, / 204 is one number, 45, / 2nd are two
_SCHEMES = ("http", "https", "ftp")
_ROOM = 0.1  # em; judgement: less than the narrowest letter
# Em; judgement: as wide as a letter and the stop that may not begin the next line.
_ROOM_IN_TOKEN = 1.0
_LONGEST_WORD = 20  # letters; judgement: internationalization
# measured: of 26 such spaces in 240 made annexes 20 were right, and 5 of the others are now known.
_SURE_OF_SPACE = 0.9
_EXACT = 0.005  # em; judgement: coordinates of PDFs are rounded to less than a hundredth of a point


class Text(Struct, frozen=True, gc=False):
    """A field's logical text."""

    value: str
    spans: tuple[tuple[int, int], ...]
    """For each physical line the indexes [start, end) of its characters in `value`."""
    confidence: float = 1.0
    """The probability that the white space between its Latin words is right."""


def list_runs(lines: Iterable[Line]) -> set[str]:
    """The shapes of the ASCII runs within lines that are no mere words: p.0 for p.31, 0mm."""
    runs = set(FIRST_RUN.findall("\n".join([line.text for line in lines])))
    return {_find_shape(run) for run in runs if not run.isalpha()}


def _find_shape(run: str) -> str:
    """A run with 0 for each number."""
    return _DIGITS.sub("0", run)


def wraps_words(decisions: Iterable[Decision], runs: Container[str]) -> bool:
    """Whether the annex's program moves whole Latin words to the next line.

    It does where lines that end between Latin characters have room for one more, or had it before
    justification widened the line: a program that parts words leaves none, one that moves them
    leaves some at least behind every other word. A line without room tells nothing where no word
    is parted: in an address, before a bracket. Where one tells, or none, it does, as those of
    offices do.

    Args:
        runs: What `list_runs` finds in its lines: p. / 31 is parted if a p.8 is among them.
    """
    ends = [
        decision
        for decision in decisions
        if not decision.kept
        and _between_latin(decision.candidate.before.text, decision.candidate.after.text)
    ]
    spaces = [_measure_spaces(end.candidate.before) for end in ends]
    last = [_measure_spaces(end.candidate.after) for end in ends]  # nothing widens the last line's
    narrowest = min((width for widths in (*spaces, *last) for width in widths), default=0.0)
    rooms = [
        room
        for end, widths in zip(ends, spaces, strict=True)
        if (room := _has_room(end, sum(widths) - narrowest * len(widths)))
        or _parts_words(end)
        or _parts_run(end, runs)
    ]
    return sum(rooms) + _USUAL > _MOVES_WORDS * (len(rooms) + _USUAL)


def _has_room(end: Decision, widened: float) -> bool:
    """Whether a line had room for one more letter before its spaces were widened, in em."""
    room = end.room + widened + _measure_stretch(end.candidate.before)
    return room > (_ROOM_IN_TOKEN if _parts_token(end) else _ROOM)


def _parts_words(end: Decision) -> bool:
    """Whether a line's end stands between two Latin letters or digits of no address or number.

    Between the two kinds it may stand between two words: ISO / 14001.
    """
    left, right = end.candidate.before.text.rstrip(), end.candidate.after.text.lstrip()
    alike = left[-1].isalpha() == right[0].isalpha()
    return left[-1].isalnum() and right[0].isalnum() and alike and not _parts_token(end)


def _parts_run(end: Decision, runs: Container[str]) -> bool:
    """Whether a line's end parts what is one run elsewhere, on a line that has more than it."""
    before, after = end.candidate.before.text.strip(), end.candidate.after.text.lstrip()
    left, right = LAST_RUN.search(before), FIRST_RUN.match(after)
    if left is None or right is None or left[0] == before:
        return False
    return _find_shape(left[0] + right[0]) in runs


def _parts_token(end: Decision) -> bool:
    left, right = end.candidate.before.text.rstrip(), end.candidate.after.text.lstrip()
    return _is_inside_token(left, right) or is_inside_address(left, right)


def _measure_spaces(line: Line) -> list[float]:
    """The width of each space inside a line, in em."""
    text, size = line.text.rstrip(), max(line.size, 1.0)
    places = (place for place, character in enumerate(text) if character == " " and place)
    return [(line.edges[place + 1] - line.edges[place]) / size for place in places]


def _measure_stretch(line: Line) -> float:
    """How far justification moved kanji apart beyond the line's gap, in em.

    A line of Latin words and a few kanji has no gap: the program stretches no word. The space
    between a kanji and a Latin letter is the program's own.
    """
    size, gap = max(line.size, 1.0), max(line.gap, 0.0)
    return sum(
        max(0.0, right - left - size - gap) / size
        for character, following, (left, right) in zip(
            line.text, line.text[1:], pairwise(line.edges), strict=False
        )
        if is_ideograph(character) and not following.isascii()
    )


def join_physical_lines(
    lines: Sequence[Line], kept: Sequence[bool], rooms: Sequence[float], words: LatinWords
) -> Text:
    """Join physical lines where the layout broke them.

    Args:
        kept: For each line end but the last whether the author made it.
        rooms: For each of them the room behind the next character, in em.
    """
    value = ""
    spans = []
    confidence = 1.0
    for index, line in enumerate(lines):
        text = line.text.rstrip()
        if index and kept[index - 1]:
            value += "\n"
        elif index:
            bare = text.lstrip(" ")
            white = lines[index - 1].tail + text[: len(text) - len(bare)]
            text = bare
            if not _between_latin(value, text):  # true of most lines
                joint = "\u3000" * white.count("\u3000")
            elif white:
                joint = " "
            else:
                joint, sure = _join_latin(value, lines[index - 1], text, rooms[index - 1], words)
                confidence *= sure
            value += joint
        spans.append((len(value), len(value) + len(text)))
        value += text
    return Text(value, tuple(spans), confidence)


def _join_latin(
    before: str, line: Line, after: str, room: float, words: LatinWords
) -> tuple[str, float]:
    """What stands between two Latin characters that a wrap parted, and how sure that is, 0-1.

    Args:
        before: The text so far.
        line: Its last line.
        after: The next line.
        room: The room behind the next character on the last line, in em.
    """
    known = words.find_known_joint(line.text, after)
    if known is not None:
        return known, 1.0
    joint = _find_joint(before, after, _moves_word(line.text, after, room, words.moved))
    doubtful = room <= _EXACT and _may_be_other(before, joint, after, words.moved)
    return joint, _SURE_OF_SPACE if doubtful else 1.0


def _may_be_other(before: str, joint: str, after: str, words: bool) -> bool:
    """Whether a line without room may end within a word, or between two (E-mail: / doro-8@).

    Args:
        words: The program moves whole words. One that parts them ends a line between two by chance.
    """
    letter = after[0].isascii() and after[0].isalpha()
    stopped = before[-1] in _STOPS or (not words and before[-1].isascii() and before[-1].isalnum())
    return joint == " " or (stopped and letter)


def _moves_word(before: str, after: str, room: float, words: bool) -> bool:
    """Whether the next line begins with a whole word, in a program that moves or parts them.

    Where a program parts words, room for one more letter shows that a space was there. So does a
    capital behind a small letter. Where it moves words, it parts one that is wider than the column:
    the line has nothing else, and no room.
    """
    has_room = room > -_EXACT
    run = None if has_room else LAST_RUN.search(before)
    is_wider = run is not None and run.group() == before.strip()
    is_wider = is_wider and not _are_too_long(before, after)
    if not has_room and before[-1].isdigit() and _GOES_ON.match(after):  # 表5.3 / -12
        return False
    if not (before[-1].isalpha() and after[0].isalpha()):
        if words:  # ISO / 14001 are two, Reviewer / #1 too
            two = before[-1].isalnum() and (after[0].isalnum() or after[0] == "#")
            return not is_wider or (two and before[-1].isalpha() != after[0].isalpha())
        if after[0].isdigit() and _NUMBERED.search(before):
            return True
        return has_room and before[-1] in _STOPS and after[0].isalnum()
    if has_room or (before[-1].islower() and after[0].isupper()):
        return True
    return words and not is_wider


def _are_too_long(before: str, after: str) -> bool:
    """Whether the letters on both sides are too many for one word: disproportionate / burden."""
    left, right = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    return left is not None and right is not None and len(left[0] + right[0]) > _LONGEST_WORD


def _find_joint(before: str, after: str, words: bool) -> str:
    """Find what stands between two joined lines.

    Args:
        before: The text so far.
        after: The next line.
        words: Whether the program moves whole words: then the wrap swallowed a space between two
            Latin ones.
    """
    run = LAST_RUN.search(before)
    address = run is not None and ADDRESS.search(run.group()) is not None
    # shisetsu / -1@city.example.jp, but E-mail / shisetsu@city.example.jp
    address = address or (not after[0].isalnum() and is_inside_address(before, after))
    opens = before[-1] in _BRACKETS or (
        before[-1] in _OPENING and not before[:-1].rstrip(_OPENING)[-1:].strip()
    )
    # A sign between two spaces is a word: n = / 12, research & / development.
    sign = before[-1] in _BREAKABLE and not before[:-1].endswith(" ")
    # （Ver. / 2.1）, 第2章 p. / 31: who writes Japanese types no space there.
    short = after[0].isdigit() and _ABBREVIATION.search(before) is not None
    # ISO / /IEC and Wi / -Fi, but not A / / B
    goes_on = re.match(r"/\w|-[A-Za-z]", after) is not None
    breakable = opens or sign or address or short or goes_on or _is_inside_token(before, after)
    return " " if words and not breakable and after[0] not in _NO_SPACE_BEFORE else ""


def _is_inside_token(before: str, after: str) -> bool:
    """Whether a line's end falls inside a number or a web address."""
    if after[0].isdigit() and _NUMBER.search(before):
        return before[-1] != "," or _THOUSANDS.match(after) is not None
    scheme = _SCHEME.match(after)
    return scheme is not None and scheme[1] not in _SCHEMES


def _between_latin(before: str, after: str) -> bool:
    return all(map(_LATIN.match, (before.rstrip()[-1], after.lstrip()[0])))
