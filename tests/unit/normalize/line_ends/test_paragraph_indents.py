"""Paragraphs whose first lines a word processor set in: no glyph stands for the indent."""

import pytest
from msgspec.structs import replace

from pipeline.model import Field, Line, Segmented
from pipeline.normalize import normalize_annex
from tests.support.making import lay_out, line

EMS = 20.0
BLANK = "\u3000"  # laid out in place of an indent, and taken away again
# Behind its indent it fills two lines, the first of which ends inside a word (委員会).
FULL = "公民館の利用の受付は各地区に置く運営委員会が行うことで調整を進めております。"
ONE_LINE = "使用料の減免は今年度の末で終わります。"
CENTRED = "施設の予約の方法も改めるとします。"  # by chance as far from both edges
NEXT = "施設の予約は来月から始めます。"
SHORT = "案のとおりとします。"


def set_in(texts: list[str]) -> Segmented:
    """A column of paragraphs whose first lines stand a character further in than the others."""
    indented = [[BLANK + text.replace("\n", f"\n{BLANK}")] for text in texts]
    made = lay_out(indented, ["comment"], [EMS])
    (table,) = made.tables
    rows = []
    for row in table.rows:
        (part,) = row.fields[0].parts
        lines = tuple(_take_blank(own) for own in part.lines)
        rows.append(replace(row, fields=(Field((replace(part, lines=lines),)),)))
    return replace(made, tables=(replace(table, rows=tuple(rows)),))


def _take_blank(own: Line) -> Line:
    if not own.text.startswith(BLANK):
        return own
    return line(own.text[1:], own.x0 + own.size, own.top)


@pytest.mark.parametrize("end", ["\n", ""])
def test_a_line_set_in_as_the_fields_first_one_begins_a_paragraph(end: str) -> None:
    """The line above it is full and ends a sentence, behind which this author mostly goes on."""
    text = f"{FULL}{end}{NEXT}"
    found = normalize_annex(set_in([text, *[SHORT + SHORT] * 4]))
    assert found.records[0].comment == text


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize(("first", "second"), [(ONE_LINE, NEXT), (FULL, CENTRED)])
def test_wrapped_words_of_other_fields_show_where_the_lines_of_a_field_go_on(
    first: str, second: str, end: str
) -> None:
    """The field's first paragraph is full and ends a sentence."""
    text = f"{first}{end}{second}"
    found = normalize_annex(set_in([text, *[SHORT + NEXT + FULL] * 8]))
    assert found.records[0].comment == text


def test_a_line_below_those_that_go_on_is_surer_to_go_on_where_paragraphs_are_set_in() -> None:
    odds = [
        normalize_annex(set_in([FULL + NEXT, *others])).breaks[1].spacing
        for others in ([], [f"{FULL}{FULL}{SHORT}\n{NEXT}"] * 4)
    ]
    assert odds[1] < odds[0] - 0.5
