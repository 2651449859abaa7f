"""Files on any file system."""

from pathlib import Path

from pipeline.files import open_folder


def test_a_file_elsewhere_is_renamed_into_its_place(tmp_path: Path) -> None:
    """On file systems that show a file while it grows."""
    folder = open_folder(f"local://{tmp_path}")
    folder.write("a/b.txt", b"one")
    folder.write("a/b.txt", b"two")
    assert folder.read(["a/b.txt", "a/c.txt"]) == {"a/b.txt": b"two"}
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]
    folder.remove("a/b.txt")
    folder.remove("a/b.txt")
    assert folder.sizes("a") == folder.sizes("none") == {}
