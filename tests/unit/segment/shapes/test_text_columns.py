"""segment: questions and answers in two columns of running text."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pipeline.model import Line
from pipeline.segment.shapes.text_columns import find_gutter
from tests.support.grids import page, segment
from tests.support.making import line
from tests.unit.segment.shapes.test_cards import records

WIDTH = 25  # characters of the first column with the white space behind it


def lines(first: Sequence[str], second: Sequence[str]) -> list[Line]:
    """The lines of two columns, below a title, as extract reads them: through both."""
    pairs = zip(first, second, strict=True)
    texts = ["説明会の質疑", *(left.ljust(WIDTH, "　") + right for left, right in pairs)]
    return [line(text, x0=50, top=60 + 15 * row) for row, text in enumerate(texts)]


def test_columns_are_read_one_after_the_other() -> None:
    first = ["Ｑ１　橋は直すか。", "Ａ１　直します。", "Ｑ２　道は広げるか。", "Ａ２　来年から広げ"]
    second = ["　　ます。", "Ｑ３　窓口は開くか。", "Ａ３　開きます。", ""]
    found = segment(page(1, [], lines(first, second)))
    (table,) = found.tables
    assert records(found) == [
        {"number": "Ｑ１", "comment": "橋は直すか。", "response": "直します。"},
        {"number": "Ｑ２", "comment": "道は広げるか。", "response": "来年から広げ/ます。"},
        {"number": "Ｑ３", "comment": "窓口は開くか。", "response": "開きます。"},
    ]
    assert table.title == "説明会の質疑"
    # The lines of the second column end at another x: they are compared with each other.
    assert {part.place for row in table.rows for part in row.fields[2].parts} == {0, 1}


def test_a_blank_line_beside_text_is_no_part_of_it() -> None:
    first = ["Ｑ１　橋は直すか。", "Ａ１　直します。", "　", "Ｑ２　道は広げるか。", "Ａ２　はい。"]
    second = ["Ｑ３　窓口は開くか。", "Ａ３　来年から", "開きます。", "", ""]
    found = records(segment(page(1, [], lines(first, second))))
    assert [own["response"] for own in found] == ["直します。", "はい。", "来年から/開きます。"]


def test_every_glyph_of_a_parted_line_is_counted() -> None:
    first = ["Ｑ１　橋は直すか。", "Ａ１　直します。"]
    found = segment(page(1, [], lines(first, ["Ｑ２　道は広げるか。", "Ａ２　広げます。"])))
    fields = [field for table in found.tables for row in table.rows for field in row.fields]
    held = sum(own.glyphs for field in fields for own in field.lines)
    (frame,) = found.pages
    beside = sum(own.glyphs for own in (*frame.header_lines, *frame.furniture_lines))
    assert held + beside == frame.header.glyphs


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["Ｑ１　橋は直すか。", "Ｑ２　道は広げるか。"], ["Ａ１　直します。", "Ａ２　広げます。"]),
        (["Ｑ１　橋は直すか。", "Ａ１　" + "直" * 30], ["Ｑ２　道は広げるか。", ""]),
        (
            ["Ｑ１　橋は直すか。", "Ａ１　" + "直" * 30, ""],
            ["Ｑ２　道は広げるか。", "", "Ａ２　はい。"],
        ),
        (["Ｑ１　橋は直すか。", "Ａ１　直します。"], ["", "詳しくは　Ａ２　資料"]),
    ],
    ids=["answers beside questions", "no answer", "a line across", "labels inside a text"],
)
def test_other_pages_have_one_column(first: Sequence[str], second: Sequence[str]) -> None:
    assert find_gutter(page(1, [], lines(first, second))) is None


@pytest.mark.parametrize("number", ["２", "- ２ -", "第２ページ"])
def test_a_page_s_number_may_stand_between_the_columns(number: str) -> None:
    own = lines(
        ["Ｑ１　橋は直すか。", "Ａ１　直します。"], ["Ｑ２　道は広げるか。", "Ａ２　はい。"]
    )
    gap = line(number, x0=own[1].edges[WIDTH] - 15, top=700)
    assert find_gutter(page(1, [], [*own, gap])) is not None
    assert [row.fields[2].text for row in segment(page(1, [], [*own, gap])).tables[0].rows] == [
        "直します。",
        "はい。",
    ]


def test_a_typed_space_may_begin_the_second_column() -> None:
    """The edge of the character before the gutter is that of the space behind it."""
    (title, *own) = lines(
        ["Ｑ１　橋は直すか。", "Ａ１　直します。"], ["Ｑ２　道は広げるか。", "Ａ２　はい。"]
    )
    text = "詳しくは資料に　後日"
    edges = [*(50 + 10.0 * place for place in range(7)), *own[0].edges[WIDTH : WIDTH + 4]]
    full = line(text, x0=50, top=105)
    full = replace(full, edges=tuple(edges), end=edges[-1])
    assert find_gutter(page(1, [], [title, *own, full])) is not None


def test_columns_go_on_at_the_top_of_the_next_page() -> None:
    first = ["Ｑ１　橋は直すか。", "Ａ１　直します。"], ["Ｑ２　道は広げるか。", "Ａ２　来年か"]
    below = ["ら広げ", "ます。", "Ｑ３　窓口は開くか。"], ["Ａ３　開き", "ます。", ""]
    pages = [
        page(number, [], lines(*own)[number - 1 :]) for number, own in enumerate((first, below), 1)
    ]
    rows = segment(*pages).tables[0].rows
    assert [row.fields[2].text for row in rows] == [
        "直します。",
        "来年から広げます。",
        "開きます。",
    ]
