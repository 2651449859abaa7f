"""The name of besshi: `import besshi`, `python -m besshi` and the command start here.

The package is `pipeline`. Others use that name too, so this module makes sure that it is besshi's.
"""

import sys
from pathlib import Path

_HOME = Path(__file__).resolve().parent


def main() -> None:
    """Run the command that the arguments name."""
    if sys.platform == "win32":  # fcntl, resource and process groups are missing there
        sys.exit("besshi: does not run on Windows itself; install and run it inside WSL")
    from pipeline.__main__ import main as command

    command()


# A folder `pipeline` of the user's, on PYTHONPATH or below the current folder, must not come first.
sys.path.insert(0, str(_HOME))

if __name__ == "__main__":
    main()
