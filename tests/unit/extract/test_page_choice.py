"""How a page is to be read: its text layer, its picture, or both."""

from collections.abc import Callable

import pytest

from pipeline.extract.page_choice import choose_source
from pipeline.extract.pdf.page_content import Drawing
from pipeline.model import UNMAPPED
from tests.support.scanned import drawing


def never() -> float:
    raise AssertionError("a page that draws its text and no pictures is not looked at")


@pytest.mark.parametrize(
    ("page", "uncovered", "source"),
    [
        (drawing("意見"), never, "text_layer"),
        (drawing(""), never, "text_layer"),
        (drawing("", pictured=True), never, "ocr"),
        (drawing("", pictured=True, count=9, hidden=9), never, "ocr"),
        (drawing("意見" * 9 + UNMAPPED), never, "ocr"),
        (drawing("意見" * 99 + UNMAPPED), never, "mixed"),
        (drawing("බᅬࡢ㐟ලࡀྂ࠸ࠋ"), never, "ocr"),
        (drawing("緐諗は沴州" * 9), never, "ocr"),
        (drawing("\ue001\ue002" * 9), never, "ocr"),
        (drawing("è¾²\x81ã\x82" * 3), never, "ocr"),
        (drawing("\ue001" + "意見" * 30), never, "text_layer"),
        (drawing("们说意见很对"), never, "text_layer"),
        (drawing("意見", pictured=True), lambda: 0.01, "text_layer"),
        (drawing("意見", pictured=True), lambda: 0.3, "mixed"),
        (drawing("意見" * 30, pictured=True), lambda: 0.9, "mixed"),
        (drawing("1", pictured=True), lambda: 0.9, "ocr"),
    ],
    ids=[
        "text",
        "empty",
        "picture",
        "ocr-layer",
        "unmapped",
        "few-unmapped",
        "garbled",
        "shifted",
        "private",
        "utf-8",
        "few-private",
        "chinese",
        "logo",
        "part",
        "photo",
        "no.",
    ],
)
def test_how_a_page_is_to_be_read(
    page: Drawing, uncovered: Callable[[], float], source: str
) -> None:
    verdict = choose_source(page, uncovered)
    assert verdict.source == source
    assert bool(verdict.why) == (source != "text_layer")
