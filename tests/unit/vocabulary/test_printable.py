"""What a terminal is given."""

import pytest

from pipeline.vocabulary.printable import printable, printable_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("別紙　意見（案）①", "別紙　意見（案）①"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("a\rb\tc\x00d\x7f", r"a\rb\tc\x00d\x7f"),
        ("\x9b2J\x85", r"\x9b2J\x85"),
        ("x\u202efdp\u2066", r"x\u202efdp\u2066"),
        ("two\nlines\u2028three", r"two\nlines\u2028three"),
        ("\udc95", r"\udc95"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_a_terminal_is_given_nothing_to_obey(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(shown) == shown


def test_line_ends_that_are_meant_stay() -> None:
    assert printable_lines("one\n\x1btwo") == "one\n\\x1btwo"
