"""Small kana are furigana above a line, and text in it."""

from pipeline.extract.lines.ruby import lift_ruby
from pipeline.extract.pdf.glyphs import Glyphs
from tests.support.glyphs import glyph


def test_small_kana_at_the_foot_of_their_line_are_text() -> None:
    line = [glyph("図", 0, 10), glyph("書", 10, 10)]
    inline = [glyph(c, 20 + 5 * n, 15, 5) for n, c in enumerate("（よみ）")]
    above = [glyph(c, 10 + 5 * n, 4, 5) for n, c in enumerate("しょ")]
    below = [glyph("館", 10 * n, 25) for n in range(5)]
    text, readings = lift_ruby(Glyphs.of([*line, *inline, *below, *above]))
    assert "".join(text.texts) == "図書（よみ）館館館館館"
    assert "".join(readings.texts) == "しょ"


def test_a_small_word_over_a_line_that_is_no_kana_alone_is_no_reading() -> None:
    line = [glyph(c, 10 * n, 10) for n, c in enumerate("現地を確認し、直します。")]
    word = [glyph(c, 40 + 6 * n, 3, 6) for n, c in enumerate("早急に")]
    text, readings = lift_ruby(Glyphs.of([*line, *word]))
    assert len(text) == len(line) + len(word)
    assert not len(readings)


def test_a_kana_of_a_reading_that_recognition_took_for_another_sign_goes_with_it() -> None:
    line = [glyph(c, 10 * n, 10) for n, c in enumerate("設備を検討する。")]
    reading = [glyph(c, 30 + 5 * n, 3, 5) for n, c in enumerate("ﾅん と1")]
    text, readings = lift_ruby(Glyphs.of([*line, *reading]))
    assert "".join(text.texts) == "設備を検討する。"
    assert "".join(readings.texts) == "ﾅん と1"
