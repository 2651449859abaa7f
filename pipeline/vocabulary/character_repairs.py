"""Characters that a PDF producer exchanged, mapped back to what an author types."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

_KANGXI = range(0x2F00, 0x2FD6)
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
            # 神 or 﨑 in a name can be typed on any Japanese system (they are in cp932): such a
            # character is its author's. What cannot be typed came from the producer.
            if made != chr(code) and not _typeable(chr(code)):
                yield chr(code), made


def _typeable(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _all_exchanged() -> dict[str, tuple[str, str]]:
    return {
        found: (step, made) for step, table in _tables().items() for found, made in table.items()
    }


def repair(text: str) -> str:
    """Map every exchanged character back, one for one; all others stay.

    ④, Ⅲ, ㈱ and full- or half-width forms are what authors type: no NFKC.
    """
    exchanged = _all_exchanged()
    if exchanged.keys().isdisjoint(text):
        return text
    return "".join(exchanged.get(character, ("", character))[1] for character in text)


def exchanged_in(text: str) -> Iterator[tuple[str, str, str]]:
    """The step, the character found and the character made, for each exchanged one in a text."""
    exchanged = _all_exchanged()
    if exchanged.keys().isdisjoint(text):
        return
    for character in text:
        if character in exchanged:
            yield exchanged[character][0], character, exchanged[character][1]
