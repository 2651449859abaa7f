"""Somebody has read a draft beside its PDF and says that it is true."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.commands.annex.project import Project, check_id
from pipeline.errors import InputError
from pipeline.files.truths import (
    Acceptance,
    Truth,
    digest_tables,
    doubt_truth,
    read_truth,
    write_truth,
)


def accept_truth(project: Project, annex: str, who: str | None) -> Truth:
    """Turn the draft of an annex into its truth; or vouch for a truth that was changed.

    Args:
        project: Where it is.
        annex: Its id.
        who: Says so; None: whom git knows.

    Raises:
        InputError: There is nothing to accept, or nobody who does.
        DataError: The draft is no truth file any more.
    """
    path = _find(project, check_id(annex))
    truth = read_truth(path)
    if truth.annex != annex:
        raise InputError(f"{path}: is about {truth.annex!r}; write {annex!r} behind annex")
    said = Acceptance(who or _ask_git(project.root), date.today().isoformat(), digest_tables(truth))
    accepted = replace(truth, draft=False, accepted=said)
    write_truth(project.truth(annex), accepted)
    project.draft(annex).unlink(missing_ok=True)
    return accepted


def _find(project: Project, annex: str) -> Path:
    draft, truth = project.draft(annex), project.truth(annex)
    if draft.exists() and truth.exists():
        raise InputError(f"{draft}: there is a truth too ({truth}); remove the one that is wrong")
    if draft.exists():
        return draft
    if not truth.exists():
        raise InputError(f"{draft}: there is no such draft; `besshi annex draft {annex}` writes it")
    said = read_truth(truth)
    if said.accepted and doubt_truth(said) is None:
        by = f"{said.accepted.who} on {said.accepted.when}"
        raise InputError(f"{truth}: is accepted already, by {by}")
    return truth


def _ask_git(root: Path) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "config", "user.name"],
            capture_output=True,
            text=True,
            check=False,
        )
        name = done.stdout.strip()
    except OSError:  # there is no git
        name = ""
    if not name:
        raise InputError("who accepts it? git does not know your name; say it with --who")
    return name
