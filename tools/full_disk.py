"""Runs onto disks that are full, real ones of few pages: `make full-disk`.

Each is a tmpfs mounted where the run writes, in a mount namespace that nobody else sees
(`unshare --map-root-user --mount`, Linux). What the run leaves is looked at, the disk is made large
enough, and what the next run completes is compared with an undisturbed one's, byte for byte.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.annexes import START
from tools import ROOT
from tools.kills import compare, find_torn, small_archive

_PAGE = 4  # kilobytes: what a tmpfs gives at a time
_ENOUGH = 100_000  # kilobytes
_SAID = "check the path, its permissions and the free space"


def mount(out: Path, kilobytes: int, *options: str) -> None:
    """Put a disk of a size at a folder, or (`remount`) change its size."""
    how = ",".join((*options, f"size={kilobytes}k"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", how, "tmpfs", out], check=True)


def run(archive: Path, out: Path) -> "subprocess.CompletedProcess[str]":
    command = [*START, "run", str(archive), "--out", str(out), "--jobs", "2"]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)


def try_room(kilobytes: int, archive: Path, out: Path, due: Path) -> tuple[bool, list[str]]:
    """A run onto a disk of a size, and another when there is room.

    Returns:
        Whether the disk was too small, and what was wrong.
    """
    out.mkdir()
    mount(out, kilobytes)
    try:
        first = run(archive, out)
        wrong = find_torn(out)
        if first.returncode not in (0, 1):
            wrong.append(f"exit code {first.returncode}: {first.stderr}")
        if first.returncode == 1 and not (_SAID in first.stderr and f"{out}" in first.stderr):
            wrong.append(f"said only: {first.stderr}")
        mount(out, _ENOUGH, "remount")
        if run(archive, out).returncode != 0:
            wrong.append("was not completed")
        wrong += compare(out, due)
    finally:
        subprocess.run(["umount", out], check=True)
        out.rmdir()
    return first.returncode == 1, [f"{kilobytes} kB: {what}" for what in wrong]


def main() -> None:
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="besshi-full-disk-") as name:
        archive, due = small_archive(Path(name, "in")), Path(name, "due")
        assert run(archive, due).returncode == 0
        kilobytes = tried = 0
        full = True
        while full:  # until all of it fits
            kilobytes += _PAGE
            full, found = try_room(kilobytes, archive, Path(name, "again"), due)
            wrong += found
            tried += full
    print(f"disks too small {tried}, up to {kilobytes - _PAGE} kB; differences {len(wrong)}")
    print("\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
