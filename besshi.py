"""The name of besshi: `import besshi`, `python -m besshi` and the command start here.

The package is `pipeline`. Others use that name too, so this module makes sure that it is besshi's.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import Annex, read_annex

__all__ = ["Annex", "main", "read_annex"]

_HOME = Path(__file__).resolve().parent


def main() -> None:
    """Run the command that the arguments name."""
    if sys.platform == "win32":  # fcntl, resource and process groups are missing there
        sys.exit("besshi: does not run on Windows itself; install and run it inside WSL")
    from pipeline.__main__ import main as command

    command()


def __getattr__(name: str) -> Any:
    """Import the API only where it is asked for: the command need not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module 'besshi' has no attribute {name!r}")
    from pipeline import api

    return getattr(api, name)


# A folder `pipeline` of the user's, on PYTHONPATH or below the current folder, must not come first.
sys.path.insert(0, str(_HOME))

if __name__ == "__main__":
    main()
