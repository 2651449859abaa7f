"""The annexes of the project, from PDF to records, held against their truths (tests/golden).

Each truth was read by a person, who accepted it (`besshi annex accept`) or wrote it. A record that
changes shows here as a diff of its lines.
"""

import pytest

from pipeline.batch.executor import BatchOptions
from pipeline.commands.annex.check import State, check_annexes
from pipeline.commands.annex.project import Project
from pipeline.model import Normalized
from tests.support.pdfs import ROOT

PROJECT = Project(ROOT)
TRUTHS = sorted(path.stem for path in PROJECT.truths.glob("*.json"))


@pytest.mark.parametrize("annex", TRUTHS)
def test_every_field_is_what_its_author_typed(annex: str) -> None:
    checked = check_annexes(PROJECT, [annex], BatchOptions(jobs=0))
    assert checked[0].state is State.SAME, "\n".join((checked[0].reason, *checked[0].differences))


def test_the_annex_of_the_mission_is_among_them() -> None:
    assert "ota_annex" in TRUTHS


def test_every_glyph_is_accounted_for(ota_normalized: Normalized) -> None:
    assert len(ota_normalized.pages) == 10
    assert sum(page.glyphs for page in ota_normalized.pages) == 22637
    assert [page.unaccounted for page in ota_normalized.pages] == [0] * 10
    assert all(page.in_records and page.in_furniture for page in ota_normalized.pages)


def test_record_20_is_clipped_and_no_other(ota_normalized: Normalized) -> None:
    clipped = [record.record_id for record in ota_normalized.records if "clipped" in record.flags]
    assert clipped == ["ota_annex-t1-r20"]
    assert [i.record_id for i in ota_normalized.header.issues if i.code == "clipped"] == clipped


def test_record_ids_are_unique_and_in_order(ota_normalized: Normalized) -> None:
    ids = [record.record_id for record in ota_normalized.records]
    assert len(set(ids)) == 51
    places = [(record.table_index, record.row_index) for record in ota_normalized.records]
    assert places == sorted(places)


def test_redlines_spell_both_texts(ota_normalized: Normalized) -> None:
    for record in ota_normalized.records:
        assert record.redline is not None
        before = "".join(run.text for run in record.redline if run.op != "insert")
        after = "".join(run.text for run in record.redline if run.op != "delete")
        assert (before, after) == (record.original_text, record.revision)


def test_boxes_stand_on_their_pages(ota_normalized: Normalized) -> None:
    sizes = {page.page: (page.width, page.height) for page in ota_normalized.pages}
    for record in ota_normalized.records:
        assert {box.field for box in record.boxes} >= {"number", "original_text", "comment"}
        for box in record.boxes:
            width, height = sizes[box.page]
            assert 0 <= box.x0 < box.x1 <= width
            assert 0 <= box.top < box.bottom <= height
