"""Many small files merged into few: the same rows, each once, whenever one looks."""

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline.batch import compaction as compacting
from pipeline.batch.manifest import read_manifest
from pipeline.files import LocalFolder
from pipeline.files.parquet import DATASETS, read_rows
from tests.support.annexes import COMMENTS, HEADER, THIRD, besshi, contents, ruled_table
from tests.support.pdfs import MakePdf

NAMES = ("a", "b", "c", "d", "e", "f")


@pytest.fixture
def parsed(make_pdf: MakePdf, tmp_path: Path) -> Path:
    """What a run made of six annexes and a broken one."""
    (tmp_path / "in").mkdir()
    for name in NAMES:
        make_pdf(COMMENTS, name=f"in/{name}.pdf")
    (tmp_path / "in" / "broken.pdf").write_bytes(b"")
    assert besshi("run", tmp_path / "in", "--out", tmp_path / "out").exit_code == 4
    return tmp_path / "out"


def rows(folder: Path, kind: str) -> list[dict[str, object]]:
    found = [row for path in sorted((folder / kind).iterdir()) for row in read_rows(path)]
    return sorted(found, key=lambda row: [str(value) for value in row.values()])


@pytest.mark.parametrize("jobs", [0, 2])
def test_the_same_rows_stand_in_few_files(jobs: int, parsed: Path) -> None:
    result = besshi("compact", parsed, "--parts", 2, "--jobs", jobs)
    assert result.exit_code == 0
    assert result.stderr == (
        f"compact: annexes 7, parts 2, unchanged 0\nrecords: {parsed}/dataset/records\n"
    )
    for kind in DATASETS:
        names = [path.name for path in sorted((parsed / "dataset" / kind).iterdir())]
        assert names == ["part-1-of-2.parquet", "part-2-of-2.parquet"]
        assert rows(parsed / "dataset", kind) == rows(parsed, kind)
    assert read_rows(parsed / "dataset" / "issues.parquet") == read_rows(parsed / "issues.parquet")


def test_any_reader_takes_them_as_one_table(parsed: Path) -> None:
    assert besshi("compact", parsed, "--parts", 3).exit_code == 0
    records = parsed / "dataset" / "records"
    assert sorted(pd.read_parquet(records)["annex"]) == sorted([*NAMES, *NAMES])
    counted = duckdb.sql(f"SELECT count(*) FROM '{records}/*.parquet'").fetchall()
    assert counted == [(2 * len(NAMES),)]


def test_a_small_archive_is_one_part(parsed: Path) -> None:
    assert besshi("compact", parsed).exit_code == 0
    assert len(list((parsed / "dataset" / "records").iterdir())) == 1


def test_parts_are_as_large_as_asked(parsed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = [path.stat().st_size for path in (parsed / "records").iterdir()]
    monkeypatch.setattr(compacting, "PART_SIZE", sum(sizes) // 4)
    assert besshi("compact", parsed).exit_code == 0
    assert len(list((parsed / "dataset" / "records").iterdir())) >= 4


def test_only_the_parts_that_changed_are_written(
    parsed: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    assert besshi("compact", parsed, "--parts", 4).exit_code == 0
    before = contents(parsed / "dataset")
    assert "unchanged 4" in besshi("compact", parsed).stderr
    assert contents(parsed / "dataset") == before
    make_pdf(ruled_table(HEADER, THIRD), name="in/b.pdf")
    (tmp_path / "in" / "broken.pdf").unlink()
    assert besshi("run", tmp_path / "in", "--out", parsed).exit_code == 0
    assert "unchanged 4" not in besshi("compact", parsed).stderr
    for kind in DATASETS:
        assert rows(parsed / "dataset", kind) == rows(parsed, kind)
    changed = {name for name, data in contents(parsed / "dataset").items() if data != before[name]}
    assert len([name for name in changed if name.startswith("records/")]) == 1


def test_a_part_that_was_not_finished_is_written_again(parsed: Path) -> None:
    assert besshi("compact", parsed, "--parts", 2).exit_code == 0
    before = contents(parsed / "dataset")
    (parsed / "dataset" / "manifest" / "part-1-of-2.json").unlink()
    (parsed / "dataset" / "tokens" / "part-1-of-2.parquet").unlink()
    assert "unchanged 1" in besshi("compact", parsed).stderr
    assert contents(parsed / "dataset") == before


def test_a_folder_keeps_its_number_of_parts(parsed: Path, tmp_path: Path) -> None:
    """An annex whose part changed would stand in the old one and in the new one."""
    assert besshi("compact", parsed, "--parts", 2).exit_code == 0
    shutil.rmtree(parsed / "dataset" / "manifest")
    result = besshi("compact", parsed, "--parts", 3)
    assert result.exit_code == 3
    assert "is in 2 parts; name another --out" in result.stderr
    assert besshi("compact", parsed, "--parts", 3, "--out", tmp_path / "other").exit_code == 0


def test_annexes_and_parts_do_not_stand_together(parsed: Path, make_pdf: MakePdf) -> None:
    for out in (parsed, parsed.parent / "second"):
        assert besshi("run", make_pdf(COMMENTS), "--out", parsed.parent / "second").exit_code == 0
        result = besshi("compact", parsed, "--out", out)
        assert result.exit_code == 3
        assert "name another" in result.stderr


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_files_that_are_not_whole_stop_it(damage: str, parsed: Path) -> None:
    path = parsed / "tokens" / "a.parquet"
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-9] + b"?" + data[-8:])
    result = besshi("compact", parsed)
    assert result.exit_code == 6
    assert result.stderr.endswith("do `besshi run` again\n")
    assert "a" in read_manifest(LocalFolder(parsed))


def test_a_folder_that_no_run_has_written(tmp_path: Path) -> None:
    result = besshi("compact", tmp_path)
    assert result.exit_code == 3
    assert "no run has written here" in result.stderr
