"""Rows set as close as the lines of a text, and the articles of two versions."""

import pytest

from pipeline.model import Doubt, Field, FieldPart, Line, TableRow
from pipeline.segment.rows.close_rows import cut_at_articles, cut_at_restarts
from pipeline.segment.rows.unruled_rows import split_by_gaps
from tests.support.making import box, line

PITCH = 12.0


@pytest.mark.parametrize(
    ("end", "beside", "count"), [("す。", 36, 2), ("す。", 24, 1), ("する", 36, 1)]
)
def test_all_texts_begin_anew_below_room_in_one_column(end: str, beside: float, count: int) -> None:
    """Word sets the rows of a table without rulings right below each other."""
    lefts, long = (0, 100), "道を広げま"
    columns = [
        [(0, "意見です。"), (beside, "意見です。")],
        [(0, long), (12, long), (24, long + end), (36, "回答です。")],
    ]
    row = TableRow(
        tuple(
            Field(
                (
                    FieldPart(
                        1,
                        box(left, 0, left + 55, 60),
                        tuple(line(text, x0=left, top=top) for top, text in texts),
                    ),
                )
            )
            for left, texts in zip(lefts, columns, strict=True)
        )
    )
    assert len(cut_at_restarts(row, [], 3.0)) == count


def lay(*texts: str, right: float = 55) -> TableRow:
    """Columns of lines as close as those of a text; an empty line has no text."""
    fields = []
    for place, text in enumerate(texts):
        x = 100.0 * place
        lines = (line(own, x0=x, top=PITCH * at) for at, own in enumerate(text.split("\n")) if own)
        fields.append(Field((FieldPart(1, box(x, 0, x + right, 500), tuple(lines)),)))
    return TableRow(tuple(fields))


@pytest.mark.parametrize(
    ("last", "count"), [("せよ。", 3), ("広いせよ。", 2)], ids=["short", "full"]
)
def test_once_rows_are_close_texts_that_end_short_end_a_record(last: str, count: int) -> None:
    row = lay(
        f"意見です。\n\n意見です。\n{last}\n意見です。\n{last}",
        "道を広げま\nす。\n道を広げま\nす。\n道を広げま\nす。",
    )
    rows = cut_at_restarts(row, [], 3.0)
    assert len(rows) == count
    doubtful = [Doubt.CLOSE_ROWS in own.fields[0].parts[0].doubts for own in rows]
    assert any(doubtful)


def test_two_items_side_by_side_part_no_record() -> None:
    row = lay(
        "意見です。\n\n意見です。\n・道。\n・橋。",
        "道を広げま\nす。\n道です。\n・道。\n・橋。",
    )
    assert len(cut_at_restarts(row, [], 3.0)) == 2


OLD = "第１条　道。\n(1)　橋。\n（川）\n第２条　道。\n第３条　道。"


@pytest.mark.parametrize(
    ("new", "one_cell", "count"),
    [
        (OLD, False, 3),
        (OLD, True, 1),
        (OLD.replace("\n(1)　橋。", "\n"), True, 3),
        (OLD.replace("(1)　橋。\n", ""), False, 1),
        (OLD.replace("第３条　道。", "（新設）"), False, 3),
    ],
    ids=["rows", "one cell", "a longer text", "not level", "a new article"],
)
def test_articles_that_begin_side_by_side_are_rows(new: str, one_cell: bool, count: int) -> None:
    rows = cut_at_articles(lay(OLD, new, right=90), (), one_cell, parted=False)
    assert len(rows) == count
    level = new.count("\n") == OLD.count("\n")
    assert all((Doubt.CLOSE_ROWS in own.fields[0].parts[0].doubts) is level for own in rows)


def test_two_articles_are_rows_where_others_are() -> None:
    row = lay("第１条　道。\n第２条　道。", "第１条　道。\n第２条　道。", right=90)
    assert len(cut_at_articles(row, (), one_cell=False, parted=False)) == 1
    assert len(cut_at_articles(row, (), one_cell=False, parted=True)) == 2


def test_versions_that_begin_side_by_side_below_room_are_rows() -> None:
    old = "道です。\n\n橋です。\n\n川です。\n\n海です。\n\n山です。"
    new = "道を広げま\nす。\n橋を広げま\nす。\n川を広げま\nす。\n海を広げま\nす。\n山です。"
    assert len(split_by_gaps(lay(old, new), compares=True, labels=(), one_cell=True)) == 1
    rows = split_by_gaps(lay(old, new), compares=True, labels=(), one_cell=False)
    assert len(rows) == 5
    assert all(Doubt.CLOSE_ROWS in own.fields[0].parts[0].doubts for own in rows)


@pytest.mark.parametrize(("full", "count"), [(1, 5), (4, 1)])
def test_a_noun_phrase_that_fills_its_line_does_not_join_rows_of_one_line(
    full: int, count: int
) -> None:
    texts = ["道を広げる" if at < full else "道" for at in range(5)]
    row = lay("\n".join(["課"] * 5), "\n".join(texts), "\n".join(["済"] * 5))
    assert len(split_by_gaps(row, compares=False, labels=(0,))) == count


def test_texts_that_add_to_what_was_said_begin_no_record() -> None:
    """Below a blank line of one text, また、 began a record in both columns."""
    row = lay("道が狭い。\n\nまた、暗い。", "道を広げま\nす。\nまた、灯す。")
    assert len(cut_at_restarts(row, [], 3.0)) == 1


def test_a_blank_line_inside_rows_that_a_program_set_apart_parts_nothing() -> None:
    """Where gaps part all rows, a text that begins anew below a blank line is a paragraph."""
    long, short = ["意見です。", "", "意見です。"], ["意見です。"]
    answer = ["道を広げま", "す。", "回答です。"]
    fields: list[list[Line]] = [[], []]
    top = 0.0
    for texts in ((long, answer), (short, short), (long, answer), (short, short)):
        for column, (lines, own) in enumerate(zip(fields, texts, strict=True)):
            placed = ((top + PITCH * at, text) for at, text in enumerate(own) if text)
            lines += [line(text, x0=100.0 * column, top=y) for y, text in placed]
        top += PITCH * len(texts[0]) + 8
    row = TableRow(
        tuple(
            Field((FieldPart(1, box(x, 0, x + 55, 500), tuple(lines)),))
            for x, lines in zip((0, 100), fields, strict=True)
        )
    )
    assert len(split_by_gaps(row, compares=False, labels=[])) == 4
