"""`besshi export`."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.commands.progress import warn_unfinished
from pipeline.commands.terminal import say, show

FORMS = ("xlsx", "csv", "jsonl")


@click.command()
@click.argument("folder", default="parsed", type=click.Path(path_type=Path))
@click.option(
    "--to", "form", required=True, type=click.Choice(FORMS), help="What to write the records as."
)
@click.option(
    "--annex",
    "annexes",
    multiple=True,
    metavar="ID",
    help="Annex to export; may be given several times. [default: all]",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write to. [default: stdout; for xlsx records.xlsx]",
)
def export(folder: Path, form: str, annexes: Sequence[str], out: Path | None) -> None:
    """Write records for Excel and LibreOffice, or as lines of JSON."""
    from pipeline.commands.export.files import export_records

    warn_unfinished(folder)
    for warning in export_records(folder, form, annexes, out):
        say(f"besshi: warning: {warning}")
    if form == "xlsx" or out:
        show(str(out or Path("records.xlsx")))
