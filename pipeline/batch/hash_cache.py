"""Remembers the hashes of files, so that a file that has not changed is not read again."""

import contextlib
import time
from pathlib import Path

import msgspec
from msgspec import Struct, field

from pipeline.files import File, absolute, cache_folder, digest
from pipeline.files.atomic import write_content
from pipeline.files.strict_json import NotJsonError, decode_json

CLOCK_TICK = 2.0
"""Seconds; standard: FAT stores times in steps of two seconds. A file that changes twice within one
tick of its file system's clock looks the same both times, so files younger than that are hashed
again (git calls such entries racy)."""
SAVE_EVERY = 60.0
"""Seconds; judgement: a run that is killed forgets no more, and a million hashes are written in a
second."""


class HashCache(Struct):
    """SHA-256 by file; losing it costs time and nothing else."""

    path: Path | None
    """The file of the cache; None: the hashes are not kept."""
    entries: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Absolute address → the file's version, and the SHA-256 of its content."""
    changed: bool = False
    """Whether there are entries that `save` has to write."""
    saved_at: float = field(default_factory=time.monotonic)
    """In seconds of `time.monotonic`."""

    def get(self, file: File | None) -> str | None:
        """The hash of a file as it is now; a missing file (None) has the hash of an empty one.

        Returns:
            None if the file has to be read.
        """
        if file is None:
            return digest(b"")
        version, sha256 = self.entries.get(absolute(file.address), ("", ""))
        return sha256 if version == file.version else None

    def remember(self, file: File | None, sha256: str | None, listed_at: float) -> None:
        """Remember a hash.

        Args:
            sha256: Of the file's content; None: it could not be read.
            listed_at: When it was listed, in seconds since the epoch.
        """
        if file and sha256 and file.changed_at < listed_at - CLOCK_TICK:
            self.entries[absolute(file.address)] = (file.version, sha256)
            self.changed = True

    def save_now_and_then(self) -> None:
        """As `save`, unless that has been done lately."""
        if time.monotonic() - self.saved_at > SAVE_EVERY:
            self.save()

    def save(self) -> None:
        """Write the cache if it has changed."""
        if self.path is None or not self.changed:
            return
        self.changed, self.saved_at = False, time.monotonic()
        with contextlib.suppress(OSError):
            write_content(self.path, msgspec.json.encode(self.entries))


def open_hash_cache(out: str) -> HashCache:
    """The hashes of the files that were read for a folder of results."""
    folder = cache_folder()
    if folder is None:
        return HashCache(None)
    path = folder / "digests" / f"{digest(absolute(out))}.json"
    try:
        entries = decode_json(path.read_bytes(), dict[str, tuple[str, str]])
    except (OSError, NotJsonError):
        return HashCache(path)
    return HashCache(path, entries)
