"""Accepts a draft: a person has compared it with its PDF and confirms it."""

import subprocess
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from pipeline.commands.annex.project import Project, check_id
from pipeline.errors import InputError
from pipeline.files.truths import (
    Acceptance,
    Truth,
    digest_reading,
    digest_tables,
    find_reason_to_doubt,
    read_truth,
    write_truth,
)


def accept_truth(project: Project, annex: str, who: str | None) -> Truth:
    """Turn the draft of an annex into its truth, or accept a truth that was changed.

    Args:
        who: The person who accepts it; None: git's user.name.

    Raises:
        InputError: There is nothing to accept, the draft is not what besshi reads, or there is no
            name of a person.
        DataError: The draft is not a truth file any more.
    """
    path = _find_file_to_accept(project, check_id(annex))
    truth = read_truth(path)
    if truth.annex != annex:
        raise InputError(f"{path}: is about {truth.annex!r}; write {annex!r} behind annex")
    if truth.draft and truth.read != digest_reading(truth, project.read_corrections(annex)):
        raise InputError(
            f"{path}: is not what besshi reads: somebody edited it, or "
            f"{project.corrections(annex)} has changed since. Write what is right into "
            f"{project.corrections(annex)} (`besshi review {project.draft_results(annex)} "
            f"--serve` does), then `besshi annex draft {annex} --force`"
        )
    return _write(project, truth, who)


def accept_reading(project: Project, reading: Truth, who: str | None) -> Truth:
    """Accept what besshi reads now, in place of any draft and any truth of the annex.

    Args:
        reading: A draft that was made from it just now.
        who: The person who accepts it; None: git's user.name.

    Raises:
        InputError: No PDF of the annex is in the project, or there is no name of a person.
    """
    annex = reading.annex
    if not any(files.annex == annex for files in project.find().annexes):
        raise InputError(
            f"{project.pdf(annex)}: there is no such PDF, so the tests could not read it; add it "
            "with `besshi annex add`"
        )
    return _write(project, reading, who)


def _write(project: Project, truth: Truth, who: str | None) -> Truth:
    person, today = who or ask_git(project.root), date.today().isoformat()
    acceptance = Acceptance(person, today, digest_tables(truth))
    accepted = replace(truth, draft=False, read=None, accepted=acceptance)
    write_truth(project.truth(truth.annex), accepted)
    project.draft(truth.annex).unlink(missing_ok=True)
    return accepted


def _find_file_to_accept(project: Project, annex: str) -> Path:
    draft, truth = project.draft(annex), project.truth(annex)
    if draft.exists() and truth.exists():
        raise InputError(f"{draft}: there is also a truth ({truth}); remove the one that is wrong")
    if draft.exists():
        return draft
    if not truth.exists():
        raise InputError(
            f"{draft}: there is no such draft; write it with `besshi annex draft {annex}`"
        )
    existing = read_truth(truth)
    if existing.accepted and find_reason_to_doubt(existing) is None:
        who, when = existing.accepted.who, existing.accepted.when
        raise InputError(f"{truth}: is already accepted, by {who} on {when}")
    return truth


def ask_git(root: Path) -> str:
    """The name of the person, as git knows it.

    Raises:
        InputError: git does not know it.
    """
    try:
        asked = subprocess.run(
            ["git", "-C", str(root), "config", "user.name"],
            capture_output=True,
            text=True,
            check=False,
        )
        name = asked.stdout.strip()
    except OSError:  # there is no git
        name = ""
    if not name:
        raise InputError("git does not know who accepts it; give your name with --who")
    return name
