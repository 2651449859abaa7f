"""The glue of the benchmarks: other tools' tables become the records that they hold."""

from benchmarks.glue import join_lines, make_records
from pipeline.files.truths import TruthTable

TRUTH = TruthTable(
    headers=["番号", "意見", "対応課"], roles=["number", "comment", "extra"], records=[]
)


def test_pages_are_put_below_each_other_without_their_headers() -> None:
    pages = [
        [["番号", "意 見", "対応課"], ["1", "長い\n意見", "総務課"]],
        [["番号", "意見", "対応課"], ["2", "別の意見", None]],
        [["3", "続き", "会計課"]],
    ]
    found = make_records(pages, [TRUTH])
    assert [record.fields["number"] for record in found] == ["1", "2", "3"]
    assert found[0].fields["comment"] == "長い\n意見"
    assert join_lines(found[0]).fields["comment"] == "長い意見"
    assert [record.fields["extra:対応課"] for record in found] == ["総務課", "", "会計課"]


def test_a_merged_cell_is_given_to_every_row_it_covers() -> None:
    pages = [[["番号", "意見", "対応課"], ["1", "意見", "総務課"], ["2", "別", None]]]
    assert make_records(pages, [TRUTH])[1].fields["extra:対応課"] == "総務課"


def test_an_empty_column_that_a_tool_invents_is_left_out() -> None:
    pages = [[["番号", "意見", "対応課"], ["1", "意見", "総務課"]], [["2", "", "別", "会計課"]]]
    found = make_records(pages, [TRUTH])
    assert found[1].fields == {"number": "2", "comment": "別", "extra:対応課": "会計課"}


def test_what_is_no_comment_table_gives_no_records() -> None:
    assert make_records([[["年度", "金額"], ["令和八", "三千円"]]], [TRUTH]) == []
