"""Morphemes spell their text."""

from hypothesis import given
from hypothesis import strategies as st

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
