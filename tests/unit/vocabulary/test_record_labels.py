"""vocabulary: the labels of records, in running text and in cells."""

import pytest

from pipeline.vocabulary.header_roles import VOCABULARY_ROLES
from pipeline.vocabulary.record_labels import (
    is_list_of_contents,
    read_card_label,
    read_cell_label,
    read_line_label,
    unknown_label,
)


@pytest.mark.parametrize(
    ("line", "header", "asks", "ordinal", "rest"),
    [
        ("問１　入浴について", "問", True, 1, "入浴について"),
        ("（答）", "（答）", False, None, ""),
        ("Q12. どこか", "Q", True, 12, "どこか"),
        ("【問３】どこか", "問", True, 3, "どこか"),
        ("問１－２　どこか", "問", True, 2, "どこか"),
        ("問（４）　どこか", "問", True, 4, "どこか"),
        ("問十二　どこか", "問", True, 12, "どこか"),
        ("　回答：はい", "回答", False, None, "はい"),
        ("Ａ　はい", "Ａ", False, None, "はい"),
        ("ご意見の概要　どこか", "ご意見の概要", True, None, "どこか"),
        ("市の考え方　はい", "市の考え方", False, None, "はい"),
        ("考え方 2　はい", "考え方", False, 2, "はい"),
        ("Comment 3 We agree.", "Comment", True, 3, "We agree."),
        ("FSA's response: Yes.", "FSA'sresponse", False, None, "Yes."),
    ],
)
def test_labels_of_lines(line: str, header: str, asks: bool, ordinal: int, rest: str) -> None:
    found = read_line_label(line)
    assert found is not None
    assert (found.label.header, found.asks, found.label.ordinal) == (header, asks, ordinal)
    assert line[found.text :] == rest


@pytest.mark.parametrize(
    "line",
    [
        *("問３の回答のとおり", "答申は別紙", "意見が出た。", "AI の活用", "市の考え方"),
        *("Comment on Article 3", "Response to comments", "A phased approach is better."),
    ],
)
def test_words_of_a_sentence_are_no_labels(line: str) -> None:
    assert read_line_label(line) is None


@pytest.mark.parametrize(
    ("line", "ordinal", "rest"),
    [("質問１使用料の設定", 1, "使用料の設定"), ("問１２施設の老朽化", 12, "施設の老朽化")],
)
def test_white_space_behind_a_label_may_be_unseen_on_a_picture(
    line: str, ordinal: int, rest: str
) -> None:
    found = read_line_label(line, spaced=False)
    assert found is not None
    assert (found.label.ordinal, line[found.text :]) == (ordinal, rest)
    assert read_line_label(line) is None


@pytest.mark.parametrize("line", ["問３の回答のとおり", "意見12件のうち", "質問が１つ", "回答案"])
def test_words_of_a_sentence_on_a_picture_are_no_labels(line: str) -> None:
    assert read_line_label(line, spaced=False) is None


@pytest.mark.parametrize(
    ("text", "role", "ordinal"),
    [
        ("No.3", "number", 3),
        ("該当箇所", "original_text", None),
        ("Ｑ", "comment", None),
        ("意見２", "comment", 2),
        ("指摘事項１", "comment", 1),
        ("【要望２】", "comment", 2),
        ("Q2.", "comment", 2),
        ("Ａ２：", "response", 2),
        ("Q-2", "comment", 2),
        ("A.2", "response", 2),
        ("市の考え方", "response", None),
        ("担当課", None, None),
    ],
)
def test_labels_of_cells(text: str, role: str | None, ordinal: int | None) -> None:
    label = read_cell_label(text, VOCABULARY_ROLES)
    assert label is not None
    assert (label.role, label.ordinal) == (role, ordinal)


@pytest.mark.parametrize(
    "text",
    ["", "12", "令和８", "第２章３", "道が狭い。", "歩道の幅を広げてほしいという多くの住民の意見"],
)
def test_other_cells_hold_no_label(text: str) -> None:
    assert read_cell_label(text, VOCABULARY_ROLES) is None


def test_a_short_text_where_labels_stand_is_one() -> None:
    label = unknown_label("年代", VOCABULARY_ROLES)
    assert label is not None and (label.header, label.known) == ("年代", False)
    assert unknown_label("道が狭い。", VOCABULARY_ROLES) is None


def test_one_letter_before_a_colon_is_a_label_of_a_card() -> None:
    found = read_card_label("№：12", VOCABULARY_ROLES)
    assert found is not None
    assert (found.label.role, found.text) == ("number", 2)


def test_lines_of_a_list_of_contents() -> None:
    assert is_list_of_contents("問１　居宅について………… 3")
    assert not is_list_of_contents("問１　居宅とはどこか。")
