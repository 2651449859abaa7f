"""Marks at the beginning of lines, sentence ends, page numbers."""

import pytest
import yaml

from pipeline.vocabulary.line_marks import (
    begins_with_mark,
    ends_sentence,
    find_inner_places,
    is_page_number,
    lists_numbers,
    read_bare_ordinal,
    read_last_ordinal,
    read_ordinal,
)
from tests.support.pdfs import DATA

MARKS = yaml.safe_load((DATA / "marks.yml").read_text("utf-8"))


@pytest.mark.parametrize("text", ["3", "- 3 -", "3/10", "3 / 16", "３ページ", "P.3", "－３－"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["第3回", "2024年3月", "別紙１", "3 本人確認情報ファイル"])
def test_no_page_numbers(text: str) -> None:
    assert not is_page_number(text)


@pytest.mark.parametrize("text", MARKS["marks"])
def test_marks(text: str) -> None:
    assert begins_with_mark(text)


@pytest.mark.parametrize("text", MARKS["others"])
def test_no_marks(text: str) -> None:
    assert not begins_with_mark(text)


def test_sentence_ends() -> None:
    assert ends_sentence("した。")
    assert ends_sentence("（以下同じ。）")
    assert not ends_sentence("（Ⅲ．")
    assert not ends_sentence("記載している")


def test_ordinals() -> None:
    assert [read_ordinal(t) for t in ("③", "（３）", "３．法", "ウ　項", "(ウ)", "・", "本文")] == [
        3,
        3,
        3,
        3,
        3,
        None,
        None,
    ]


def test_a_kanji_number_before_white_space_is_an_item() -> None:
    texts = ("一　公園を直すこと", "十二　その他", "（三）道路", "一　般", "一般的な話")
    assert [read_ordinal(text) for text in texts] == [1, 12, 3, None, None]
    assert [begins_with_mark(text) for text in texts] == [True, True, True, False, False]


def test_roman_ordinals() -> None:
    assert [read_ordinal(t) for t in ("(i) x", "(ii) x", "（iv）", "(viii)", "(vx)")] == [
        1,
        2,
        4,
        8,
        None,
    ]


def test_the_last_ordinal_of_a_range() -> None:
    texts = ("１～２（略）", "第１～第２", "ア～ウ　（略）", "③", "本文")
    assert [read_last_ordinal(text) for text in texts] == [2, 2, 3, 3, None]


def test_numbers_without_a_mark() -> None:
    texts = ("１調剤基本料", "12歯科", "２人", "26年度", "３つ", "１．法", "本文")
    assert [read_bare_ordinal(text) for text in texts] == [1, 12, None, None, None, None, None]


def test_a_circle_among_numerals_is_no_place_inside_a_line() -> None:
    assert list(find_inner_places("二〇二五年は〇とする")) == [6]


def test_places_inside_a_line() -> None:
    assert list(find_inner_places("した。①また、②次を。")) == [3, 7]
    assert list(find_inner_places("第３章　現状　12ページ")) == [7]
    assert list(find_inner_places("資料の　12ページを読んでも理解できませんでした")) == []


def test_several_numbers_one_a_line() -> None:
    assert lists_numbers(["２", "３", "４"])
    assert lists_numbers(["No.9", "No.12"])
    assert lists_numbers(["1-9", "1-10"])
    assert not lists_numbers(["202", "4"])  # the rest of a number
    assert not lists_numbers(["2024-00", "1"])
    assert not lists_numbers(["2"])
    assert not lists_numbers(["9", "10名の職員"])
