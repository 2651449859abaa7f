"""`besshi export`."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.commands.export.forms import FILES, FORMS
from pipeline.commands.options import FOLDER
from pipeline.commands.results_folder import check_results
from pipeline.commands.terminal import print_line, print_message


@click.command()
@click.argument("folder", default="parsed", type=FOLDER)
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
    type=click.Path(path_type=Path),
    help="File to write to; for package a folder.  "
    "[default: stdout; for xlsx: records.xlsx; for package: package]",
)
@click.option(
    "--split",
    is_flag=True,
    help="For comments: give each item of a list (〇, ・, （１） …) a row of its own.",
)
@click.option(
    "--labels",
    type=click.Choice(("en", "ja")),
    help="For xlsx and csv: language of the headers. ja: as printed in the annex, where it can be."
    "  [default: en]",
)
def export(
    folder: Path,
    form: str,
    annexes: Sequence[str],
    out: Path | None,
    split: bool,
    labels: str | None,
) -> None:
    """Write the records of a run as an Excel workbook, CSV, JSON lines or a data package."""
    if split and form != "comments":
        raise click.UsageError("--split goes with --to comments only")
    if labels and form not in ("xlsx", "csv"):
        raise click.UsageError("--labels goes with --to xlsx and --to csv only")
    if out is not None and out.exists() and out.is_dir() != (form == "package"):
        message = f"{out} is a folder" if out.is_dir() else f"{out} is a file"
        raise click.BadParameter(message, param_hint="--out")
    from pipeline.commands.export.files import export_records

    check_results(folder)
    for warning in export_records(folder, form, annexes, out, split, labels or "en"):
        print_message(f"besshi: warning: {warning}")
    if (written := out or FILES.get(form)) is not None:
        print_line(str(written))
