"""What the C library keeps of the memory that a process has freed."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from pathlib import Path
from pipeline.processes.heap import map_large_blocks
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


@pytest.mark.parametrize(("way", "least", "most"), [("mapped", 0, 20), ("plain", 40, 80)])
def test_freed_pictures_are_given_back(way: str, least: int, most: int) -> None:
    """Without it they stay, in MB."""
    command = [sys.executable, "-c", PROGRAM, way]
    left = int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert least <= left / 2**20 <= most
