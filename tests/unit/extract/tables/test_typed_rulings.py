"""Characters that are rulings, and the same characters where they are text."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen import canvas

from benchmarks.factory.typed.page import count_places
from pipeline.files.parquet import read_rows
from tests.support.annexes import besshi
from tests.support.pdfs import FONT, Draw, MakePdf

LIGHT = """
┌──┬───────┬─────┐
│番号│意見　　　　　│回答　　　│
├──┼───────┼─────┤
│１　│窓口が混む。　│増やします│
│　　│　　　　　　　│。　　　　│
├──┼───────┼─────┤
│２　│字が小さい。　│改めます。│
└──┴───────┴─────┘
"""
HEAVY = LIGHT.translate(str.maketrans("─│┌┬┐├┼┤└┴┘", "━┃┏┳┓┣╋┫┗┻┛"))
FULL = LIGHT.translate(str.maketrans("─│┌┬┐├┼┤└┴┘", "－｜＋＋＋＋＋＋＋＋＋"))
KEYS = """
+------+--------------+-----------+
| 番号 | 意見         | 回答      |
+------+--------------+-----------+
| １   | 窓口が混む。 | 増やしま  |
|      |              | す。      |
+------+--------------+-----------+
| ２   | 字が小さい。 | 改めます。|
+------+--------------+-----------+
"""
RECORDS = [("１", "窓口が混む。", "増やします。"), ("２", "字が小さい。", "改めます。")]


def typed(text: str, size: float = 10, pitch: float = 1.2, narrow: str = "") -> Draw:
    """Lines of text in which a full-width character takes two places of half an em.

    Args:
        text: The lines.
        size: Of the type, in points.
        pitch: From one line to the next, in sizes.
        narrow: Characters that a substituted font has in half the width.
    """

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, size)
        for row, line in enumerate(text.splitlines()):
            x = 60.0
            for char in line:
                sheet.drawString(x, 780 - row * pitch * size, char)
                x += size / 2 * (1 if char in narrow else count_places(char))

    return draw


def read(folder: Path, pages: Sequence[Draw], make_pdf: MakePdf) -> list[dict[str, Any]]:
    """The records of some pages; the second count finds nothing else there."""
    pdf = make_pdf(*pages, name="a.pdf")
    assert besshi("run", pdf, "--out", folder / "out").exit_code == 0
    result = besshi("verify", folder / "out", "--pdfs", pdf, "--recount")
    assert result.exit_code == 0, result.stderr
    assert all(page["unaccounted"] == 0 for page in read_rows(folder / "out/pages/a.parquet"))
    return read_rows(folder / "out/records/a.parquet")


def texts(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(row["number"], row["comment"], row["response"]) for row in rows]


@pytest.mark.parametrize("table", [LIGHT, HEAVY, FULL, KEYS])
@pytest.mark.parametrize(("size", "pitch"), [(7, 1.0), (10.5, 1.75)])
def test_typed_rulings_make_a_table(
    table: str, size: float, pitch: float, make_pdf: MakePdf, tmp_path: Path
) -> None:
    rows = read(tmp_path, [typed(table, size, pitch)], make_pdf)
    assert texts(rows) == RECORDS
    (page,) = read_rows(tmp_path / "out/pages/a.parquet")
    inked = sum(not char.isspace() for char in table)
    assert page["in_furniture"] == inked - page["in_records"] - page["in_headers"]


def test_rulings_of_a_narrower_font_still_have_their_columns(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    assert texts(read(tmp_path, [typed(LIGHT, narrow="─│┌┬┐├┼┤└┴┘")], make_pdf)) == RECORDS


def test_a_typed_table_goes_on_where_no_ruling_ends_the_page(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    lines = LIGHT.splitlines()
    pages = [typed("\n".join(part)) for part in (lines[:5], lines[5:])]
    rows = read(tmp_path, pages, make_pdf)
    assert texts(rows) == RECORDS
    assert (rows[0]["page_first"], rows[0]["page_last"]) == (1, 2)


def test_a_typed_ruling_may_end_at_a_merged_cell(make_pdf: MakePdf, tmp_path: Path) -> None:
    table = """
+------+--------------+--------------+
| 区分 | 意見         | 回答         |
+------+--------------+--------------+
| 窓口 | 混んでいる。 | 増やします。 |
|      +--------------+--------------+
|      | 遠い。       | 検討します。 |
+------+--------------+--------------+
"""
    rows = read(tmp_path, [typed(table)], make_pdf)
    assert [(row["category"], row["comment"]) for row in rows] == [
        ("窓口", "混んでいる。"),
        ("窓口", "遠い。"),
    ]


def test_a_paragraphs_own_indent_stays(make_pdf: MakePdf, tmp_path: Path) -> None:
    table = KEYS.replace("| 窓口が混む。 |", "| 　窓口混む。 |")
    assert read(tmp_path, [typed(table)], make_pdf)[0]["comment"] == "　窓口混む。"


def test_the_same_characters_stay_text_in_a_cell(make_pdf: MakePdf, tmp_path: Path) -> None:
    table = """
┌──┬───────┬─────┐
│番号│意見　　　　　│回答　　　│
├──┼───────┼─────┤
│１　│駅─港＋空港　│１＋２｜３│
│　　│───────│増やします│
│　　│駅─港─島　　│＋－。　　│
└──┴───────┴─────┘
"""
    (row,) = read(tmp_path, [typed(table)], make_pdf)
    assert row["comment"].replace("\n", "") == "駅─港＋空港───────駅─港─島"
    assert row["response"].replace("\n", "") == "１＋２｜３増やします＋－。"
