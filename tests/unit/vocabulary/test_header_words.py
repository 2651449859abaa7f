"""The roles of printed headers."""

import pytest
import yaml

from pipeline.vocabulary.header_words import match_role, strip_header
from tests.support.pdfs import DATA

HEADERS = yaml.safe_load((DATA / "headers.yml").read_text("utf-8"))


@pytest.mark.parametrize(("header", "role"), HEADERS.items())
def test_a_header_word_gives_its_role(header: str, role: str | None) -> None:
    match = match_role("".join(header.split()))
    assert (match.role if match else None) == role


def test_dirt_before_a_header_is_no_part_of_it() -> None:
    """Else a later page's header is a record, which has lost its number."""
    assert [strip_header(text) for text in ("．誤", "・ 誤", "・")] == ["誤", "誤", "・"]
