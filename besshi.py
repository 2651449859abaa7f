"""The entry point of the command `besshi`, of `python -m besshi` and of `import besshi`.

The package is called `pipeline`. Other projects use that name too, so this module makes sure that
besshi's own package is imported.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import Annexes, BesshiError, open, read  # noqa: A004  (as users call it)

__all__ = ["Annexes", "BesshiError", "main", "open", "read"]

_HOME = Path(__file__).resolve().parent


def main() -> None:
    """Run the command that the arguments name."""
    if sys.platform == "win32":  # Windows has no fcntl, resource or process groups
        sys.exit("besshi: does not run on Windows itself; install and run it inside WSL")
    from pipeline.__main__ import main as command

    command()


def __getattr__(name: str) -> Any:
    """Import the API only where it is asked for: the command need not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module 'besshi' has no attribute {name!r}")
    from pipeline import api

    return getattr(api, name)


# The user may have a folder `pipeline` here or on PYTHONPATH: that of besshi comes first.
sys.path.insert(0, str(_HOME))

if __name__ == "__main__":
    main()
