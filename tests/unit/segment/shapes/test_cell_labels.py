"""Which cells of a grid hold labels, and which hold values of the same words."""

from pipeline.model import Grid
from pipeline.segment.shapes.cell_labels import read_cell_labels
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES
from tests.support.grids import grid


def labels_of(own: Grid) -> list[str]:
    rows = [[c for c in own.cells if c.row == row] for row in range(len(own.row_edges) - 1)]
    return [label.header for label in read_cell_labels(rows, VOCABULARY_ROLES).values()]


def test_values_stand_between_the_labels_of_a_card() -> None:
    rows = [["番号", "1", "提出者", "団体"], ["意見", "道が狭い。", "", ""]]
    assert labels_of(grid(rows, spans={(1, 1): (1, 3)})) == ["番号", "提出者", "意見"]


def test_a_header_with_an_unknown_word_behind_labels_has_no_values() -> None:
    rows = [["番号", "分類", "訂正前", "意見募集の結果"], ["1", "総論", "旧い。", "広げます。"]]
    assert labels_of(grid(rows)) == ["番号", "分類", "訂正前"]


def test_a_value_may_end_in_a_word_for_labels() -> None:
    rows = [["番号", "1", "提出者", "市民"], ["区分", "団体", "担当課", "配水課"]]
    rows += [["意見", "道が狭い。", "", ""]]
    found = labels_of(grid(rows, spans={(2, 1): (1, 3)}))
    assert found == ["番号", "提出者", "区分", "担当課", "意見"]


def test_labels_over_their_values_have_none_between_them() -> None:
    rows = [["区分", "団体", "担当課", "関係課"], ["3", "水道の会", "5月", "あり"]]
    rows += [["意見", "道が狭い。", "", ""]]
    found = labels_of(grid(rows, spans={(2, 1): (1, 3)}))
    assert found[:4] == ["区分", "団体", "担当課", "関係課"]


def test_a_letter_beside_a_label_is_its_value_where_another_value_ends_in_a_word_for_labels() -> (
    None
):
    rows = [["ご意見の該当箇所", "３ページ", "反映状況", "Ａ"], ["意見", "道が狭い。", "", ""]]
    found = labels_of(grid(rows, spans={(1, 1): (1, 3)}))
    assert found == ["ご意見の該当箇所", "反映状況", "意見"]


def test_a_label_with_its_number_is_the_value_of_a_word_for_numbers() -> None:
    assert labels_of(grid([["No.", "意見4"]])) == ["No."]


def test_a_value_beside_a_label_may_end_in_another_column_than_those_of_other_cards() -> None:
    rows = [["意見", "道が狭い。", ""], ["対応", "反映", ""], ["対応", "", "その他"]]
    spans = {(0, 1): (1, 2), (1, 1): (1, 2), (2, 0): (1, 2)}
    assert labels_of(grid(rows, spans=spans)) == ["意見", "対応", "対応"]
