"""SudachiPy's place: nothing else in besshi knows the tokenizer."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

import sudachipy
from sudachipy import Dictionary, SplitMode

from pipeline.model import Morphemes

# The tokenizer takes 49,149 bytes at most; a character has up to 4 in UTF-8.
_LIMIT = 12_000  # characters
PREDICATES = ("動詞", "形容詞", "助動詞")
"""Parts of speech that a Japanese clause ends in."""
# Texts whose morphemes are kept: tokens and redline ask for the same one within a record, and an
# annex quotes itself over some hundred pages. With words shared they take some 10 MB.
_KEPT = 2**12
_threads = threading.local()  # a tokenizer serves one thread and does not pickle


@dataclass(frozen=True, slots=True)
class Morpheme:
    """What a morpheme (mode C) tells of the place that it stands at."""

    surface: str
    normalized_form: str
    part_of_speech: tuple[str, ...]


@lru_cache(_KEPT)
def analyze(text: str) -> Morphemes:
    """Split a text of any length into morphemes that together spell it."""
    found = [m for piece in _pieces(text) for m in _tokenizer().tokenize(piece, SplitMode.C)]
    # A few thousand words make up any annex: each is held once.
    return Morphemes(
        tuple([intern(m.surface()) for m in found]),
        tuple([intern(m.dictionary_form()) for m in found]),
        tuple([intern(m.normalized_form()) for m in found]),
        tuple([m.part_of_speech() for m in found]),
    )


def morphemes_at(text: str, place: int) -> tuple[Morpheme | None, Morpheme | None]:
    """The morphemes that end and begin at a place of a text; both None inside a morpheme."""
    left, offset = None, 0
    for piece in _pieces(text):
        for m in _tokenize(piece):
            if offset + m.end() == place:
                left = _told(m)
            elif offset + m.begin() >= place:
                return left, _told(m) if offset + m.begin() == place else None
        offset += len(piece)
    return left, None


@lru_cache(1)  # the places inside a line are asked for one after the other
def _tokenize(piece: str) -> sudachipy.MorphemeList:
    return _tokenizer().tokenize(piece, SplitMode.C)


def _told(m: sudachipy.Morpheme) -> Morpheme:
    return Morpheme(m.surface(), m.normalized_form(), m.part_of_speech())


def known_word(before: str, character: str, after: str) -> int:
    """How long the word of the dictionary is that a character is part of; 0: it is of none.

    Args:
        before: What stands before it.
        character: The character.
        after: What stands behind it.
    """
    for m in _tokenizer().tokenize(before + character + after, SplitMode.C):
        if m.begin() <= len(before) < m.end():
            return 0 if m.is_oov() else m.end() - m.begin()
    return 0


def _tokenizer() -> sudachipy.Tokenizer:
    if not hasattr(_threads, "tokenizer"):
        _threads.tokenizer = Dictionary().tokenizer()
    tokenizer: sudachipy.Tokenizer = _threads.tokenizer
    return tokenizer


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that the tokenizer takes, cut behind a line or a sentence."""
    while len(text) > _LIMIT:
        cut = max(text.rfind("\n", 0, _LIMIT), text.rfind("。", 0, _LIMIT)) + 1 or _LIMIT
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text
