"""Answers below their comments, in the column of the comments."""

from tests.support.grids import grid, page, segment


def test_an_answer_beside_its_word_is_no_part_of_the_comment() -> None:
    rows, spans = [["番号", "質問", ""]], {(0, 1): (1, 2)}
    for number, (asked, answered) in enumerate(
        (("狭い。", "広げます。"), ("暗い。", "明るく。")), 1
    ):
        spans |= {(len(rows), 0): (2, 1), (len(rows), 1): (1, 2)}
        rows += [[str(number), asked, ""], ["", "回答", answered]]
    found = segment(page(1, [grid(rows, spans=spans)]))
    (table,) = found.tables
    assert [(column.header, column.role) for column in table.columns] == [
        ("番号", "number"),
        ("質問", "comment"),
        ("回答", "response"),
    ]
    assert [tuple(field.text for field in row.fields) for row in table.rows] == [
        ("1", "狭い。", "広げます。"),
        ("2", "暗い。", "明るく。"),
    ]
    assert [li.text for li in found.pages[0].header_lines[-2:]] == ["回答", "回答"]


def test_a_small_table_in_a_comment_is_no_answer() -> None:
    rows, spans = [["番号", "質問", ""]], {(0, 1): (1, 2)}
    for number in (1, 2):
        spans |= {(len(rows), 0): (2, 1), (len(rows), 1): (1, 2)}
        rows += [[str(number), "次のとおり。", ""], ["", "会場", "公民館"]]
    (table,) = segment(page(1, [grid(rows, spans=spans)])).tables
    assert [column.role for column in table.columns] == ["number", "comment"]
