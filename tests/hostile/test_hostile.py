"""Hostile files end in bounded time and memory, each with a line; the good ones are written.

These are the makers whose files end soon; `python -m tests.hostile.trial` tries all of them.
"""

from pathlib import Path

import pytest

from pipeline.store import read_rows
from tests.conftest import OTA, MakePdf
from tests.hostile import bombs, locked, pages, structures
from tests.hostile.makers import MAKERS, Maker
from tests.hostile.mutate import make_mutants, try_mutants
from tests.hostile.trial import MEGABYTES, Outcome, run
from tests.test_bad_input import COMMENTS, assert_whole, besshi

READ = "read"
EXPECTED = {
    structures.nothing: "not_a_pdf",
    structures.picture: "not_a_pdf",
    structures.header_alone: "damaged",
    structures.noise: "damaged",
    structures.xref_loop: "damaged",
    structures.xref_of_giant_numbers: READ,
    structures.page_tree_cycle: "damaged",
    structures.page_that_is_its_parent: READ,
    structures.deep_page_tree: "damaged",
    structures.one_page_many_times: "damaged",
    structures.promised_pages: "damaged",
    structures.length_of_itself: "damaged",
    structures.deep_arrays: READ,
    structures.inherited_in_a_circle: "damaged",
    structures.object_stream_in_itself: "damaged",
    structures.giant_number: READ,
    pages.form_that_draws_itself: READ,
    pages.forms_that_draw_each_other: READ,
    pages.forms_a_thousand_deep: "damaged",
    pages.string_without_end: READ,
    pages.strings_without_end: READ,
    pages.images_without_data: READ,
    pages.giant_matrix: READ,
    pages.page_box_of_names: "damaged",
    bombs.cmap_that_uses_itself: READ,
    bombs.cmap_of_another_file: READ,
    bombs.flate_bomb: "out_of_memory",
    bombs.object_stream_bomb: "out_of_memory",
    locked.locked_with_rc4: "encrypted",
    locked.locked_with_aes: "encrypted",
    locked.encrypted_without_password: READ,
    locked.script: READ,
    locked.embedded_file: READ,
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


def test_the_run_ends_within_its_memory(outcome: tuple[Path, Outcome]) -> None:
    _, ended = outcome
    assert ended.exit_code == 4
    assert ended.whole
    assert ended.megabytes <= MEGABYTES


@pytest.mark.parametrize("make", EXPECTED, ids=lambda make: make.__name__)
def test_each_has_its_records_or_one_error(make: Maker, outcome: tuple[Path, Outcome]) -> None:
    out, _ = outcome
    name = make.__name__
    rows = [row for row in read_rows(out / "issues.parquet") if row["annex"] == name]
    errors = [row for row in rows if row["level"] == "error"]
    assert [row["code"] for row in errors] == [EXPECTED[make]] * (EXPECTED[make] != READ)
    assert all(f"/{name}.pdf: " in row["message"] and ";" in row["message"] for row in errors)
    assert (out / "records" / f"{name}.parquet").exists() == (not errors)


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


def test_mutants_are_the_same_for_the_same_seed() -> None:
    assert list(make_mutants(5, 3)) == list(make_mutants(5, 3))
    assert list(make_mutants(5, 3)) != list(make_mutants(5, 4))


def test_some_mutants_lose_nothing() -> None:
    tally = try_mutants(6, seed=20, seconds=30)
    assert tally.files == 6
    assert tally.hangs + tally.crashes + tally.losses + tally.bugs == []
