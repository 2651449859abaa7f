"""Hashes content."""

import hashlib


def digest(*parts: bytes | str) -> str:
    """SHA-256 of some parts in hexadecimal; of a single part, the hash of its bytes alone."""
    sha256 = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        if len(parts) > 1:  # else ("ab", "c") and ("a", "bc") would have the same hash
            sha256.update(len(data).to_bytes(8, "big"))
        sha256.update(data)
    return sha256.hexdigest()
