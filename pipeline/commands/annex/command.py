"""`besshi annex` and its verbs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.batch.resource_limits import Limits
from pipeline.commands.annex.next_steps import (
    list_steps_after_accepting,
    list_steps_after_reading,
    list_steps_after_removing,
    print_steps,
)
from pipeline.commands.options import FOLDER, limits_options
from pipeline.commands.terminal import print_line, print_message, print_text

if TYPE_CHECKING:
    from pipeline.commands.annex.draft import Drafted
    from pipeline.commands.annex.project import Project

PROJECT = click.option(
    "--project",
    "root",
    default=".",
    show_default=True,
    type=FOLDER,
    help="Folder of the project; it contains raw_pdfs.",
)
JOBS = click.option(
    "--jobs",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Number of processes. More help with several annexes, and with scanned pages.",
)


@click.group()
def annex() -> None:
    """Add annexes to the project and check them against accepted records.

    The truth of an annex is the records that a person has checked and accepted.

    \b
    besshi annex add new.pdf --source https://…   add a PDF and write a draft of its truth
    besshi annex accept ID                        accept the draft, once it is right
    besshi annex check                            compare all annexes with their truths
    besshi annex remove ID                        take an annex out of the project
    """


@annex.command()
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--id", "name", help="Permanent id of the annex.  [default: the file's name]")
@click.option("--source", required=True, help="Web address or file that the PDF came from.")
@click.option("--title", help="Title, as printed on the first page.")
@click.option("--publisher", help="Office that published the PDF.")
@click.option(
    "--retrieved", metavar="DATE", help="Date on which the PDF was downloaded.  [default: today]"
)
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
    """Add a PDF to the project, read it, and write a draft of its truth."""
    from pipeline.commands.annex.add import Provenance, add_annex
    from pipeline.commands.annex.project import open_project

    project = open_project(root)
    provenance = Provenance(source, title, publisher, retrieved)
    drafted = add_annex(project, pdf, name, provenance, jobs, limits)
    _show_draft(project, drafted, added=True)


@annex.command()
@click.argument("name", metavar="ID")
@click.option("--force", is_flag=True, help="Replace an existing draft or truth.")
@JOBS
@limits_options
@PROJECT
def draft(name: str, force: bool, jobs: int, limits: Limits, root: Path) -> None:
    """Read an annex again and write a new draft.

    --force replaces the draft or the accepted truth that is there.
    """
    from pipeline.commands.annex.draft import draft_annex
    from pipeline.commands.annex.project import open_project

    project = open_project(root)
    drafted = draft_annex(project, name, force, jobs, limits)
    if drafted.revoked:
        print_message(f"besshi: no longer accepted: the truth of {drafted.revoked}")
    _show_draft(project, drafted)


@annex.command()
@click.argument("name", metavar="ID")
@click.option("--who", help="Person who has checked the draft.  [default: git's user.name]")
@PROJECT
def accept(name: str, who: str | None, root: Path) -> None:
    """Accept a checked draft as the truth of its annex."""
    from pipeline.commands.annex.accept import accept_truth
    from pipeline.commands.annex.project import open_project

    project = open_project(root)
    truth = accept_truth(project, name, who)
    if truth.accepted is not None:
        by = f"{truth.accepted.who}, {truth.accepted.when}"
        print_line(f"{project.display_path(project.truth(name))}: {truth.records} records, by {by}")
    print_steps(list_steps_after_accepting(project, name))


@annex.command()
@click.argument("name", metavar="ID")
@click.option("--force", is_flag=True, help="Also remove an accepted truth and corrections.")
@PROJECT
def remove(name: str, force: bool, root: Path) -> None:
    """Remove an annex from the project.

    Its PDF goes, the file about it and its draft; --force removes what a person wrote, too.
    """
    from pipeline.commands.annex.project import open_project
    from pipeline.commands.annex.remove import remove_annex

    project = open_project(root)
    for path in remove_annex(project, name, force):
        print_line(f"removed: {project.display_path(path)}")
    print_steps(list_steps_after_removing(project))


@annex.command()
@click.argument("names", metavar="[ID]...", nargs=-1)
@JOBS
@PROJECT
def check(names: tuple[str, ...], jobs: int, root: Path) -> None:
    """Compare annexes with their truths and show all differences.

    \b
    Exit codes: 0 all are the same · 7 records differ · 8 a PDF or a truth is
    missing · 9 an annex can no longer be read. The highest one that applies.
    """
    from pipeline.batch.executor import BatchOptions
    from pipeline.commands.annex.check import check_annexes, stop_unless_same
    from pipeline.commands.annex.project import open_project

    checked = check_annexes(open_project(root), names, BatchOptions(jobs))
    for one in checked:
        print_line(f"{one.annex}: {one.state.value}: {one.reason}")
        for difference in one.differences:
            print_text(difference)
        for way in one.ways:
            print_line(f"  {way}")
    stop_unless_same(checked)


def _show_draft(project: "Project", drafted: "Drafted", added: bool = False) -> None:
    from pipeline.commands.annex.attention import list_attention

    name = drafted.truth.annex
    print_line(f"{name}: {drafted.truth.description}")
    notices = list_attention(drafted.normalized)
    print_line("look at:" if notices else "look at: nothing in particular")
    for line in notices:
        print_line(f"  {line}")
    print_line("written:")
    if added:
        print_line(f"  {project.display_path(project.pdf(name))} and, beside it, {name}.yml")
    print_line(f"  {project.display_path(project.draft(name))}")
    _review(project, name)
    print_steps(list_steps_after_reading(project, name))


def _review(project: "Project", name: str) -> None:
    """Write the review pages of a new annex, if besshi has that command."""
    context = click.get_current_context()
    command: Any = context.find_root().command
    review: click.Command | None = command.commands.get("review")
    if review is not None:
        print_line("to check it on:")
        folder = project.draft_results(name)
        call: Callable[..., Any] = context.invoke
        call(review, folder=folder, pdfs=project.pdfs, out=folder / "review")
