"""The definition of the frozen set."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import frozen_set
from benchmarks.factory.engines import FAMILIES
from benchmarks.factory.fonts import TRUETYPE_FILES
from benchmarks.factory.scans import PRESETS
from benchmarks.frozen_set import SetError, check_made, read_set, write_set
from tests.support.pdfs import ROOT

ENTRIES = read_set()


def test_the_set_is_what_its_readme_says() -> None:
    text = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    pages, records = sum(e.pages for e in ENTRIES), sum(e.records for e in ENTRIES)
    scans = sum(bool(e.scan) for e in ENTRIES)
    assert f"{len(ENTRIES)} annexes (PDF documents) of {pages} pages and {records} records" in text
    assert f"{len(ENTRIES) - scans} with a text\nlayer, of the 13 families" in text
    assert f"and {scans} scans" in text
    assert {entry.family for entry in ENTRIES} == set(FAMILIES)


def test_the_halves_share_no_seed() -> None:
    assert sum(entry.split == "dev" for entry in ENTRIES) == 50
    seeds = {split: {e.seed for e in ENTRIES if e.split == split} for split in ("dev", "test")}
    assert not seeds["dev"] & seeds["test"]
    assert len({entry.annex for entry in ENTRIES}) == len(ENTRIES)


def test_the_guard_is_ten_annexes_that_may_be_looked_at() -> None:
    guard = [entry for entry in ENTRIES if entry.guard]
    assert len(guard) == 10
    assert {entry.split for entry in guard} == {"dev"}
    assert any(entry.scan for entry in guard)


def test_no_engine_needs_a_program_of_the_system() -> None:
    for entry in ENTRIES:
        assert not FAMILIES[entry.family][entry.engine].programs, entry
        assert not entry.scan or entry.scan.rstrip("0123456789") in PRESETS, entry


def test_the_definition_is_written_as_it_is_read(tmp_path: Path) -> None:
    write_set(ENTRIES, tmp_path / "set.csv")
    assert (tmp_path / "set.csv").read_bytes() == frozen_set.SET.read_bytes()


def test_an_annex_with_other_bytes_is_refused() -> None:
    check_made(ENTRIES[0], ENTRIES[0])
    for other in (replace(ENTRIES[0], pdf="0"), replace(ENTRIES[0], truth="0")):
        with pytest.raises(SetError, match="is not the frozen one, byte for byte"):
            check_made(ENTRIES[0], other)


def test_a_font_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen_set, "_extract_factory", lambda scratch: "benchmarks.factory")
    files = {**TRUETYPE_FILES, "IPAMincho": tmp_path / "ipam.ttf"}
    for name in frozen_set.FONTS:
        if not files[name].exists():
            files[name] = tmp_path / "ipam.ttf"
    monkeypatch.setattr("benchmarks.factory.fonts.TRUETYPE_FILES", files)
    with pytest.raises(SetError, match=r"not installed; on Debian: apt-get install fonts-ipafont"):
        list(frozen_set.make_set([], tmp_path))
    (tmp_path / "ipam.ttf").write_bytes(b"another version")
    monkeypatch.setattr(frozen_set, "FONTS", {"IPAMincho": frozen_set.FONTS["IPAMincho"]})
    with pytest.raises(SetError, match="another version of IPAMincho"):
        list(frozen_set.make_set([], tmp_path))
