"""Headings that lead a text."""

import pytest
import yaml

from pipeline.normalize.location import split_location
from tests.support.pdfs import DATA

LOCATIONS = yaml.safe_load((DATA / "locations.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", LOCATIONS, ids=lambda case: case["text"][:12])
def test_leading_headings(case: dict[str, object]) -> None:
    text = str(case["text"])
    headings, body = split_location(text)
    lines = text.split("\n") if text else []
    assert headings == lines[: int(str(case["headings"]))]
    assert "\n".join([*headings, *([body] if body else [])]) == text
