"""Lines that say how to reach an office."""

import pytest

from pipeline.vocabulary.contact_lines import parts_contacts


@pytest.mark.parametrize(
    ("above", "below", "parts"),
    [
        ("電話 026-000-0000", "rivers@city.example.jp", True),
        ("mail: rivers-", "9@city.example.jp", False),
        ("mail: rivers.", "9@city.example.jp", False),
    ],
)
def test_an_address_that_a_line_end_parts_is_one(above: str, below: str, parts: bool) -> None:
    assert parts_contacts(above, below) is parts
