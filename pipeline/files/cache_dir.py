"""Where besshi keeps what it may forget."""

import os
from pathlib import Path


def cache_folder() -> Path | None:
    """Where besshi keeps what it may forget: what `BESSHI_CACHE` says, else the user's own cache.

    Returns:
        None where the variable is empty: nothing is to be kept.
    """
    if (named := os.environ.get("BESSHI_CACHE")) is not None:
        return Path(named) if named else None
    own = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(own) / "besshi"
