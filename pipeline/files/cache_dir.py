"""The folder of data that besshi can do without: it only saves time."""

import os
from pathlib import Path


def cache_folder() -> Path | None:
    """The cache folder: the value of `BESSHI_CACHE`, or else `besshi` in the user's cache folder.

    Returns:
        None if the variable is empty: nothing is cached.
    """
    if (named := os.environ.get("BESSHI_CACHE")) is not None:
        return Path(named) if named else None
    own = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(own) / "besshi"
