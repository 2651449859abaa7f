"""The memory that a process gives back: what it has freed, and files that it maps."""

import mmap
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.processes.memory import release_mapped

PROGRAM = """
import sys
from pathlib import Path
from pipeline.processes.memory import map_large_blocks
if sys.argv[1] == "mapped":
    map_large_blocks()
del (first := [bytearray(30 << 20)])[:]  # from now on, glibc takes such blocks from its heap
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
before, kept, pictures = resident(), [], []
for _ in range(4):
    pictures.append(bytearray(b"x") * (15 << 20))
    kept.append(bytearray(b"x") * (100 << 10))
pictures.clear()
print(resident() - before)
"""
SIZE = 4_000_000


@pytest.mark.parametrize(("way", "least", "most"), [("mapped", 0, 20), ("plain", 40, 80)])
def test_freed_pictures_are_given_back(way: str, least: int, most: int) -> None:
    """Without it they stay, in MB."""
    command = [sys.executable, "-c", PROGRAM, way]
    left = int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert least <= left / 2**20 <= most


def resident_kilobytes(path: Path) -> int:
    """How much of a mapped file is in the memory of this process."""
    _, _, after = Path("/proc/self/smaps").read_text(errors="replace").partition(f"{path}\n")
    return int(after.split("Rss:")[1].split()[0])


def test_pages_that_were_read_leave_the_process_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "large.dic"
    path.write_bytes(b"dictionary" * (SIZE // 10))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert len(bytes(mapped)) == SIZE
        assert resident_kilobytes(path) > 3_000
        release_mapped("another.dic")
        assert resident_kilobytes(path) > 3_000
        release_mapped("large.dic")
        assert resident_kilobytes(path) == 0
        assert mapped[:10] == b"dictionary"


def test_what_was_written_to_a_private_mapping_stays(tmp_path: Path) -> None:
    path = tmp_path / "written.dic"
    path.write_bytes(bytes(SIZE))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as mapped:
        mapped[0] = 7
        release_mapped("written.dic")
        assert mapped[0] == 7
