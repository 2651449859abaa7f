"""The forms of headings."""

import pytest

from pipeline.vocabulary.heading_forms import (
    is_noun_phrase,
    may_head,
    read_form,
    strip_continued,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第１章　総則", "章"),
        ("第十二節 道路", "節"),
        ("第３条（定義）関係", "条"),
        ("第２　届出関係", "第1"),
        ("第１　総則", "第1"),
        ("第１回 会議", "plain"),
        ("Ⅱ　計画", "Ⅰ"),
        ("１　総論", "1"),
        ("2. 各論", "1"),
        ("1-2 道路", "1-1"),
        ("1.2 道路", "1-1"),
        ("（３）公園", "(1)"),
        ("③ 公園", "①"),
        ("ア　遊具", "ア"),
        ("●第１条関係", "●"),
        ("【福祉】", "【"),
        ("・公園", "・"),
        ("基本目標２　福祉", "基本目標"),
        ("施策２－１　福祉", "施策"),
        ("５年間の計画", "plain"),
        ("その他", "plain"),
        ("○○市への意見", "plain"),
        ("●●　総則", "●"),
        ("＜＜総則＞＞", "＜"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert read_form(text).kind == kind


def test_usual_kinds_have_an_order() -> None:
    texts = (
        "第１編",
        "第１章",
        "第１節",
        "第１条",
        "１　道",
        "1-1 道",
        "（１）道",
        "①道",
        "ア　道",
    )
    ranks = [read_form(text).rank for text in texts]
    assert ranks == sorted(rank for rank in ranks if rank is not None)
    assert len(set(ranks)) == len(texts)


@pytest.mark.parametrize("text", ["意見なし", "（該当なし）", "特になし。", "狭い。", "", "欠番"])
def test_what_heads_nothing(text: str) -> None:
    assert not may_head(text)


@pytest.mark.parametrize("text", ["総論に関する意見", "公園について（３件）", "安全なまちをつくる"])
def test_what_may_head(text: str) -> None:
    assert may_head(text)


def test_noun_phrases() -> None:
    assert is_noun_phrase("公園について（３件）")
    assert not is_noun_phrase("駐車場を増やしてほしい")


def test_continuations() -> None:
    assert strip_continued("第１章　公園（続き）") == "第１章　公園"
    assert strip_continued("第１章　公園（つづき）　３件") == "第１章　公園　３件"
