"""Runs over PDFs and results that are not on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.discovery import find_annexes
from pipeline.files import open_folder
from tests.support.annexes import besshi, contents
from tests.support.runs import again


@pytest.fixture
def remote(archive: Path) -> Iterator[str]:
    """The archive on a file system that is not this machine's."""
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.put(str(archive), "/bucket/in", recursive=True)
    yield "memory://bucket"
    memory.rm("/bucket", recursive=True)


def copied(address: str, to: Path) -> Path:
    import fsspec

    fsspec.filesystem("memory").get(address.removeprefix("memory:/") + "/", str(to), recursive=True)
    return to


def test_files_elsewhere_are_the_same(archive: Path, remote: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    assert besshi("run", archive, "--out", here).exit_code == 0
    result = besshi("run", f"{remote}/in", "--out", f"{remote}/out")
    assert result.exit_code == 0, result.stderr
    there = contents(copied(f"{remote}/out", tmp_path / "there"))
    assert there.keys() == contents(here).keys()
    datasets = {name for name in there if name != "issues.parquet"}
    assert {name: there[name] for name in datasets} == {
        name: data for name, data in contents(here).items() if name in datasets
    }


def test_elsewhere_too_only_what_changed_is_done(remote: str, done: list[str]) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    where = (f"{remote}/in", "--out", f"{remote}/out")
    assert again(done, *where) == ["good", "letter", "third"]
    assert again(done, *where) == []
    memory.pipe("/bucket/in/letter.yml", b"title: changed")
    assert again(done, *where) == ["letter"]
    memory.rm("/bucket/in/letter.pdf")
    assert again(done, *where) == []
    assert sorted(open_folder(f"{remote}/out").sizes("records")) == [
        "records/good.parquet",
        "records/third.parquet",
    ]


def test_elsewhere_too_folders_of_programs_are_not_searched(remote: str) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for name in (".cache/a.pdf", "env/pyvenv.cfg", "env/lib/b.pdf", "node_modules/x/c.pdf"):
        memory.pipe(f"/bucket/in/deep/{name}", b"%PDF-")
    found = find_annexes([f"{remote}/in"])
    assert len(found.annexes) == 3
    assert [folder.rpartition("/")[2] for folder in found.skipped] == [
        ".cache",
        "env",
        "node_modules",
    ]
    assert len(find_annexes([f"{remote}/in/deep/.cache"]).annexes) == 1


def test_a_scheme_that_nobody_knows(tmp_path: Path) -> None:
    result = besshi("run", "nosuch://bucket/in", "--out", tmp_path)
    assert result.exit_code == 3
    assert "nosuch://bucket/in: cannot be reached" in result.stderr
