"""Read a font's ToUnicode map as programs write it (PDF 32000-1, 9.10.3).

A map is a program in PostScript, which pdfminer reads byte by byte: 3 % of the time of an annex of
16 pages, 8 % of one of three. A map in any other form than the usual one is left to pdfminer.
"""

import re
from binascii import unhexlify
from collections.abc import Callable, Iterator
from itertools import chain, count, islice

_NAME = r"/[^\s#%/()<>\[\]{}]++"  # possessive: its digits are no number behind it
_CODE = r"<(?:[\dA-Fa-f]{2}){1,4}>"
_TEXT = r"<(?:[\dA-Fa-f]{2})+>"
_INFO = rf"<<(?:\s*{_NAME}\s*(?:\([^\\()]*\)|\d++))*+\s*>>"
_USUAL = re.compile(
    rf"""
    \s* /CIDInit \s* /ProcSet \s+ findresource \s+ begin \s+ \d+ \s+ dict \s+ begin \s+ begincmap\b
    (?: \s* (?:
        {_NAME} \s* (?: {_NAME} | \d+ | {_INFO} ) \s* def\b
        | \d+ \s+ begincodespacerange (?: \s* {_CODE} )*+ \s* endcodespacerange\b
        | \d+ \s+ beginbfchar (?: \s* {_CODE} \s* {_TEXT} )*+ \s* endbfchar\b
        | \d+ \s+ beginbfrange
          (?: \s* {_CODE} \s* {_CODE} \s* (?: {_TEXT} | \[ (?: \s* {_TEXT} )*+ \s* \] ) )*+
          \s* endbfrange\b
    ) )*+
    \s* endcmap (?: \s+ (?: CMapName | currentdict | /CMap | defineresource | pop | end ) )*+ \s*
    """.encode(),
    re.VERBOSE,
)
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CHARACTER = re.compile(rb"<(\w+)>\s*<(\w+)>")
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])")
_HEX = re.compile(rb"\w+")
# Entries; judgement: twice the glyphs that a font can have. A range may name all codes of 4 bytes.
_MOST = 2**17

Entry = tuple[int, bytes]
"""A code, and its text in UTF-16BE."""


def read_usual_map(data: bytes) -> list[Entry] | None:
    """The entries of a map, in order; None: it has another form."""
    if _USUAL.fullmatch(data) is None:
        return None
    sections = (_READ[kind](entries) for kind, entries in _SECTION.findall(data))
    return list(islice(chain.from_iterable(sections), _MOST))


def _read_characters(entries: bytes) -> Iterator[Entry]:
    for code, text in _CHARACTER.findall(entries):
        yield int(code, 16), unhexlify(text)


def _read_ranges(entries: bytes) -> Iterator[Entry]:
    for first, last, text, texts in _RANGE.findall(entries):
        if len(first) == len(last):
            codes = range(int(first, 16), int(last, 16) + 1)
            each = _count_on(unhexlify(text)) if text else map(unhexlify, _HEX.findall(texts))
            yield from zip(codes, each, strict=False)


def _count_on(text: bytes) -> Iterator[bytes]:
    """A text, and those of the codes behind its own; as with pdfminer, four bytes count at most."""
    kept, counted = text[:-4], text[-4:]
    for number in count(int.from_bytes(counted)):
        yield kept + (number % 256 ** len(counted)).to_bytes(len(counted))


_READ: dict[bytes, Callable[[bytes], Iterator[Entry]]] = {
    b"char": _read_characters,
    b"range": _read_ranges,
}
