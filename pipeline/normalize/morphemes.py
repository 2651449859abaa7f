"""SudachiPy's place: nothing else in besshi knows the tokenizer."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from sudachipy import Dictionary, SplitMode
from sudachipy import tokenizer as sudachi

# The tokenizer takes 49,149 bytes at most; a character has up to 4 in UTF-8.
_LIMIT = 12_000  # characters
PREDICATES = ("動詞", "形容詞", "助動詞")
"""Parts of speech that a Japanese clause ends in."""
_threads = threading.local()  # a tokenizer serves one thread and does not pickle


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A morpheme (mode C) and where it stands in its text, in characters."""

    start: int
    end: int
    surface: str
    dictionary_form: str
    normalized_form: str
    part_of_speech: tuple[str, ...]


def analyze(text: str) -> Iterator[Morpheme]:
    """Split a text of any length into morphemes that together spell it."""
    offset = 0
    for piece in _pieces(text):
        for m in _tokenizer().tokenize(piece, SplitMode.C):
            yield Morpheme(
                offset + m.begin(),
                offset + m.end(),
                m.surface(),
                m.dictionary_form(),
                m.normalized_form(),
                m.part_of_speech(),
            )
        offset += len(piece)


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


def _tokenizer() -> sudachi.Tokenizer:
    if not hasattr(_threads, "tokenizer"):
        _threads.tokenizer = Dictionary().tokenizer()
    tokenizer: sudachi.Tokenizer = _threads.tokenizer
    return tokenizer


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that the tokenizer takes, cut behind a line or a sentence."""
    while len(text) > _LIMIT:
        cut = max(text.rfind("\n", 0, _LIMIT), text.rfind("。", 0, _LIMIT)) + 1 or _LIMIT
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text
