"""Planted mistakes: each is there, and the judge names those that a reader sees."""

from random import Random

import pytest
from msgspec.structs import replace

from benchmarks.mistakes.fit import JUDGED, Examples, find_flagged, fit
from benchmarks.mistakes.kinds import KINDS, STRUCTURAL
from benchmarks.mistakes.plant import plant
from benchmarks.mistakes.right import Reading
from pipeline.judge.signs import weights
from pipeline.model import Normalized, Segmented
from tests.support.judging import spell_pages, write_annex

THINGS = ("遊具", "街灯", "花壇", "水道", "砂場", "通路", "広場", "看板", "歩道", "側溝")
ROWS = [
    {
        "number": str(n),
        "comment": f"公園にある{thing}が古くなり、カーブの先が見えにくく危ないので、"
        "早く新しくすることを求めたい。",
        "submitter": f"委員{n}",
        "response": f"{thing}については、来年度の予算で新しくする方向で検討しています。",
    }
    for n, thing in enumerate(THINGS, start=1)
]


@pytest.fixture(scope="module")
def right() -> Reading:
    annex: Normalized = write_annex(ROWS)
    return Reading("made", annex, Segmented(annex.header), frozenset())


def test_right_records_are_not_flagged(right: Reading) -> None:
    assert not find_flagged(right, weights())


@pytest.mark.parametrize("kind", ["cut", "merged", "empty", "heading", "header row", "dropped"])
def test_what_a_reader_sees_is_named(right: Reading, kind: str) -> None:
    for seed in range(5):
        planted = plant(right, kind, Random(seed))
        assert planted is not None
        wrong = {place for place, _ in planted.wrong}
        assert wrong & find_flagged(planted, weights()), (kind, seed)


@pytest.mark.parametrize("kind", STRUCTURAL)
def test_what_the_page_shows_is_named(right: Reading, kind: str) -> None:
    paged = replace(right, segmented=spell_pages(right.normalized))
    assert not find_flagged(paged, weights())
    named = 0
    for seed in range(10):
        planted = plant(paged, kind, Random(seed))
        assert planted is not None
        assert len(planted.segmented.tables[0].rows) == len(planted.normalized.records)
        named += not find_flagged(planted, weights()).isdisjoint(p for p, _ in planted.wrong)
    assert named >= 9


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_mistake_changes_the_records(right: Reading, kind: str) -> None:
    planted = next(p for seed in range(20) if (p := plant(right, kind, Random(seed))) is not None)
    assert planted.wrong
    assert planted.normalized.records != right.normalized.records


def test_a_sign_of_wrong_fields_only_weighs_more_than_one_of_both() -> None:
    cut, stray = (("cut", 1.0),), (("stray", 1.0),)
    examples = Examples.none()
    examples.right.update({(): 100, stray: 20})
    examples.wrong.update({cut: 20, stray: 5})
    fitted = fit(examples, {"cut": 3.0, "stray": 3.0, "longer": 1.5})
    assert fitted.signs["cut"] > fitted.signs["stray"]
    assert fitted.signs["longer"] == pytest.approx(1.5)  # without examples, as judged
    assert set(JUDGED) == set(weights().signs)
