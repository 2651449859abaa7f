"""segment: a table on its side, whose labels stand at the left of all records."""

from msgspec.structs import replace

from tests.support.grids import grid, page, segment

ROWS = [
    ["委員名", "中川", "三浦", "柴田"],
    ["意見", "道が狭い。", "橋が古い。", "川が深い。"],
    ["事務局の考え方", "広げます。", "直します。", "埋めます。"],
]


def test_each_column_beside_the_labels_is_a_record() -> None:
    found = segment(page(1, [grid(ROWS)]))
    (table,) = found.tables
    assert [column.header for column in table.columns] == ["委員名", "意見", "事務局の考え方"]
    texts = [tuple(field.text for field in row.fields) for row in table.rows]
    assert texts == list(zip(*ROWS, strict=True))[1:]
    # Their lines have other margins, and each label is printed once.
    assert [row.fields[1].parts[0].place for row in table.rows] == [0, 1, 2]
    assert [li.text for li in found.pages[0].header_lines] == ["委員名", "意見", "事務局の考え方"]


def test_a_remark_beside_the_texts_of_a_card_is_no_record() -> None:
    card = grid([row[:3] for row in ROWS])
    first, second, third, right = card.column_edges
    uneven = replace(card, column_edges=(first, second, third + 0.3 * (right - third), right))
    assert len(segment(page(1, [uneven])).tables[0].rows) == 1


def test_columns_that_no_row_names_are_records_in_doubt() -> None:
    for rows, is_sure in ((ROWS, True), (ROWS[1:], False)):
        table = segment(page(1, [grid(rows)])).tables[0]
        assert [row.confidence > 0.8 for row in table.rows] == 3 * [is_sure]
