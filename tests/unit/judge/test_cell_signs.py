"""Signs of cells: what their makers doubted, cells that cross, and lines in the margin."""

import pytest
from msgspec.structs import replace

from pipeline.model import Box, Doubt, Field, FieldBox, Line, PageOrigin, Segmented
from tests.support.judging import page_signs_of, spell_pages, write_annex
from tests.support.making import line

ROWS = [
    {"number": str(n), "comment": f"{thing}を新しくしてほしい。", "response": "直します。"}
    for n, thing in enumerate(("遊具", "柵", "街灯", "砂場"), start=1)
]
ANNEX = write_annex(ROWS)
PAGES = spell_pages(ANNEX)  # rows of 40 points, columns of 100


def with_cell(column: int, **values: object) -> Segmented:
    """The pages with other values of a cell of the second record."""
    (table,) = PAGES.tables
    fields = list(table.rows[1].fields)
    (part,) = fields[column].parts
    fields[column] = replace(fields[column], parts=(replace(part, **values),))
    rows = (table.rows[0], replace(table.rows[1], fields=tuple(fields)), *table.rows[2:])
    return replace(PAGES, tables=(replace(table, rows=rows),))


@pytest.mark.parametrize("doubt", Doubt)
def test_a_doubt_about_a_cell_is_a_sign_of_its_field(doubt: Doubt) -> None:
    pages = with_cell(2, doubts=(doubt,))
    assert page_signs_of(ANNEX, pages, 1) == {("response", doubt)}
    assert not page_signs_of(ANNEX, pages, 2)


def test_cells_that_cross_are_those_of_two_records() -> None:
    (part,) = PAGES.tables[0].rows[1].fields[2].parts
    assert (part.box.top, part.box.bottom) == (40, 80)

    def crossing(top: float, bottom: float) -> set[tuple[str, str]]:
        moved = with_cell(2, box=Box(part.box.x0, top, part.box.x1, bottom))
        return {sign for sign in page_signs_of(ANNEX, moved, 1) if sign[1] == "crossing"}

    assert crossing(60, 100) == {(name, "crossing") for name in ("number", "comment", "response")}
    assert not crossing(40, 120), "merged over two records"
    assert not crossing(80, 120), "a cell below the others: a card"


def test_a_text_over_several_columns_below_one_of_a_column_crosses_it() -> None:
    (table,) = PAGES.tables
    row = table.rows[1]
    (part,) = row.fields[1].parts
    row = row.with_field(1, Field((part, replace(part, columns=2))))
    rows = (table.rows[0], row, *table.rows[2:])
    pages = replace(PAGES, tables=(replace(table, rows=rows),))
    assert ("comment", "crossing") in page_signs_of(ANNEX, pages, 1)
    assert ("comment", "crossing") not in page_signs_of(ANNEX, pages, 2)


@pytest.mark.parametrize(("top", "is_seen"), [(43.0, True), (38.0, False)])
def test_a_comment_that_is_set_anew_beside_the_second_of_two_numbers(
    top: float, is_seen: bool
) -> None:
    """The lines of one text stand 12 points below each other; the ruling stands at 40."""
    tops = (2.0, 14.0, top, top + 12)
    lines = tuple(line("意見がある。", x0=102, top=y) for y in tops)
    (table,) = PAGES.tables
    part = replace(table.rows[0].fields[1].parts[0], lines=lines, box=Box(100, 0, 200, 80))
    rows = [
        replace(row, fields=(row.fields[0], Field((part,)), row.fields[2])) if place < 2 else row
        for place, row in enumerate(table.rows)
    ]
    pages = replace(PAGES, tables=(replace(table, rows=tuple(rows)),))
    for row in (0, 1, 2):
        found = ("comment", "shared_comment") in page_signs_of(ANNEX, pages, row)
        assert found is (is_seen and row < 2)


def test_an_empty_cell_inside_two_comments_tells_nothing() -> None:
    (table,) = PAGES.tables
    empty = replace(table.rows[0].fields[1].parts[0], lines=(), box=Box(100, 0, 120, 80))
    rows = [
        replace(row, fields=(row.fields[0], Field((empty, *row.fields[1].parts)), row.fields[2]))
        for row in table.rows
    ]
    pages = replace(PAGES, tables=(replace(table, rows=tuple(rows)),))
    assert ("comment", "shared_comment") not in page_signs_of(ANNEX, pages, 1)


@pytest.mark.parametrize(
    ("x", "source", "is_seen"),
    [
        (310, PageOrigin.OCR, True),
        (310, PageOrigin.TEXT_LAYER, False),
        (150, PageOrigin.OCR, False),
    ],
)
def test_a_recognised_line_in_the_margin_may_be_the_rest_of_a_text(
    x: float, source: PageOrigin, is_seen: bool
) -> None:
    found = signs_beside(line("再度検討する", x0=x, top=55), source=source)
    assert (("comment", "line_beside") in found) is is_seen


@pytest.mark.parametrize(
    ("x", "tops", "header", "text", "is_seen"),
    [
        (310, (15, 55, 95), "市の考え方", "原案のとおりとする", True),
        (310, (15, 55), "市の考え方", "原案のとおりとする", True),
        (310, (15, 55), "反映", "△", True),
        (310, (55,), "市の考え方", "原案のとおりとする", False),
        (150, (15, 55), "市の考え方", "原案のとおりとする", True),
        (310, (15, 55, 95), "担当のメモ", "原案のとおりとする", False),
        (150, (15, 55, 95), "市の考え方", "けんとう　かつよう", False),  # furigana
    ],
)
def test_lines_beside_most_records_are_a_column_that_the_table_lost(
    x: float, tops: tuple[float, ...], header: str, text: str, is_seen: bool
) -> None:
    above = line(header, x0=x, top=-25)
    found = signs_beside(above, *(line(text, x0=x, top=top) for top in tops))
    assert (("comment", "column_beside") in found) is is_seen


def test_answers_on_a_page_without_records_may_be_the_other_half_of_comments() -> None:
    """The right half of a sheet, on its own page."""
    answers = [line("市の考え方", page=2), line("原案のとおりとします。", top=20, page=2)]
    title = [line("素案に対する意見の概要と市の考え方", page=2), *answers[1:]]
    commented = [{"comment": row["comment"]} for row in ROWS]
    for rows, lines, is_seen in (
        (commented, answers, True),
        (commented, title, False),
        (ROWS, answers, False),
    ):
        annex = write_annex(rows)
        for record in annex.records:
            record.boxes.append(FieldBox("comment", 1, 0, 0, 10, 10))
        first = PAGES.pages[0]
        header = replace(first.header, number=2)
        pages = (first, replace(first, header=header, furniture_lines=tuple(lines)))
        found = page_signs_of(annex, replace(PAGES, pages=pages), 0)
        assert (("comment", "half_table") in found) is is_seen


def signs_beside(*lines: Line, source: PageOrigin = PageOrigin.TEXT_LAYER) -> set[tuple[str, str]]:
    """The signs of the second record where lines stand on its page that are in no record."""
    annex = write_annex(ROWS)
    for record, row in zip(annex.records, PAGES.tables[0].rows, strict=True):
        for name, field in zip(ROWS[0], row.fields, strict=True):
            box = field.parts[0].box
            record.boxes.append(FieldBox(name, 1, box.x0, box.top, box.x1, box.bottom))
    page = replace(PAGES.pages[0], furniture_lines=lines)
    page = replace(page, header=replace(page.header, source=source))
    return page_signs_of(annex, replace(PAGES, pages=(page,)), 1)


def test_a_text_merged_over_the_column_of_another_one_may_be_both() -> None:
    (table,) = PAGES.tables
    row = table.rows[1]
    (part,) = row.fields[1].parts
    row = row.with_field(1, Field((replace(part, columns=2),)))
    empty = row.with_field(2, Field(tuple(replace(p, lines=()) for p in row.fields[2].parts)))
    for own, is_seen in ((empty, True), (row, False)):
        rows = (table.rows[0], own, *table.rows[2:])
        found = page_signs_of(ANNEX, replace(PAGES, tables=(replace(table, rows=rows),)), 1)
        assert (("comment", "crossing") in found) is is_seen
