"""The entry point. A Ctrl-C during the imports, which take a while, is handled here too."""

import gc
import sys

from pipeline.errors import INTERRUPTED
from pipeline.processes.imports import import_msgspec
from pipeline.processes.signals import STOPPED_MESSAGE


def main() -> None:
    """Run the command that the arguments name."""
    # The search for reference cycles takes a tenth of the time of the imports: make it rarer.
    gc.set_threshold(200_000)
    try:
        import_msgspec()
        from pipeline.commands.app import main as command

        command()
    except KeyboardInterrupt:
        sys.stderr.write(f"besshi: {STOPPED_MESSAGE}\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
