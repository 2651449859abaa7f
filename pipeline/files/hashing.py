"""Hashes of contents."""

import hashlib


def digest(*parts: bytes | str) -> str:
    """SHA-256 of some parts, in hexadecimal: of the bytes alone if it is one part."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        if len(parts) > 1:  # so that no two lists of parts look alike
            made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()
