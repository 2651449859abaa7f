"""Which records share a group that is printed once, where no ruling ends its cell."""

import pytest
from msgspec.structs import replace

from pipeline.model import Field, FieldPart, Line, TableRow
from pipeline.segment.rows.shared_cells import share_groups
from tests.support.grids import grid, page, segment
from tests.support.making import box, line

HEADER = ["区分", "意見", "回答"]


def groups(*labels: str) -> list[tuple[str, bool]]:
    """The group of each record, and whether it is doubtful."""
    rows = [[label, f"道{n}が狭い。", "広げます。"] for n, label in enumerate(labels)]
    found = segment(page(1, [replace(grid([HEADER, *rows]), inferred=True)]))
    return [(row.fields[0].text, row.confidence < 0.9) for row in found.tables[0].rows]


@pytest.mark.parametrize(
    ("labels", "shared"),
    [
        (("公園", "", "緑", ""), "公園 公園 緑 緑"),
        (("", "公園", "", "緑"), "公園 公園 公園 緑"),
        (("", "公園", "緑", ""), "  公園 緑 "),
    ],
)
def test_a_group_is_printed_beside_its_first_record_or_its_middle(
    labels: tuple[str, ...], shared: str
) -> None:
    found = groups(*labels)
    assert " ".join(text for text, _ in found).split() == shared.split()
    assert [doubtful for _, doubtful in found] == [not label for label in labels]


def test_an_answer_over_all_columns_takes_no_group() -> None:
    """With the group of the record above it, it was a record."""
    rows = [[f"{n}", "公園", f"道{n}が狭い。"] for n in range(3)]
    answer = ["【市の考え方】広げます。", "", ""]
    made = grid(
        [["番号", "区分", "意見"], *rows, answer, *rows, answer],
        spans={(4, 0): (1, 3), (8, 0): (1, 3)},
    )
    (table,) = segment(page(1, [replace(made, inferred=True)])).tables
    assert [row.fields[-1].text for row in table.rows] == ["広げます。"] * 6


def test_a_page_may_print_no_group_but_a_row_over_its_column() -> None:
    """It was an error that cost the annex."""
    rows = [["道が狭い。", "", "広げます。"], ["暗い。", "", "付けます。"]]
    over = ["街灯は夜も明るくしてほしい。", "", "同上"]
    made = grid([["意見", "区分", "回答"], *rows, over], spans={(3, 0): (1, 2)})
    (table,) = segment(page(1, [replace(made, inferred=True)])).tables
    assert [row.fields[1].text for row in table.rows] == [""] * 3


def test_groups_within_a_group_are_printed_once_too() -> None:
    """The outer group begins higher: it moves no label of the inner ones off its line."""
    labels = [("公園", "遊具"), ("", ""), ("", "樹木"), ("", ""), ("道路", "歩道")]
    rows = [[*own, f"道{n}が狭い。", "広げます。"] for n, own in enumerate(labels)]
    made = grid([["大分類", "中分類", "意見", "回答"], *rows])
    found = segment(page(1, [replace(made, inferred=True)]))
    texts = [" ".join(field.text for field in row.fields[:2]) for row in found.tables[0].rows]
    assert texts == ["公園 遊具"] * 2 + ["公園 樹木"] * 2 + ["道路 歩道"]


def test_a_group_goes_on_over_a_page() -> None:
    rows = [["番号", *HEADER], ["1", "公園", "道が狭い。", "広げます。"]]
    below = [["2", "", "橋が古い。", "直します。"]]
    pages = (replace(grid(own, page=n), inferred=True) for n, own in ((1, rows), (2, below)))
    found = segment(*(page(own.page, [own]) for own in pages))
    assert [row.fields[1].text for row in found.tables[0].rows] == ["公園", "公園"]


def row(top: float, count: int, *labels: Line) -> TableRow:
    """A record of so many lines, with a label and a number beside it."""
    texts = [line("道が狭い。", x0=100, top=top + 12 * at) for at in range(count)]
    cells = (labels, [line(label.text, x0=60, top=label.top) for label in labels], texts)
    return TableRow(
        tuple(
            Field((FieldPart(1, box(50 * at, top, 50 * at + 50, top + 12 * count), tuple(lines)),))
            for at, lines in enumerate(cells)
        )
    )


def test_a_label_beside_the_place_where_two_records_meet_is_of_both() -> None:
    rows = [row(0, 3, line("賛成", top=24)), row(36, 3, line("意見", top=36))]
    for shared in share_groups(rows, [0], [1], None, is_closed=False):
        assert [field.text for field in shared.fields[:2]] == ["賛成意見", "賛成意見"]


def test_a_row_that_holds_a_picture_only_has_no_end() -> None:
    rows = [row(0, 3, line("公園", top=12)), row(36, 0), row(48, 3)]
    shared = share_groups(rows, [0], [], None, is_closed=False)
    assert [own.fields[0].text for own in shared] == ["公園", "", ""]


def test_the_rest_of_a_record_takes_no_group_before_it_is_joined() -> None:
    rows = [["番号", "提出者", "意見", "回答"], ["1", "市民", "道が狭いので歩道を", "広げます。"]]
    below = [["", "", "広げてほしい。", ""], ["2", "団体", "橋が古い。", "直します。"]]
    pages = (replace(grid(own, page=n), inferred=True) for n, own in ((1, rows), (2, below)))
    found = segment(*(page(own.page, [own]) for own in pages)).tables[0]
    texts = [[field.text for field in row.fields[1:3]] for row in found.rows]
    assert texts == [["市民", "道が狭いので歩道を広げてほしい。"], ["団体", "橋が古い。"]]
