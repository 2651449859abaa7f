"""Sentences of an answer that name the items of a question."""

import pytest

from pipeline.vocabulary.answered_items import read_answered_items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("①については、直します。", (1, 1)),
        ("（１）及び（２）については、", (1, 2)),
        ("ア、イ及びウは、", (1, 3)),
        ("3点目につきましては、", (3, 3)),
        ("２つ目について、", (2, 2)),
        ("㉑に関しては、", (21, 21)),
        ("１～３については、", (1, 3)),
        ("後段については、", (2, 2)),
        ("前者は、", (1, 1)),
        ("アは別に定めます。", None),
        ("２人については、", None),
        ("①に掲げる者は、", None),
    ],
)
def test_the_items_are_read(text: str, items: tuple[int, int] | None) -> None:
    answered = read_answered_items(text)
    assert (answered and answered[1:]) == items
