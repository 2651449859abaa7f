"""Marks that say that a table goes on."""

import pytest

from pipeline.vocabulary.continuation_marks import Continuation, find_continuation_mark


@pytest.mark.parametrize(
    "text",
    [
        "（前頁から続く）",
        "（続き）",
        "［続き］",
        "〔前頁の続き〕",
        "【前ページより続く】",
        "※前頁の続き",
        "前ページからの続き",
        "(continued)",
        "（２の続き）",
    ],
)
def test_what_goes_on_from_the_page_before(text: str) -> None:
    mark = find_continuation_mark(text)
    assert mark is not None
    assert (mark.start, mark.end, mark.kind) == (0, len(text), Continuation.FROM_BEFORE)


@pytest.mark.parametrize(
    "text",
    [
        "（次頁へ続く）",
        "（次ページに続く）",
        "（ 次頁へ 続く ）",
        "（続く）",
        "→次頁へ",
        "※次頁に続く",
        "以下次頁へ続く",
        "（次頁に続く。）",
        "〈次のページへつづく〉",
    ],
)
def test_what_goes_on_over_the_page(text: str) -> None:
    mark = find_continuation_mark(text)
    assert mark is not None
    assert (mark.start, mark.end, mark.kind) == (0, len(text), Continuation.GOES_ON)


@pytest.mark.parametrize(
    "text",
    [
        "手続きを続ける。",
        "続き",
        "続く",
        "この続きは",
        "（次頁）",
        "次頁の図",
        "・続き",
        "前頁から続く表を直す",
    ],
)
def test_words_of_running_text_are_no_marks(text: str) -> None:
    assert find_continuation_mark(text) is None


def test_a_mark_beside_a_text_is_found_in_its_place() -> None:
    text = "作り直（次頁へ続く）"
    mark = find_continuation_mark(text)
    assert mark is not None
    assert (text[: mark.start], text[mark.end :], mark.names_page) == ("作り直", "", True)
    mark = find_continuation_mark("（続き）3")
    assert mark is not None
    assert (mark.start, mark.end, mark.names_page) == (0, 4, False)
