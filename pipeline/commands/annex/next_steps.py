"""Says what a person does next with an annex, with the command."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.terminal import print_line
from pipeline.commands.translation import translate

if TYPE_CHECKING:
    from pipeline.commands.annex.project import Project

Step = tuple[str, str]
"""What to do, and the command that does it."""


def print_steps(steps: Sequence[Step]) -> None:
    """Print what to do next, each step with its command on a line that can be copied."""
    print_line("next:")
    for number, (what, command) in enumerate(steps, start=1):
        print_line(f"  {number}. {translate(what)}")
        print_line(f"       {command}")


def list_steps_after_reading(project: "Project", annex: str) -> list[Step]:
    """The steps after a draft was written."""
    results = shlex.quote(project.display_path(project.draft_results(annex)))
    where = _project_option(project)
    return [
        (
            "compare the records with the PDF, correct what is wrong, and accept them:",
            f"besshi review {results} --serve{where}",
        ),
        (
            "if they are right as they are, this accepts them too:",
            f"besshi annex accept {annex}{where}",
        ),
    ]


def list_steps_after_accepting(project: "Project", annex: str) -> list[Step]:
    """The steps after a truth was accepted."""
    own = [project.truth(annex), project.corrections(annex)]
    before = ""
    if (tracked := project.pdfs.with_suffix(".dvc")).exists():
        before = f"dvc add {_quote(project, [project.pdfs])} && "
        own.insert(0, tracked)
    else:
        own = [project.pdf(annex), project.spec(annex), *own]
    files = _quote(project, [path for path in own if path.exists()])
    return [
        ("keep it:", f'{before}git add {files} && git commit -m "Add the annex {annex}"'),
        ("read it with the other annexes:", "make run"),
    ]


def list_steps_after_removing(project: "Project") -> list[Step]:
    """The steps after an annex was removed."""
    folders = [project.pdfs, project.truths, project.all_corrections]
    files = _quote(project, [path for path in folders if path.exists()])
    return [
        ("remove its records from `parsed`:", "make run"),
        ("keep the project without it:", f"git add --all {files}"),
    ]


def _project_option(project: "Project") -> str:
    """The option that names the project, unless it is the current folder."""
    return "" if project.root == Path() else f" --project {shlex.quote(str(project.root))}"


def _quote(project: "Project", paths: Sequence[Path]) -> str:
    return " ".join(shlex.quote(project.display_path(path)) for path in paths)
