"""`besshi export`."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.commands.progress import warn_incomplete
from pipeline.commands.terminal import print_line, print_message

FORMS = ("xlsx", "csv", "jsonl")


@click.command()
@click.argument("folder", default="parsed", type=click.Path(path_type=Path))
@click.option("--to", "form", required=True, type=click.Choice(FORMS), help="Format of the output.")
@click.option(
    "--annex",
    "annexes",
    multiple=True,
    metavar="ID",
    help="Export this annex only; can be given several times.  [default: all]",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write to.  [default: stdout; for xlsx: records.xlsx]",
)
def export(folder: Path, form: str, annexes: Sequence[str], out: Path | None) -> None:
    """Write the records of a run as an Excel workbook, CSV or JSON lines."""
    from pipeline.commands.export.files import export_records

    warn_incomplete(folder)
    for warning in export_records(folder, form, annexes, out):
        print_message(f"besshi: warning: {warning}")
    if form == "xlsx" or out:
        print_line(str(out or Path("records.xlsx")))
