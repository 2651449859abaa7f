"""`besshi verify`."""

from collections.abc import Sequence

import click

from pipeline.commands.options import CORRECTIONS
from pipeline.commands.terminal import say, show
from pipeline.errors import VerifyError


@click.command()
@click.argument("folder", default="parsed")
@click.option(
    "--pdfs",
    multiple=True,
    metavar="PATH",
    help="PDFs (file or folder) to compare the hashes with.",
)
@CORRECTIONS
def verify(folder: str, pdfs: Sequence[str], corrections: str | None) -> None:
    """Count again all that a run, a stage or compact wrote, a line a finding."""
    from pipeline.commands.verify.folder import verify as find

    levels = {"error": 0, "warning": 0}
    for finding in find(folder, pdfs, corrections):
        levels[finding.level] += 1
        show(str(finding))
    say(f"verify: errors {levels['error']}, warnings {levels['warning']}")
    if levels["error"]:
        advice = "the command that wrote it does so anew with --force"
        raise VerifyError(f"{folder}: is not as it must be; {advice}")
