"""Titles and captions of annexes made by chance."""

from pathlib import Path

import pytest

from benchmarks.factory import fonts, make
from pipeline.segment import segment_annex
from pipeline.stages import extract_file


def test_titles_and_captions_made_by_chance_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the font that is everywhere; labels, dates, prose, boxes and feet around them."""
    monkeypatch.setattr(fonts, "TRUETYPE_FILES", fonts.CARRIED)
    wrong = []
    for place in range(12):
        made = make(tmp_path, "titled", "flowed", 77, place)
        wanted = [(table["title"], table["caption"]) for table in made.annex.truth()["tables"]]
        tables = segment_annex(extract_file(made.pdf)).tables
        found = [(table.title, table.caption) for table in tables]
        wrong += [
            (made.annex.id, *pair) for pair in zip(wanted, found, strict=True) if pair[0] != pair[1]
        ]
    assert not wrong
