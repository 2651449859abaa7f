"""The entry point of the command `besshi`, of `python -m besshi` and of `import besshi`.

The package is called `pipeline`. Other projects use that name too, so this module makes sure that
besshi's own package is imported.
"""

import sys
from pathlib import Path

_HOME = Path(__file__).resolve().parent


def main() -> None:
    """Run the command that the arguments name."""
    if sys.platform == "win32":  # Windows has no fcntl, resource or process groups
        sys.exit("besshi: does not run on Windows itself; install and run it inside WSL")
    from pipeline.__main__ import main as command

    command()


# The user may have a folder `pipeline` in the current folder or on PYTHONPATH: besshi's comes first.
sys.path.insert(0, str(_HOME))

if __name__ == "__main__":
    main()
