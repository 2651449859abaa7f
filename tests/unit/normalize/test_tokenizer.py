"""Morphemes spell their text."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sudachipy import Dictionary

from pipeline.normalize import tokenizer
from pipeline.normalize.tokenizer import analyze


@given(st.text(max_size=80))
def test_morphemes_spell_their_text(text: str) -> None:
    morphemes = analyze(text)
    assert "".join(morpheme.surface for morpheme in morphemes) == text


def test_a_text_longer_than_the_tokenizer_takes() -> None:
    text = "個人情報の管理を行う。" * 6000  # 198,000 bytes; the tokenizer takes 49,149
    assert "".join(morpheme.surface for morpheme in analyze(text)) == text


def test_a_morpheme_is_read_once() -> None:
    one, _, other = analyze("東京と東京")
    assert one is other


def test_parts_without_a_surface_are_told_apart() -> None:
    # The tokenizer takes both signs apart, and only the first part has the sign for its surface.
    eleven, nineteen = ([m.normalized_form for m in analyze(sign)] for sign in "⑾⒆")
    assert "11" in eleven
    assert "19" in nineteen


def test_all_threads_read_one_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """The query's threads crashed: one gave back the memory of a dictionary that was closed."""
    opened: list[Dictionary] = []

    def count() -> Dictionary:
        opened.append(Dictionary())
        return opened[-1]

    monkeypatch.setattr(tokenizer, "Dictionary", count)
    tokenizer.open_dictionary.cache_clear()
    together = Barrier(8)

    def read(number: int) -> int:
        together.wait()
        return len(analyze(f"{number}番の意見"))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(read, range(8)))
    assert len(opened) == 1
