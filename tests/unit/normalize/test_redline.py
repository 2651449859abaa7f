"""What a revision changes."""

from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.redline import classify_revision, redline
from tests.support.pdfs import DATA

REVISIONS = yaml.safe_load((DATA / "revisions.yml").read_text("utf-8"))
JAPANESE = st.text(st.sampled_from("個人情報のをはが①・。、「」Ⅲ１2ab \n"), max_size=60)


@pytest.mark.parametrize("case", REVISIONS, ids=lambda case: case["revision"][:12])
def test_kinds_of_revision(case: dict[str, str]) -> None:
    assert classify_revision(case["original"], case["revision"]) == case["kind"]


@given(JAPANESE, JAPANESE)
def test_a_redline_spells_both_texts(original: str, revision: str) -> None:
    runs = redline(original, revision)
    assert "".join(run.text for run in runs if run.op != "insert") == original
    assert "".join(run.text for run in runs if run.op != "delete") == revision
    assert all(a.op != b.op for a, b in pairwise(runs))


def test_a_redline_breaks_between_morphemes() -> None:
    runs = redline("共通の対策を参照。", "共通の対策も参照。")
    assert [(run.op, run.text) for run in runs] == [
        ("equal", "共通の対策"),
        ("delete", "を"),
        ("insert", "も"),
        ("equal", "参照。"),
    ]
