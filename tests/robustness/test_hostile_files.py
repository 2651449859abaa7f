"""Hostile files end in bounded time and memory, each with a line; the good ones are written.

These are the makers whose files end soon; `python -m tools.hostile.trial` tries all of them.
"""

from pathlib import Path

import pytest

from pipeline.files.parquet import read_rows
from tests.support.annexes import COMMENTS, assert_whole, besshi
from tests.support.pdfs import OTA, MakePdf
from tools.hostile import bombs, locked, pages, structures
from tools.hostile.makers import MAKERS, Maker
from tools.hostile.trial import MEGABYTES, Outcome, run

READ = "read"
EXPECTED = {
    structures.deep_arrays: READ,
    structures.deep_dictionaries: READ,
    structures.deep_page_tree: "damaged",
    structures.giant_number: READ,
    structures.header_alone: "damaged",
    structures.inherited_in_a_circle: "damaged",
    structures.length_of_itself: READ,
    structures.noise: "damaged",
    structures.nothing: "not_a_pdf",
    structures.object_stream_in_itself: "damaged",
    structures.object_stream_of_many: READ,
    structures.one_page_many_times: "damaged",
    structures.page_that_is_its_parent: READ,
    structures.page_tree_cycle: "damaged",
    structures.page_tree_that_doubles: READ,
    structures.picture: "not_a_pdf",
    structures.promised_pages: "damaged",
    structures.xref_loop: READ,
    structures.xref_of_giant_numbers: READ,
    pages.array_without_end: READ,
    pages.comments: READ,
    pages.font_that_draws_itself: READ,
    pages.form_that_draws_itself: READ,
    pages.forms_a_thousand_deep: "damaged",
    pages.forms_that_draw_each_other: READ,
    pages.giant_matrix: READ,
    pages.giant_operands: READ,
    pages.images_without_data: READ,
    pages.million_saved_states: READ,
    pages.page_box_of_names: "damaged",
    pages.page_of_astronomic_size: READ,
    pages.page_of_infinite_size: "damaged",
    pages.page_of_no_number: READ,
    pages.page_of_no_size: READ,
    pages.page_of_ten_metres: READ,
    pages.path_of_many_beginnings: READ,
    pages.rotated_by_one: READ,
    pages.spaces_in_a_circle: READ,
    pages.string_without_end: READ,
    pages.strings_without_end: READ,
    bombs.cmap_of_another_file: READ,
    bombs.cmap_of_giant_cids: READ,
    bombs.cmap_that_uses_itself: READ,
    bombs.flate_bomb: "out_of_memory",
    bombs.flate_of_flates: "damaged",
    bombs.font_of_itself: "damaged",
    bombs.giant_simple_widths: READ,
    bombs.lzw_bomb: "damaged",
    bombs.many_fonts: READ,
    bombs.nested_flate_bomb: "out_of_memory",
    bombs.object_stream_bomb: "out_of_memory",
    bombs.predictor_bomb: "out_of_memory",
    bombs.run_length_bomb: "out_of_memory",
    locked.content_in_another_file: "damaged",
    locked.embedded_file: READ,
    locked.encrypted_by_nobody: "encrypted",
    locked.encrypted_with_giant_key: "encrypted",
    locked.encrypted_without_password: READ,
    locked.locked_with_aes: "encrypted",
    locked.locked_with_rc4: "encrypted",
    locked.script: READ,
}
"""What becomes of a file: the code of its error, or that it is read."""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """One run over all of them and a good one, on processes with limits."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "in").mkdir()
    (place / "in" / "good.pdf").write_bytes(OTA.read_bytes())
    for make in EXPECTED:
        (place / "in" / f"{make.__name__}.pdf").write_bytes(make())
    return place / "out", run(place / "in", place / "out", "good", seconds=30)


@pytest.mark.slow
def test_the_run_ends_within_its_memory(outcome: tuple[Path, Outcome]) -> None:
    _, ended = outcome
    assert ended.exit_code == 4
    assert ended.whole
    assert ended.megabytes <= MEGABYTES


@pytest.mark.slow
@pytest.mark.parametrize("make", EXPECTED, ids=lambda make: make.__name__)
def test_each_has_its_records_or_one_error(make: Maker, outcome: tuple[Path, Outcome]) -> None:
    out, _ = outcome
    name = make.__name__
    rows = [row for row in read_rows(out / "issues.parquet") if row["annex"] == name]
    errors = [row for row in rows if row["level"] == "error"]
    assert [row["code"] for row in errors] == [EXPECTED[make]] * (EXPECTED[make] != READ)
    assert all(f"/{name}.pdf: " in row["message"] and ";" in row["message"] for row in errors)
    assert (out / "records" / f"{name}.parquet").exists() == (not errors)


@pytest.mark.slow
@pytest.mark.parametrize("make", [structures.many_pages])
def test_more_pages_than_any_annex_has(make: Maker, make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    make_pdf(COMMENTS, name="in/good.pdf")
    (tmp_path / "in" / "bad.pdf").write_bytes(make())
    result = besshi("run", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 4
    assert "bad.pdf: has more than 10,000 pages; cut it into parts" in result.stderr
    assert_whole(tmp_path / "out", "good")


def test_every_maker_has_another_file() -> None:
    assert len(MAKERS) >= 80
    assert set(EXPECTED) <= set(MAKERS.values())
