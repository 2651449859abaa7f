"""`besshi verify`."""

from collections.abc import Sequence

import click

from pipeline.batch.resource_limits import Limits
from pipeline.commands.options import ADDRESS, CORRECTIONS, JOBS, limits_options
from pipeline.commands.terminal import print_line, print_message
from pipeline.errors import VerifyError


@click.command()
@click.argument("folder", default="parsed", type=ADDRESS)
@click.option(
    "--pdfs",
    multiple=True,
    metavar="PATH",
    help="Check that the results come from these PDFs (file or folder).",
)
@CORRECTIONS
@click.option(
    "--recount",
    is_flag=True,
    help="Also read the --pdfs again with pdfplumber and compare all characters.",
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
    """Check what `run`, a stage or `compact` wrote; print a line for each problem."""
    from pipeline.commands.verify.audit import Recount
    from pipeline.commands.verify.folder import verify as verify_folder

    for option, value in {"--recount": recount, "--corrections": corrections}.items():
        if value and not pdfs:
            raise click.UsageError(f"{option} needs the PDFs: name them with --pdfs")
    second_count = Recount(jobs, limits) if recount else None
    levels = {"error": 0, "warning": 0}
    for finding in verify_folder(folder, pdfs, corrections, second_count, jobs):
        levels[finding.level] += 1
        print_line(str(finding))
    summary = f"verify: errors {levels['error']}, warnings {levels['warning']}"
    print_message(f"{summary}; {second_count}" if second_count else summary)
    if levels["error"]:
        advice = "write it again: run the same command with --force"
        if second_count:  # it does not help if besshi itself lost a glyph
            advice += "; where pdfplumber still differs, one of the two misreads that page"
        raise VerifyError(f"{folder}: has errors; {advice}")
