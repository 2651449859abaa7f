"""Map characters that a PDF's producer exchanged back to those that an author types."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from pipeline.vocabulary.data_files import read_data

_KANGXI = range(0x2F00, 0x2FD6)  # standard: Unicode, block Kangxi Radicals
# standard: Unicode, blocks CJK Compatibility Ideographs and its Supplement
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
# Kana in the order of Unicode, but for the two codes that no character has. Programs that take the
# glyph numbers of some fonts for characters call them, in this order, ideographs from U+46D1 on:
# 䛣䛾年 for この年.
_KANA = (*range(0x3041, 0x3097), *range(0x3099, 0x3100))
_GARBLED_KANA = range(0x46D1, 0x46D1 + len(_KANA))


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Step → character found → character made."""
    listed = read_data(__package__, "character_repairs.yml")
    return {
        "kangxi_radical": {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in _KANGXI},
        "compatibility_ideograph": dict(_compatibility_ideographs()),
        "garbled_kana": {chr(c): chr(k) for c, k in zip(_GARBLED_KANA, _KANA, strict=True)},
        **listed,
    }


def _compatibility_ideographs() -> Iterator[tuple[str, str]]:
    found = "".join(chr(code) for block in _COMPATIBILITY for code in block)
    # 神 or 﨑 in a name can be typed on any Japanese system (they are in cp932): the author typed
    # it. A character that cannot be typed came from the producer.
    typeable = set(found.encode("cp932", "ignore").decode("cp932"))
    for character in found:
        made = unicodedata.normalize("NFC", character)
        if made != character and character not in typeable:
            yield character, made


@cache
def _repairs() -> dict[str, tuple[str, str]]:
    return {
        found: (step, made) for step, table in _tables().items() for found, made in table.items()
    }


@cache
def _candidates() -> re.Pattern[str]:
    """Finds exchanged characters, and others of their blocks: five times as fast as a dict does."""
    blocks = (_KANGXI, *_COMPATIBILITY, _GARBLED_KANA)
    ranges = "".join(f"{chr(block.start)}-{chr(block.stop - 1)}" for block in blocks)
    others = (found for found in _repairs() if not any(ord(found) in block for block in blocks))
    return re.compile(f"[{ranges}{re.escape(''.join(others))}]")


def repair_text(text: str) -> str:
    """Map every exchanged character back, one for one; all others stay.

    Authors type ④, Ⅲ, ㈱ and full- or half-width forms, so NFKC would change too much.
    """
    if not _candidates().search(text):
        return text
    made = {place: made for place, _, made in _find(text)}
    return "".join(made.get(place, character) for place, character in enumerate(text))


def find_exchanges(text: str) -> Iterator[tuple[str, str, str]]:
    """Find the exchanged characters of a text.

    Yields:
        The step, the character found and the character made, for each of them.
    """
    for place, step, made in _find(text):
        yield step, text[place], made


def _find(text: str) -> Iterator[tuple[int, str, str]]:
    """The place, the step and the character made, of each exchanged character of a text."""
    repairs = _repairs()
    for place, character in enumerate(text):
        step, made = repairs.get(character, ("", ""))
        if step and (step not in _WHERE or _WHERE[step](text, place)):
            yield place, step, made


def _is_among_wide(text: str, place: int) -> bool:
    """Whether the neighbours of a character are wide; a line's end has none."""
    around = [other for other in (text[:place][-1:], text[place + 1 :][:1]) if other]
    repaired = [_repairs().get(other, ("", other))[1] for other in around]
    return bool(around) and all(unicodedata.east_asian_width(other) in "WF" for other in repaired)


def _is_inside_line(text: str, place: int) -> bool:
    """Whether a character has others on both sides: a soft hyphen is drawn at a line's end only."""
    return bool(text[:place].strip() and text[place + 1 :].strip())


_WHERE: dict[str, Callable[[str, int], bool]] = {
    "division_slash": _is_among_wide,
    "soft_hyphen": _is_inside_line,
}
"""Step → whether it is for the character at a place of a line; the other steps are for all."""
