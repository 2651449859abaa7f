"""Map characters that a PDF's producer exchanged back to those that an author types."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

_KANGXI = range(0x2F00, 0x2FD6)  # standard: Unicode, block Kangxi Radicals
# standard: Unicode, blocks CJK Compatibility Ideographs and its Supplement
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Step → character found → character made."""
    listed = yaml.safe_load(files(__package__).joinpath("character_repairs.yml").read_text("utf-8"))
    return {
        "kangxi_radical": {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in _KANGXI},
        "compatibility_ideograph": dict(_compatibility_ideographs()),
        **listed,
    }


def _compatibility_ideographs() -> Iterator[tuple[str, str]]:
    for block in _COMPATIBILITY:
        for code in block:
            made = unicodedata.normalize("NFC", chr(code))
            # 神 or 﨑 in a name can be typed on any Japanese system (they are in cp932): the author
            # typed it. A character that cannot be typed came from the producer.
            if made != chr(code) and not _is_typeable(chr(code)):
                yield chr(code), made


def _is_typeable(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _repairs() -> dict[str, tuple[str, str]]:
    return {
        found: (step, made) for step, table in _tables().items() for found, made in table.items()
    }


def repair_text(text: str) -> str:
    """Map every exchanged character back, one for one; all others stay.

    Authors type ④, Ⅲ, ㈱ and full- or half-width forms, so NFKC would change too much.
    """
    repairs = _repairs()
    if repairs.keys().isdisjoint(text):
        return text
    return "".join(repairs.get(character, ("", character))[1] for character in text)


def find_exchanges(text: str) -> Iterator[tuple[str, str, str]]:
    """Find the exchanged characters of a text.

    Yields:
        The step, the character found and the character made, for each of them.
    """
    repairs = _repairs()
    if repairs.keys().isdisjoint(text):
        return
    for character in text:
        if character in repairs:
            yield repairs[character][0], character, repairs[character][1]
