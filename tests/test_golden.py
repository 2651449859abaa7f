"""The annex of the mission, from its PDF to its records, held against its truth.

The truth (tests/golden/ota_annex.json) was read by a person. A record that changes shows here as
a diff of its lines.
"""

from pathlib import Path

import pytest

from pipeline.evaluate import evaluate, show_differences
from pipeline.model import Normalized
from pipeline.storage import LocalFolder
from pipeline.store import read_truths, write_annex
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def written(ota_normalized: Normalized, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("golden")
    write_annex(ota_normalized, LocalFolder(out))
    return out


def test_every_field_is_what_its_author_typed(written: Path) -> None:
    truths = {path.stem: truth for path, truth in read_truths(ROOT / "tests" / "golden")}
    evaluation = evaluate(truths, written)
    assert not evaluation.differences, "\n".join(show_differences(evaluation.differences))
    scores = evaluation.total.scores()
    assert scores["whole"] == scores["break_f1"] == scores["record_f1"] == 1.0


def test_every_glyph_is_accounted_for(ota_normalized: Normalized) -> None:
    assert len(ota_normalized.pages) == 10
    assert sum(page.glyphs for page in ota_normalized.pages) == 22637
    assert [page.unaccounted for page in ota_normalized.pages] == [0] * 10
    assert all(page.in_records and page.in_furniture for page in ota_normalized.pages)


def test_record_20_is_clipped_and_no_other(ota_normalized: Normalized) -> None:
    clipped = [record.record_id for record in ota_normalized.records if "clipped" in record.flags]
    assert clipped == ["ota_annex-t1-r20"]
    assert [i.record_id for i in ota_normalized.issues if i.code == "clipped"] == clipped


def test_record_ids_are_unique_and_in_order(ota_normalized: Normalized) -> None:
    ids = [record.record_id for record in ota_normalized.records]
    assert len(set(ids)) == 51
    places = [(record.table_index, record.row_index) for record in ota_normalized.records]
    assert places == sorted(places)


def test_tokens_spell_the_fields(ota_normalized: Normalized) -> None:
    record = ota_normalized.records[0]
    tokens = [
        token
        for field in ota_normalized.tokens
        if field.record_id == record.record_id and field.field == "revision"
        for token in field.rows
    ]
    assert record.revision is not None
    assert "".join(token.surface for token in tokens) == record.revision
    assert all(record.revision[t.start : t.end] == t.surface for t in tokens)


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
