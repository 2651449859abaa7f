"""`besshi verify`."""

from collections.abc import Sequence

import click

from pipeline.batch.resource_limits import Limits
from pipeline.commands.options import CORRECTIONS, JOBS, limits_options
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
@click.option(
    "--recount",
    is_flag=True,
    help="Count the characters of the --pdfs again, with pdfplumber.",
)
@JOBS
@limits_options
def verify(
    folder: str,
    pdfs: Sequence[str],
    corrections: str | None,
    recount: bool,
    jobs: int,
    limits: Limits,
) -> None:
    """Check what a run, a stage or compact wrote, and print a line for each finding."""
    from pipeline.commands.verify.audit import Recount
    from pipeline.commands.verify.folder import verify as find

    if recount and not pdfs:
        raise click.UsageError("--recount needs the PDFs: name them with --pdfs")
    again = Recount(jobs, limits) if recount else None
    levels = {"error": 0, "warning": 0}
    for finding in find(folder, pdfs, corrections, again):
        levels[finding.level] += 1
        show(str(finding))
    said = f"verify: errors {levels['error']}, warnings {levels['warning']}"
    say(f"{said}; {again}" if again else said)
    if levels["error"]:
        advice = "the command that wrote it does so anew with --force"
        if again:  # anew it would be the same where besshi itself lost a glyph
            advice += "; where pdfplumber still differs, one of the two misreads that page"
        raise VerifyError(f"{folder}: is not as it must be; {advice}")
