"""Morphemes from SudachiPy, which no other module imports."""

import threading
from collections.abc import Iterator
from functools import lru_cache

import sudachipy
from sudachipy import Dictionary, SplitMode

from pipeline.model import Morpheme
from pipeline.processes.memory import release_dictionary

# Characters; standard: SudachiPy takes 49,149 bytes at most, and UTF-8 needs up to 4 a character.
_LIMIT = 12_000
PREDICATES = ("動詞", "形容詞", "助動詞")
"""Parts of speech that a Japanese clause ends in."""
_PERSON = "人名"  # in SudachiDict's parts of speech
_SURU = "サ行変格"
# Texts whose morphemes are cached; judgement: they take some 3 MB, as equal morphemes are shared.
# Tokens and redline ask for the same text within a record, and an annex quotes itself.
_KEPT = 2**12
# Morphemes that are cached; judgement: ten times as many as the longest annex known has, 20 MB.
_KEPT_MORPHEMES = 2**16
_known: dict[tuple[int, str, str], Morpheme] = {}
"""SudachiPy's number of a word, its surface and its normalized form → the morpheme."""
_threads = threading.local()  # a tokenizer serves one thread and does not pickle
_opening = threading.Lock()


@lru_cache(_KEPT)
def analyze(text: str) -> tuple[Morpheme, ...]:
    """Split a text of any length into morphemes that together spell it."""
    pieces = (_tokenizer().tokenize(piece, SplitMode.C) for piece in _cut_pieces(text))
    return tuple([_read(m) for piece in pieces for m in piece])


def _read(m: sudachipy.Morpheme) -> Morpheme:
    """A morpheme, read once for all places where it occurs.

    One word has several spellings, and all that the dictionary lacks have one number. Of a sign
    that the tokenizer takes apart (⑾), what is behind the first part has no surface.
    """
    surface, normalized = m.surface(), m.normalized_form()
    key = m.word_id(), surface, normalized
    known = _known.get(key)
    if known is None:
        if len(_known) >= _KEPT_MORPHEMES:
            _known.clear()
        known = _known[key] = Morpheme(
            surface,
            m.dictionary_form(),
            normalized,
            m.part_of_speech(),
            _find_units(m, surface, normalized),
        )
    return known


def _find_units(m: sudachipy.Morpheme, surface: str, normalized: str) -> tuple[str, ...]:
    """The normalized forms of a morpheme's short units."""
    if len(surface) > 1 and (units := m.split(SplitMode.A, add_single=False)):
        return tuple([unit.normalized_form() for unit in units])
    return (normalized,)  # it is a short unit itself


def morphemes_at(text: str, place: int) -> tuple[Morpheme | None, Morpheme | None]:
    """Find the morphemes that end and begin at a place of a text; both None inside a morpheme.

    Args:
        text: A text of any length.
        place: How many of its characters stand before the place.
    """
    left, offset = None, 0
    for piece in _cut_pieces(text):
        for m in _tokenize(piece):
            if offset + m.end() == place:
                left = _read(m)
            elif offset + m.begin() >= place:
                return left, _read(m) if offset + m.begin() == place else None
        offset += len(piece)
    return left, None


@lru_cache(1)  # callers ask for the places inside one line one after the other
def _tokenize(piece: str) -> sudachipy.MorphemeList:
    return _tokenizer().tokenize(piece, SplitMode.C)


def measure_known_word(before: str, character: str, after: str) -> int:
    """The length of the dictionary's word that a character is part of; 0: it is part of none.

    A person's name counts as one character: any two ideographs are one (郷上, where 郷土 is meant).
    する is no part of a word: 署する in 設署する is no longer word than 設置.

    Args:
        before: What stands before it.
        character: The character.
        after: What stands behind it.
    """
    for m in _tokenizer().tokenize(before + character + after, SplitMode.C):
        if m.begin() <= len(before) < m.end():
            if m.is_oov():
                return 0
            ending = len("する") if _SURU in m.part_of_speech() else 0
            return 1 if _PERSON in m.part_of_speech() else max(m.end() - m.begin() - ending, 1)
    return 0


def _tokenizer() -> sudachipy.Tokenizer:
    if not hasattr(_threads, "tokenizer"):
        with _opening:
            _threads.tokenizer = open_dictionary().tokenizer()
    tokenizer: sudachipy.Tokenizer = _threads.tokenizer
    return tokenizer


@lru_cache(1)
def open_dictionary() -> Dictionary:
    """The one that all threads read, open as long as the process.

    A thread that gave back the pages of its own would do so by address, where another thread may
    have closed one and have put something else: the process would crash.
    """
    dictionary = Dictionary()
    release_dictionary()  # SudachiPy reads 76 MB to open it, and few of them again
    return dictionary


def _cut_pieces(text: str) -> Iterator[str]:
    """Cut a text, behind a line or a sentence, into pieces that the tokenizer takes."""
    while len(text) > _LIMIT:
        cut = max(text.rfind("\n", 0, _LIMIT), text.rfind("。", 0, _LIMIT)) + 1 or _LIMIT
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text
