"""segment: cards whose labels have two levels."""

from pipeline.segment.shapes.label_levels import join_label_levels
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES
from tests.support.grids import grid, page, segment

LABELS = ["番号", "意見内容", "理由", "回答採否", "回答内容"]
TOP = [["番号", "", "1"], ["意見", "内容", "道が狭い。"], ["", "理由", "危ない。"]]
FOOT = [["回答", "採否", "採用"], ["", "内容", "広げます。"]]
TOP_SPANS = {(0, 0): (1, 2), (1, 0): (2, 1)}
TEXTS = [("1", "道が狭い。", "危ない。", "採用", "広げます。")]


def test_a_lower_label_that_names_nothing_goes_with_the_one_above_it() -> None:
    cards = [
        grid([*TOP, *FOOT], top=top, spans={**TOP_SPANS, (3, 0): (2, 1)}) for top in (100, 300)
    ]
    found = segment(page(1, cards))
    (table,) = found.tables
    assert [column.header for column in table.columns] == LABELS
    assert [tuple(field.text for field in row.fields) for row in table.rows] == TEXTS * 2
    labels = "".join(li.text for li in found.pages[0].header_lines)
    assert sorted(labels) == sorted("番号意見内容理由回答採否内容" * 2)


def test_a_page_end_may_part_the_levels_from_the_rest_of_the_card() -> None:
    cards = [grid(TOP, spans=TOP_SPANS), grid(FOOT, page=2, spans={(0, 0): (2, 1)})]
    (table,) = segment(*(page(number, [card]) for number, card in enumerate(cards, 1))).tables
    assert [tuple(field.text for field in row.fields) for row in table.rows] == TEXTS


def test_the_rest_of_a_label_goes_with_the_words_above_it() -> None:
    card = grid([*TOP, *FOOT], spans=TOP_SPANS)
    (table,) = segment(page(1, [card])).tables
    assert [tuple(field.text for field in row.fields) for row in table.rows] == TEXTS


def test_every_row_may_have_two_levels_beside_a_number() -> None:
    """A page's end may leave the last row of a label, and no words of it."""
    rows = [
        ["1", "意見", "条文", "第３条"],
        ["", "", "内容", "道が狭い。"],
        ["", "回答", "区分", "採用"],
    ]
    upper = grid(
        [*rows, ["", "", "内容", "広げます。"]],
        spans={(0, 0): (4, 1), (0, 1): (2, 1), (2, 1): (2, 1)},
    )
    begun = grid([["2", *rows[0][1:]], *rows[1:]], top=300, spans={(0, 0): (3, 1), (0, 1): (2, 1)})
    lower = grid(
        [
            ["", "", "内容", "広げます。"],
            ["3", "意見", "条文", "附則"],
            ["", "", "内容", "橋が古い。"],
        ],
        page=2,
        spans={(1, 0): (2, 1), (1, 1): (2, 1)},
    )
    found = segment(page(1, [upper, begun]), page(2, [lower]))
    places = [column.role for column in found.tables[0].columns]
    comments = [row.fields[places.index("comment")].text for row in found.tables[0].rows]
    assert comments == ["道が狭い。", "道が狭い。", "橋が古い。"]


def test_what_stands_over_questions_and_answers_is_no_label_of_theirs() -> None:
    rows = [["質疑", "意見", "あ。"], ["", "回答", "い。"], ["経過", "", "う。"]]
    spans = {(0, 0): (2, 1), (2, 0): (1, 2)}
    made = grid(rows, spans=spans)
    assert join_label_levels(made, VOCABULARY_ROLES) is made
