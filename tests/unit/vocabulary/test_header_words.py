"""The roles of printed headers."""

import pytest
import yaml

from pipeline.vocabulary.header_words import match_role
from tests.support.pdfs import DATA

HEADERS = yaml.safe_load((DATA / "headers.yml").read_text("utf-8"))


@pytest.mark.parametrize(("header", "role"), HEADERS.items())
def test_a_header_word_gives_its_role(header: str, role: str | None) -> None:
    match = match_role("".join(header.split()))
    assert (match.role if match else None) == role
