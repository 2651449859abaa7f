"""`besshi review`."""

from pathlib import Path

import click

from pipeline.batch.resource_limits import Limits
from pipeline.commands.options import limits_options
from pipeline.commands.progress import warn_unfinished
from pipeline.commands.terminal import say, show


@click.command()
@click.argument("folder", default="parsed", type=click.Path(path_type=Path))
@click.option(
    "--pdfs",
    default="raw_pdfs",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of the PDFs, for the pictures of their pages.",
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
    """Write pages on which a person checks the records against the PDFs."""
    from pipeline.commands.review.site import INDEX, write_site

    warn_unfinished(folder)
    for view in write_site(folder, pdfs, out, limits):
        if view.no_picture:
            say(f"besshi: warning: {view.annex}: no pictures: {view.no_picture}")
    show(str(out / INDEX))
