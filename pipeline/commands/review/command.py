"""`besshi review`."""

from pathlib import Path

import click

from pipeline.batch.resource_limits import Limits
from pipeline.commands.options import limits_options
from pipeline.commands.progress import warn_incomplete
from pipeline.commands.terminal import print_line, print_message


@click.command()
@click.argument("folder", default="parsed", type=click.Path(path_type=Path))
@click.option(
    "--pdfs",
    default="raw_pdfs",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of the PDFs, to draw pictures of their pages.",
)
@click.option(
    "--out",
    default="review",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to.",
)
@limits_options
def review(folder: Path, pdfs: Path, out: Path, limits: Limits) -> None:
    """Write web pages on which a person compares the records with the PDFs."""
    from pipeline.commands.review.site import INDEX, write_site

    warn_incomplete(folder)
    for view in write_site(folder, pdfs, out, limits):
        if view.no_picture:
            print_message(f"besshi: warning: {view.annex}: no pictures: {view.no_picture}")
    print_line(str(out / INDEX))
