"""`besshi summary`."""

from pathlib import Path

import click

from pipeline.commands.options import FOLDER
from pipeline.commands.results_folder import check_results
from pipeline.commands.terminal import print_line, print_text


@click.command()
@click.argument("folder", default="parsed", type=FOLDER)
def summary(folder: Path) -> None:
    """Summarize what a run wrote, and what a person should look at."""
    from pipeline.commands.summary.folder import summarize

    check_results(folder)
    counts, *lines = summarize(folder)
    print_text(counts)
    for line in lines:
        print_line(line)
