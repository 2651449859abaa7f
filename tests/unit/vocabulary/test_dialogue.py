"""How people ask and how offices answer."""

import pytest

from pipeline.vocabulary.dialogue import answers, asks


@pytest.mark.parametrize(
    "text",
    [
        "早く直してほしい。", "増やすべきではないか。", "予約できるようにしてください。",
        "なぜか？", "よいと思います。ご検討をお願いします。", "どこで分かるのでしょうか。",
        "道が狭いと思う", "声も聞くべきだと考えます。", "費用はいくらか。", "分かりにくい。",
    ],
)  # fmt: skip
def test_comments_ask_wish_or_judge(text: str) -> None:
    assert asks(text)
    assert not answers(text)


@pytest.mark.parametrize(
    "text",
    [
        "来年度に更新する予定です。", "今後の参考とさせていただきます。※関連：12頁",
        "リスク２の対策を参照してください。意見のとおり修正しました。", "（公表しています。）",
    ],
)  # fmt: skip
def test_offices_tell_politely(text: str) -> None:
    assert answers(text)
    assert not asks(text)


@pytest.mark.parametrize(
    "text", ["市長は計画を公表するものとする。", "同上", "", "点検を行う必要がある。", "いかなる"]
)
def test_provisions_and_labels_do_neither(text: str) -> None:
    assert not asks(text)
    assert not answers(text)
