"""Morphemes spell their text."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.tokenizer import analyze


@given(st.text(max_size=80))
def test_morphemes_spell_their_text(text: str) -> None:
    morphemes = analyze(text)
    assert "".join(morphemes.surfaces) == text
    assert [0, *morphemes.ends][-1] == len(text)


def test_a_text_longer_than_the_tokenizer_takes() -> None:
    text = "個人情報の管理を行う。" * 6000  # 198,000 bytes; the tokenizer takes 49,149
    assert "".join(analyze(text).surfaces) == text
