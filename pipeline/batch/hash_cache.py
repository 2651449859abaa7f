"""The hashes of files that have been read before, kept by what the file system says of them."""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from pipeline.files import File, absolute, cache_folder, digest
from pipeline.files.atomic import write_whole

# A file that changes twice within its file system's clock tick looks the same both times. FAT's
# tick is two seconds; files younger than that are hashed again (git calls such entries racy).
CLOCK_TICK = 2.0  # seconds


@dataclass(slots=True)
class Digests:
    """SHA-256 by file; losing it costs time and nothing else."""

    path: Path | None
    """Where it is kept; None: nowhere."""
    kept: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Absolute address → the version of the file, and its hash."""
    changed: bool = False

    def get(self, file: File | None) -> str | None:
        """The hash of a file as it is now; no file has that of an empty one.

        Returns:
            None where it has to be read.
        """
        if file is None:
            return digest(b"")
        version, sha256 = self.kept.get(absolute(file.address), ("", ""))
        return sha256 if version == file.version else None

    def keep(self, file: File | None, sha256: str | None, seen: float) -> None:
        """Remember a hash.

        Args:
            file: As it was listed.
            sha256: Of its content; None: it could not be read.
            seen: When it was listed, in seconds since the epoch.
        """
        if file and sha256 and file.changed < seen - CLOCK_TICK:
            self.kept[absolute(file.address)] = (file.version, sha256)
            self.changed = True

    def save(self) -> None:
        """Keep what is new."""
        if self.path is None or not self.changed:
            return
        data = msgspec.json.encode(self.kept)
        with contextlib.suppress(OSError):
            write_whole(self.path, lambda beside: beside.write_bytes(data))


def open_digests(out: str) -> Digests:
    """The hashes of what was read for a folder of results."""
    folder = cache_folder()
    if folder is None:
        return Digests(None)
    path = folder / "digests" / f"{digest(absolute(out))}.json"
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=dict[str, tuple[str, str]])
    except (OSError, msgspec.DecodeError):
        return Digests(path)
    return Digests(path, kept)
