"""Files are written whole or not at all."""

import stat
from pathlib import Path

import pytest

from pipeline.files.atomic import write_atomically


def test_a_writer_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.txt"
    write_atomically(path, lambda beside: beside.write_text("old"))

    def fail(beside: Path) -> None:
        beside.write_text("half of the n")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, fail)
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


def test_a_writer_that_fails_at_first_leaves_nothing(tmp_path: Path) -> None:
    def fail(beside: Path) -> None:
        raise ValueError("nothing to write")

    with pytest.raises(ValueError, match="nothing to write"):
        write_atomically(tmp_path / "a.txt", fail)
    assert list(tmp_path.iterdir()) == []


def test_files_can_be_read_by_everyone(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.txt", lambda beside: beside.write_text("new"))
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o644
