"""Texts that somebody wrote are laid out as they stand, and are the truth of `raw_pdfs`."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.factory.written.__main__ import read_annex
from pipeline.files.truths import read_truth
from pipeline.model import ROLES
from tests.support.pdfs import ROOT

TEXTS = sorted((ROOT / "benchmarks" / "factory" / "written").glob("*.yml"))


def test_headings_stand_over_their_records(tmp_path: Path) -> None:
    texts = {
        "title": "意見",
        "caption": None,
        "columns": {"No": "number", "意見": "comment"},
        "rows": ["第１章", ["1", "甲"], ["2", "乙"], "第２章", ["3", "丙"]],
        "notes": "※ 要約",
    }
    path = tmp_path / "made.yml"
    path.write_text(json.dumps(texts), encoding="utf-8")  # JSON is YAML
    annex = read_annex(path)
    (table,) = annex.truth()["tables"]
    assert (annex.id, table["roles"]) == ("made", ["number", "comment"])
    assert [(record["comment"], record["section"]) for record in table["records"]] == [
        ("甲", ["第１章"]),
        ("乙", ["第１章"]),
        ("丙", ["第２章"]),
    ]
    assert annex.prose_texts() == ["※ 要約"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_accepted_truth_is_what_was_written(path: Path) -> None:
    """Not what besshi read: a letter that it misread and a person overlooked shows here."""
    (written,) = read_annex(path).truth()["tables"]
    (accepted,) = read_truth(ROOT / "tests" / "golden" / f"{path.stem}.json").tables
    assert (accepted.title, accepted.caption) == (written["title"], written["caption"])
    assert list(map(typed, accepted.records)) == list(map(typed, written["records"]))


def typed(record: dict[str, Any]) -> dict[str, Any]:
    """What somebody typed, without what besshi derives from it."""
    return {name: text for name, text in record.items() if name in (*ROLES, "section") and text}


def test_there_are_two() -> None:
    assert [path.stem for path in TEXTS] == ["midorino_bosai", "shiomi_toshokan"]
