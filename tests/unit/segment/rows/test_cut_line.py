"""Physical lines that are cut in two, and what goes with each part."""

from msgspec.structs import replace

from pipeline.model import Mark, MarkKind, Repair
from pipeline.segment.rows.cut_line import cut_line, cut_out
from tests.support.making import line

WHOLE = line("問１　居宅", x0=50)


def test_a_cut_line_shares_its_glyphs() -> None:
    label, text = cut_line(WHOLE, 2)
    assert (label.text, text.text, label.glyphs + text.glyphs) == ("問１", "居宅", WHOLE.glyphs)
    assert (text.x0, text.x1) == (80, 100)
    assert (cut_out(WHOLE, 0, 3), cut_out(WHOLE, 2, 5)) == (label, text)


def test_white_space_is_no_part() -> None:
    assert cut_out(WHOLE, 2, 3) is None


def test_a_mark_goes_with_its_characters_and_a_repair_counts_once() -> None:
    marks = (Mark(1, 4, MarkKind.UNDERLINE),)
    marked = replace(WHOLE, marks=marks, repairs=(Repair("width", "1", "１"),))
    label, text = cut_line(marked, 2)
    assert [(mark.start, mark.end) for part in (label, text) for mark in part.marks] == [
        (1, 2),
        (0, 1),
    ]
    assert label.repairs + text.repairs == marked.repairs
