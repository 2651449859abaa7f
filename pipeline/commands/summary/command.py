"""`besshi summary`."""

from pathlib import Path

import click

from pipeline.commands.progress import warn_unfinished
from pipeline.commands.terminal import show_lines


@click.command()
@click.argument("folder", default="parsed", type=click.Path(path_type=Path))
def summary(folder: Path) -> None:
    """Say what a run wrote, and what a person should look at."""
    from pipeline.commands.summary.folder import summarize

    warn_unfinished(folder)
    show_lines(summarize(folder))
