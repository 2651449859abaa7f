"""Text that a PDF gives for a span of glyphs (PDF 32000-1, 14.9.4), spread over its glyphs."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.pdf.content.lexer import read_string, split_array
from pipeline.vocabulary.character_widths import is_ideograph, is_kana

_ENTRY = re.compile(rb"/ActualText\s*(.*)", re.DOTALL)
# They say where a line may break, or may not, and to which side a text runs.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def drop_unseen(text: str) -> str:
    """The text without the characters that a reader sees nothing of."""
    return _UNSEEN.sub("", text)


def read_actual_text(operands: bytes) -> str | None:
    """The replacement text in the operands of BDC, as far as they hold it themselves."""
    found = _ENTRY.search(operands)
    strings = split_array(found[1]) if found is not None else []
    return decode_text(read_string(strings[0])) if strings and strings[0][:1] in b"(<" else None


def decode_text(text: bytes) -> str:
    """Decode a text string (PDF 32000-1, 7.9.2.2)."""
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "ignore")
    if text.startswith(b"\xef\xbb\xbf"):
        return text[3:].decode("utf-8", "ignore")
    return text.decode("latin-1")


def spread_text(glyphs: Sequence[str], actual: str) -> list[str]:
    """Spread a replacement text over the glyphs that it replaces.

    Glyphs at both ends that agree with the text keep theirs; the glyphs between them share the rest
    evenly. Kanji and kana stand for one character each: where most of these are such, and the rest
    has more or fewer, it says something else than a reader sees, and all glyphs keep theirs.

    Args:
        actual: What they stand for together.

    Returns:
        A text for each glyph. A replacement without a character leaves the glyphs as they are: a
        reader sees them.
    """
    given, actual = actual, drop_unseen(actual)
    if given != actual == "":  # some programs draw a space for it
        return ["" if glyph.isspace() else glyph for glyph in glyphs]
    if not actual.strip() or not glyphs:
        return list(glyphs)
    first, start, last, end = 0, 0, len(glyphs), len(actual)
    while first < last and actual.startswith(glyphs[first], start, end):
        start += len(glyphs[first])
        first += 1
    while first < last and actual.endswith(glyphs[last - 1], start, end):
        last -= 1
        end -= len(glyphs[last])
    between = glyphs[first:last]
    letters = sum(is_ideograph(text) or is_kana(text) for text in between)
    if 2 * letters > len(between) != len(actual[start:end].strip()):
        return list(glyphs)
    if start < end and first == last:  # no glyph stands for the rest: its neighbour takes it
        first, start = (first - 1, start - len(glyphs[first - 1])) if first else (first, start)
        last, end = (last, end) if last > first else (last + 1, end + len(glyphs[last]))
    count, rest = last - first, actual[start:end]
    cuts = [-(-len(rest) * place // max(count, 1)) for place in range(count + 1)]
    return [*glyphs[:first], *(rest[a:b] for a, b in pairwise(cuts)), *glyphs[last:]]
