"""`besshi annex` and its verbs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.batch.resource_limits import Limits
from pipeline.commands.options import limits_options
from pipeline.commands.terminal import say, show, show_lines

if TYPE_CHECKING:
    from pipeline.commands.annex.draft import Drafted
    from pipeline.commands.annex.project import Project

PROJECT = click.option(
    "--project",
    "root",
    default=".",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The project: the folder that raw_pdfs is in.",
)
JOBS = click.option(
    "--jobs",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Processes to use: for several annexes, or for scanned pages.",
)


@click.group()
def annex() -> None:
    """Take new annexes in, and keep their records as a person accepted them.

    \b
    besshi annex add new.pdf --source https://…   into the project, with a draft
    besshi annex accept ID                        the draft, read and put right, is true
    besshi annex check                            are all records still as accepted?
    """


@annex.command()
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--id", "name", help="The annex's id, for good.  [default: the file's name]")
@click.option("--source", required=True, help="The address or file that it came from.")
@click.option("--title", help="As printed on its first page.")
@click.option("--publisher", help="The office that published it.")
@click.option("--retrieved", metavar="DATE", help="When it was fetched.  [default: today]")
@JOBS
@limits_options
@PROJECT
def add(
    pdf: Path,
    name: str | None,
    source: str,
    title: str | None,
    publisher: str | None,
    retrieved: str | None,
    jobs: int,
    limits: Limits,
    root: Path,
) -> None:
    """Take a PDF in, read it, and draft its truth."""
    from pipeline.commands.annex.add import Provenance, add_annex
    from pipeline.commands.annex.project import open_project

    project = open_project(root)
    said = Provenance(source, title, publisher, retrieved)
    drafted = add_annex(project, pdf, name, said, jobs, limits)
    _show_draft(project, drafted, added=True)


@annex.command()
@click.argument("name", metavar="ID")
@click.option("--force", is_flag=True, help="Replace a draft or a truth that is there.")
@JOBS
@limits_options
@PROJECT
def draft(name: str, force: bool, jobs: int, limits: Limits, root: Path) -> None:
    """Write the draft of an annex anew. What was accepted is so no longer."""
    from pipeline.commands.annex.draft import draft_annex
    from pipeline.commands.annex.project import open_project

    project = open_project(root)
    drafted = draft_annex(project, name, force, jobs, limits)
    if drafted.revoked:
        say(f"besshi: no longer accepted: the truth of {drafted.revoked}")
    _show_draft(project, drafted)


@annex.command()
@click.argument("name", metavar="ID")
@click.option("--who", help="Who has read it.  [default: git's user.name]")
@PROJECT
def accept(name: str, who: str | None, root: Path) -> None:
    """Make a draft that you have put right the truth."""
    from pipeline.commands.annex.accept import accept_truth
    from pipeline.commands.annex.project import open_project

    project = open_project(root)
    truth = accept_truth(project, name, who)
    if truth.accepted is not None:
        by = f"{truth.accepted.who}, {truth.accepted.when}"
        show(f"{project.shown(project.truth(name))}: {truth.records} records, by {by}")


@annex.command()
@click.argument("names", metavar="[ID]...", nargs=-1)
@JOBS
@PROJECT
def check(names: tuple[str, ...], jobs: int, root: Path) -> None:
    """Show where annexes are not what was accepted.

    \b
    Exit codes: 0 all are the same · 7 records differ · 8 a PDF or a truth is
    missing · 9 an annex is no longer recognised. Of several, the highest.
    """
    from pipeline.batch.executor import Options
    from pipeline.commands.annex.check import check_annexes, show_checked, stop_unless_same
    from pipeline.commands.annex.project import open_project

    checked = check_annexes(open_project(root), names, Options(jobs))
    for line in show_checked(checked):
        show_lines(line)
    stop_unless_same(checked)


def _show_draft(project: "Project", drafted: "Drafted", added: bool = False) -> None:
    from pipeline.commands.annex.attention import list_attention

    name = drafted.truth.annex
    show(f"{name}: {drafted.truth.description}")
    matters = list_attention(drafted.normalized)
    show("look at:" if matters else "look at: nothing in particular")
    for line in matters:
        show(f"  {line}")
    show("written:")
    if added:
        show(f"  {project.shown(project.pdf(name))} and, beside it, {name}.yml")
    show(f"  {project.shown(project.draft(name))}")
    _review(project, name)
    show(f"Read the draft beside the PDF, put it right, then: besshi annex accept {name}")


def _review(project: "Project", name: str) -> None:
    """Write the review pages of a new annex, where besshi has that command."""
    context = click.get_current_context()
    command: Any = context.find_root().command
    review: click.Command | None = command.commands.get("review")
    if review is not None:
        show("to check it on:")
        folder = project.new(name)
        call: Callable[..., Any] = context.invoke
        call(review, folder=folder, pdfs=project.pdfs, out=folder / "review")
