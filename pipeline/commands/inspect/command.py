"""`besshi inspect`."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.batch.resource_limits import Limits
from pipeline.commands.options import limits_options, out_option
from pipeline.commands.terminal import print_line


@click.command()
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option(
    "--page",
    "pages",
    multiple=True,
    metavar="N",
    type=click.IntRange(1),
    help="Draw this page only; can be given several times.  [default: all]",
)
@out_option("inspect")
@limits_options
def inspect(pdf: Path, pages: Sequence[int], out: str, limits: Limits) -> None:
    """Draw on the pages of a PDF the lines, cells, roles and records that besshi finds."""
    from pipeline.commands.inspect.annex import inspect_annex

    for written in inspect_annex(pdf, pages, Path(out), limits):
        print_line(str(written))
