"""What a process has read of the files that it maps can leave its memory, and is not lost."""

import mmap
from pathlib import Path

from pipeline.processes.mapped_files import release_mapped

SIZE = 4_000_000


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
