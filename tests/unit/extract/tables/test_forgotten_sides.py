"""extract: cells whose author forgot the border between them."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

import pytest
from reportlab.pdfgen import canvas

from pipeline.files.parquet import read_rows
from pipeline.model import HIGH_CONFIDENCE
from tests.support.annexes import HEADER, besshi
from tests.support.pdfs import FONT, MakePdf

COLUMNS = (50, 90, 250, 450)
TOP, HEIGHT = 780, 40
TEXTS = [(str(n), f"意見その{n}", f"回答その{n}です。") for n in range(1, 9)]

Cells = Collection[tuple[int, int]]
"""(row, column), the header's row being 0."""


def read(
    make_pdf: MakePdf,
    texts: Sequence[Sequence[str]] = TEXTS,
    open_below: Cells = (),
    open_right: Cells = (),
) -> list[tuple[str, str, str]]:
    """The texts of all records; some cells have no lower or no right border."""
    records = read_records(make_pdf, texts, open_below, open_right)
    return [(row["number"], row["comment"], row["response"]) for row in records]


def read_records(
    make_pdf: MakePdf,
    texts: Sequence[Sequence[str]] = TEXTS,
    open_below: Cells = (),
    open_right: Cells = (),
) -> list[dict[str, Any]]:
    """All records as written. The lines of a text are 14 points below each other."""
    rows = [TOP - HEIGHT * place for place in range(len(texts) + 2)]

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for row, (top, foot) in enumerate(pairwise(rows)):
            for column, (left, right) in enumerate(pairwise(COLUMNS)):
                if (row, column) not in open_below:
                    sheet.line(left, foot, right, foot)
                if (row, column) not in open_right:
                    sheet.line(right, top, right, foot)
        sheet.line(COLUMNS[0], TOP, COLUMNS[-1], TOP)
        sheet.line(COLUMNS[0], TOP, COLUMNS[0], rows[-1])
        for top, own in zip(rows, (HEADER, *texts), strict=False):
            for x, text in zip(COLUMNS, own, strict=False):
                for place, part in enumerate(text.split("\n")):
                    sheet.drawString(x + 3, top - 12 - 14 * place, part)

    path = make_pdf(draw)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    return list(read_rows(out / "records" / f"{path.stem}.parquet"))


def test_a_text_that_no_border_parts_from_the_next_is_less_certain(make_pdf: MakePdf) -> None:
    found = [row["field_confidence"] for row in read_records(make_pdf, open_below={(2, 1)})]
    unsure = [any(value < HIGH_CONFIDENCE for value in fields.values()) for fields in found]
    assert unsure == [row in (1, 2) for row in range(len(TEXTS))]
    assert found[1]["comment"] < HIGH_CONFIDENCE < found[1]["response"]


def test_texts_of_two_rows_are_parted_where_the_border_between_them_is_missing(
    make_pdf: MakePdf,
) -> None:
    assert read(make_pdf, open_below={(2, 2), (3, 2), (5, 1)}) == TEXTS


def test_texts_of_two_rows_are_parted_where_most_borders_between_them_are_missing(
    make_pdf: MakePdf,
) -> None:
    assert read(make_pdf, open_below={(2, 1), (2, 2)}) == TEXTS


def test_at_a_rare_edge_one_text_that_goes_on_keeps_all_cells_whole(make_pdf: MakePdf) -> None:
    lines = "回答する。\n次に示す。\n\n再検討する。"
    merged = [(n, c, lines if n == "2" else "" if n == "3" else a) for n, c, a in TEXTS]
    found = read(make_pdf, merged, open_below={(2, 1), (2, 2)})
    assert [comment for _, comment, _ in found[1:3]] == ["意見その2\n意見その3"] * 2


def test_lines_far_apart_beside_rows_as_high_as_one_are_those_of_one_text(
    make_pdf: MakePdf,
) -> None:
    """Two halves of a page in one frame: rows of one end where lines of the other stand."""
    pitch = 22
    halves = ((50, 80, 170, 270), (2, 1, 3, 2, 1)), ((280, 310, 400, 500), (1, 3, 2, 1, 2))

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        sheet.line(50, TOP, 500, TOP)
        sheet.line(50, TOP - 10 * pitch, 500, TOP - 10 * pitch)
        for edges, counts in halves:
            rows = [TOP - pitch * sum((1, *counts)[:place]) for place in range(len(counts) + 2)]
            for row in rows:
                sheet.line(edges[0], row, edges[-1], row)
            for edge in edges:
                sheet.line(edge, TOP, edge, TOP - 10 * pitch)
            for place, (top, count) in enumerate(zip(rows, (1, *counts), strict=False)):
                number = str(place + 5 * (edges[0] > 100))
                lines = "\n".join(f"{n}の続く文" for n in range(count))
                texts = (number, lines, lines) if place else HEADER
                for x, text in zip(edges, texts, strict=False):
                    for line, part in enumerate(text.split("\n")):
                        sheet.drawString(x + 3, top - 15 - pitch * line, part)

    path = make_pdf(draw)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    rows = list(read_rows(out / "records" / f"{path.stem}.parquet"))
    lines = [row["comment"].count("文") for row in rows]
    assert lines == [count for _, counts in halves for count in counts]


def test_texts_of_two_columns_are_parted_where_the_border_between_them_is_missing(
    make_pdf: MakePdf,
) -> None:
    assert read(make_pdf, open_right={(1, 0), (4, 1)}) == TEXTS


def test_texts_of_two_columns_are_parted_where_most_borders_between_them_are_missing(
    make_pdf: MakePdf,
) -> None:
    """The few cells that kept theirs would not tell how the texts of the columns stand."""
    open_right = {(row, 1) for row in range(3, 9)}
    assert read(make_pdf, open_right=open_right) == TEXTS
    long = [(n, f"{c}の橋の床板が傷む", a) for n, c, a in TEXTS[:-1]] + [("8", "同じ", "橋" * 18)]
    assert read(make_pdf, long, open_right=open_right) == long


def test_an_empty_cell_has_not_the_text_below_it_where_the_border_is_missing(
    make_pdf: MakePdf,
) -> None:
    empty = [(n, "" if n == "3" else comment, answer) for n, comment, answer in TEXTS]
    assert read(make_pdf, empty, open_below={(3, 1)}) == empty


def test_an_answer_in_a_merged_cell_is_that_of_all_its_comments(make_pdf: MakePdf) -> None:
    merged = [(n, comment, "" if n == "3" else answer) for n, comment, answer in TEXTS]
    found = read(make_pdf, merged, open_below={(2, 2)})
    assert [answer for *_, answer in found[1:3]] == [TEXTS[1][2]] * 2


def test_texts_of_two_merged_cells_are_parted_where_the_border_between_them_is_missing(
    make_pdf: MakePdf,
) -> None:
    merged = [(str(n), f"意見その{n}", f"回答その{n}です。" if n % 2 else "") for n in range(1, 11)]
    found = read(make_pdf, merged, open_below={(row, 2) for row in (1, 2, 3, 5, 7, 9)})
    assert [answer for *_, answer in found] == [merged[n - n % 2][2] for n in range(10)]


def test_lines_of_even_pitch_in_a_merged_cell_are_one_text(make_pdf: MakePdf) -> None:
    """The last line stands where the text of the next row would."""
    lines = "回答する。\n次に示す。\n\n再検討する。"
    merged = [(n, c, lines if n == "2" else "" if n == "3" else a) for n, c, a in TEXTS]
    found = read(make_pdf, merged, open_below={(2, 2)})
    assert [answer for *_, answer in found[1:3]] == ["回答する。\n次に示す。\n再検討する。"] * 2


@pytest.mark.parametrize("column", [0, 1])
def test_a_column_without_rulings_has_the_rows_of_the_others(
    make_pdf: MakePdf, column: int
) -> None:
    """A style gives the first column one ground; its texts stand at the tops of their rows."""
    assert read(make_pdf, open_below={(row, column) for row in range(8)}) == TEXTS


def test_two_numbers_below_an_empty_cell_are_those_of_their_rows(make_pdf: MakePdf) -> None:
    """The first row of a page may go on with the last one of the page before."""
    texts = [("", *TEXTS[0][1:]), *TEXTS[1:3]]
    assert read(make_pdf, texts, open_below={(row, 0) for row in (1, 2)}) == texts


@pytest.mark.parametrize("answer", ["回答です。", "回答\nします\nです。"])
def test_paragraphs_that_made_their_rows_higher_are_those_of_cells(
    make_pdf: MakePdf, answer: str
) -> None:
    """Rows as high as the texts beside them may hold the lines of one merged cell."""
    texts = [(str(n), f"意見\nその\n{n}です。", answer) for n in range(1, 9)]
    found = read(make_pdf, texts, open_below={(row, 1) for row in range(1, 8)})
    own = ["".join(comment.split()) == f"意見その{n}です。" for n, comment, _ in found]
    assert own == [answer == "回答です。"] * len(texts)


def test_the_rows_of_a_small_table_in_one_cell_are_not_those_of_the_next(
    make_pdf: MakePdf,
) -> None:
    columns, rows = (50, 250, 450, 520), (780, 760, 720, 560, 520)
    inset, steps = (53, 117, 183, 247), (618, 604, 590, 576, 562)

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        sheet.grid(columns, rows)
        sheet.grid(inset, steps)
        for top, foot in pairwise(steps):
            for x in inset[:-1]:
                sheet.drawString(x + 3, (top + foot) / 2 - 4, "30件")
        for x, name in zip(columns, ("改正案", "現行", "理由"), strict=False):
            sheet.drawString(x + 3, 766, name)
            sheet.drawString(x + 3, 736, f"{name}の一。")
            sheet.drawString(x + 3, 536, f"{name}の三。")
        sheet.drawString(53, 700, "改正案の二。")
        sheet.drawString(453, 640, "理由の二。")
        for line in range(8):
            sheet.drawString(253, 679 - 14 * line, f"現行の第二の文の{line}行目である")

    path = make_pdf(draw)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    found = [*read_rows(out / "records" / f"{path.stem}.parquet")]
    assert [row["extra"] for row in found] == [{"理由": f"理由の{n}。"} for n in "一二三"]
    assert len(found[1]["original_text"].split("行目である")) == 9
