"""Signs in the lines of a record's cells: other text, another order, another place."""

import pytest
from msgspec.structs import replace

from pipeline.judge.annex import find_signs
from pipeline.model import Field, Normalized, Segmented, TableRow
from tests.support.judging import page_signs_of, spell_pages, write_annex
from tests.support.making import line

ROWS = [
    {
        "number": str(n),
        "comment": f"公園の{thing}を\n新しくしてほしい。",
        "response": f"{thing}を\n直します。",
    }
    for n, thing in enumerate(("遊具", "柵", "街灯", "砂場", "水道", "花壇"), start=1)
]


def make() -> tuple[Normalized, Segmented]:
    annex = write_annex(ROWS)
    return annex, spell_pages(annex)


def with_field(segmented: Segmented, row: int, column: int, field: Field) -> Segmented:
    """The pages with another field in the place of one."""
    table = segmented.tables[0]
    fields = list(table.rows[row].fields)
    fields[column] = field
    rows = [*table.rows[:row], TableRow(tuple(fields)), *table.rows[row + 1 :]]
    return replace(segmented, tables=(replace(table, rows=tuple(rows)),))


def test_records_like_their_pages_show_no_sign() -> None:
    annex, segmented = make()
    assert not any(page_signs_of(annex, segmented, row) for row in range(len(ROWS)))


def test_a_text_that_its_lines_do_not_spell() -> None:
    _, segmented = make()
    other = [*ROWS[:2], {**ROWS[2], "response": "街灯を\n直しま。"}, *ROWS[3:]]
    assert ("response", "unlike_page") in page_signs_of(write_annex(other), segmented, 2)
    turned = [*ROWS[:2], {**ROWS[2], "response": "直します。\n街灯を"}, *ROWS[3:]]
    assert ("response", "unlike_page") in page_signs_of(write_annex(turned), segmented, 2)


def test_a_repaired_character_is_no_other_text() -> None:
    _, segmented = make()
    repaired = [*ROWS[:2], {**ROWS[2], "response": "衡灯を\n直します。"}, *ROWS[3:]]
    assert not page_signs_of(write_annex(repaired), segmented, 2)


def test_an_empty_field_whose_cell_has_text() -> None:
    _, segmented = make()
    empty = [*ROWS[:2], {**ROWS[2], "response": ""}, *ROWS[3:]]
    assert ("response", "page_has_more") in page_signs_of(write_annex(empty), segmented, 2)


def test_lines_that_run_back_up() -> None:
    annex, segmented = make()
    part = segmented.tables[0].rows[2].fields[2].parts[0]
    first, second = part.lines
    lines = (replace(first, top=second.top), replace(second, top=first.top))
    turned = with_field(segmented, 2, 2, Field((replace(part, lines=lines),)))
    assert page_signs_of(annex, turned, 2) == {("response", "lines_back")}


def test_a_field_beside_its_column() -> None:
    annex, segmented = make()
    part = segmented.tables[0].rows[2].fields[2].parts[0]
    aside = replace(part, box=replace(part.box, x0=part.box.x0 - 100, x1=part.box.x1 - 100))
    moved = with_field(segmented, 2, 2, Field((aside,)))
    assert page_signs_of(annex, moved, 2) == {("response", "off_column")}


def test_a_header_over_another_column() -> None:
    annex, segmented = make()
    page = segmented.pages[0]
    for x0, seen in ((210.0, False), (110.0, True)):
        above = replace(page, header_lines=(line("response", x0=x0, top=0),))
        found = page_signs_of(annex, replace(segmented, pages=(above,)))
        assert (("response", "off_header") in found) is seen


def test_columns_beside_their_headers_are_named_in_one_order_run_by_run() -> None:
    """They were named in the order of a set of texts, which differs from run to run."""
    names = [f"欄{place}" for place in range(9)]
    annex = write_annex([dict.fromkeys(names, "公園")] * 2)
    segmented = spell_pages(annex)
    heads = [line(name, x0=100.0 * ((at + 1) % 9) + 10, top=0) for at, name in enumerate(names)]
    page = replace(segmented.pages[0], header_lines=tuple(heads))
    found = find_signs(annex, replace(segmented, pages=(page,)))[0]
    assert [name for name, signs in found.items() if signs[-1].name == "off_header"] == names


def test_blank_room_across_the_columns_of_a_record() -> None:
    annex, segmented = make()
    apart = segmented
    for column in (1, 2):
        part = segmented.tables[0].rows[2].fields[column].parts[0]
        first, second = part.lines
        below = replace(second, top=second.top + 10, bottom=second.bottom + 10)
        apart = with_field(apart, 2, column, Field((replace(part, lines=(first, below)),)))
        names = {name for _, name in page_signs_of(annex, apart, 2)}
        assert names == ({"row_gap"} if column == 2 else set())  # one text alone is a paragraph


def test_lines_over_each_other() -> None:
    annex, segmented = make()
    part = segmented.tables[0].rows[2].fields[2].parts[0]
    first, second = part.lines
    beside = [x + first.x1 - second.x0 for x in second.edges]
    for lines, name in (
        ((first, replace(second, top=first.top + 6, bottom=first.top + 16)), "lines_overlap"),
        ((first, replace(second, edges=beside, top=first.top + 5)), "lines_overlap"),
        ((replace(first, overprinted=True), second), "overprinted"),
        ((first, replace(second, size=0.5)), "out_of_sight"),
    ):
        over = with_field(segmented, 2, 2, Field((replace(part, lines=lines),)))
        assert page_signs_of(annex, over, 2) == {("response", name)}


@pytest.mark.parametrize(
    ("beyond", "last", "is_seen"),
    [(5.0, "x", True), (5.0, "。", False), (1.0, "x", False)],
)
def test_a_line_that_runs_out_of_the_table(beyond: float, last: str, is_seen: bool) -> None:
    """A browser lets a long address run out of its cell, and cuts it off at the page's margin."""
    annex, segmented = make()
    part = segmented.tables[0].rows[2].fields[2].parts[0]
    first, second = part.lines
    text = first.text[:-1] + last
    step = (part.box.x1 + beyond - first.x0) / len(text)
    edges = [first.x0 + step * place for place in range(len(text) + 1)]
    lines = replace(first, text=text, edges=edges), second
    out = with_field(segmented, 2, 2, Field((replace(part, lines=lines),)))
    assert (("response", "run_out") in page_signs_of(annex, out, 2)) is is_seen


def test_recognised_lines_beside_each_other_run_askew() -> None:
    annex, segmented = make()
    part = segmented.tables[0].rows[2].fields[2].parts[0]
    first, second = part.lines
    beside = tuple(x + first.x1 - second.x0 for x in second.edges)
    sure = (0.99,) * len(second.text)
    second = replace(second, edges=beside, top=first.top + 5, confidences=sure)
    over = with_field(segmented, 2, 2, Field((replace(part, lines=(first, second)),)))
    assert ("response", "lines_overlap") not in page_signs_of(annex, over, 2)


def test_two_columns_of_a_cell_that_are_read_as_one() -> None:
    texts = ("図書館の開館を館の開館を", "延ばしてほしいばしてほしい", "仕事の帰りにのの帰りにの")
    annex = write_annex([{**ROWS[0], "comment": "".join(texts)}])
    segmented = spell_pages(annex)
    (part,) = segmented.tables[0].rows[0].fields[1].parts
    for room, is_seen in ((6.0, True), (0.0, False)):
        lines = tuple(
            replace(own, edges=[x + room * (at > 6) for at, x in enumerate(own.edges)])
            for own in (line(t, x0=102, top=2 + 12 * i) for i, t in enumerate(texts))
        )
        parted = with_field(segmented, 0, 1, Field((replace(part, lines=lines),)))
        assert (("comment", "gutter") in page_signs_of(annex, parted, 0)) is is_seen


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("the inter-\nnational", True),
        ("、inter\xad\nnational", True),
        ("to a.jp/public-\ncomment", False),
    ],
)
def test_a_word_may_be_parted_at_a_lines_end(text: str, is_seen: bool) -> None:
    annex = write_annex([*ROWS[:2], {**ROWS[2], "response": text}, *ROWS[3:]])
    found = page_signs_of(annex, spell_pages(annex), 2)
    assert (("response", "hyphen") in found) is is_seen
