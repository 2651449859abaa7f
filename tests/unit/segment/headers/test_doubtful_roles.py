"""Roles that only a header's form or the columns beside it tell."""

import pytest

from pipeline.model import Role, Segmented
from tests.support.grids import grid, page, segment

FEES = [("300円", "450円"), ("200円", "350円"), ("500円", "600円"), ("100円", "250円")]
TEXTS = [
    (f"市は、{place}の整備に努めるものとする。", f"市は、{place}の整備を計画的に進めるものとする。")
    for place in ("公園", "道路", "図書館", "下水道")
]
TALK = [("道が狭いと思います。広げてほしい。", "令和８年度に道を広げる予定です。")] * 4
NOTES = [("段差が危ないと思います。直してほしい。", state) for state in ("甲", "乙", "丙", "丁")]


def read(header: list[str], rows: list[tuple[str, str]]) -> Segmented:
    numbered = [[str(n), *row] for n, row in enumerate(rows, start=1)]
    return segment(page(1, [grid([["番号", *header], *numbered])]))


@pytest.mark.parametrize(
    ("header", "rows", "doubted"),
    [
        (["現行料金", "改定料金"], FEES, True),
        (["現行方針", "改定方針"], TEXTS, False),
        (["改正前", "改正後"], FEES, False),
        (["生徒の声", "校長から"], TALK, False),
        (["生徒の声", "校長から"], NOTES, True),
        (["意見", "検討状況"], NOTES, True),
        (["意見", "検討状況"], TALK, False),
    ],
)
def test_a_role_that_no_word_names_is_doubted_where_the_cells_do_not_show_it(
    header: list[str], rows: list[tuple[str, str]], doubted: bool
) -> None:
    found = read(header, rows)
    (table,) = found.tables
    assert len(table.columns) == len([column for column in table.columns if column.role])
    assert all((row.confidence < 1.0) == doubted for row in table.rows)
    assert ("role_by_content" in [issue.code for issue in found.header.issues]) == doubted


def test_the_cells_outweigh_a_doubtful_role() -> None:
    """検討状況 beside 意見 may be the answers: here another column holds them."""
    answer = "令和８年度に道を広げる予定で、現在設計を進めています。"
    rows = [[TALK[0][0], state, answer] for state in "○△○×"]
    table = [["意見", "検討状況", "詳細"], *rows]
    found = segment(page(1, [grid(table)]))
    roles = [column.role for column in found.tables[0].columns]
    assert roles == [Role.COMMENT, Role.DISPOSITION, Role.RESPONSE]
    assert not any("its cells do not show it" in own.message for own in found.header.issues)


def test_a_short_table_is_as_sure_as_a_long_one_with_its_columns() -> None:
    header = ["番号", "現行方針", "改定方針"]
    long = [header, *([str(n), *row] for n, row in enumerate(TEXTS, start=1))]
    short = [header, ["1", "年に３回", "年に12回"]]
    found = segment(page(1, [grid(long)]), page(2, [grid(short, page=2)]))
    assert "role_by_content" not in [issue.code for issue in found.header.issues]
