"""Checks whether the records of annexes are still what their truths say."""

import tempfile
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path

from msgspec import Struct

from pipeline.batch.discovery import AnnexFiles, FoundAnnexes
from pipeline.batch.executor import BatchOptions
from pipeline.batch.manifest import ManifestEntry
from pipeline.batch.plan import plan
from pipeline.batch.run import process_batch
from pipeline.commands.annex.project import Project, check_id
from pipeline.errors import BesshiError, DiffersError, InputError, MissingError, UnrecognisedError
from pipeline.evaluate import evaluate, show_differences, ways_on
from pipeline.files.truths import Truth, find_reason_to_doubt, read_truth


class State(Enum):
    """The result for an annex, from good to bad."""

    SAME = "same"
    DIFFERS = "differs"
    MISSING = "missing"
    UNRECOGNISED = "no longer recognised"


ERRORS: Mapping[State, type[BesshiError]] = {
    State.DIFFERS: DiffersError,
    State.MISSING: MissingError,
    State.UNRECOGNISED: UnrecognisedError,
}


class Checked(Struct, frozen=True):
    """One annex compared with its truth."""

    annex: str
    state: State
    reason: str
    """The number of records; or what is wrong, and what to do."""
    differences: tuple[str, ...] = ()
    """Lines of a diff: `-` is the truth, `+` is what was read."""
    ways: tuple[str, ...] = ()
    """The ways on, with their commands."""


def check_annexes(project: Project, annexes: Sequence[str], options: BatchOptions) -> list[Checked]:
    """Read annexes and compare them with their truths.

    Args:
        annexes: Their ids; (): all that have a truth.

    Raises:
        InputError: An id has neither a PDF nor a truth, or there is no truth at all.
        DataError: A truth file is malformed.
    """
    files_of = {files.annex: files for files in project.find().annexes}
    asked = list(dict.fromkeys(map(check_id, annexes))) or sorted(
        p.stem for p in project.truths.glob("*.json")
    )
    if not asked:
        raise InputError(f"{project.truths}: holds no truth; start with `besshi annex add`")
    checked = [_find_missing(project, annex, files_of.get(annex)) for annex in asked]
    missing = {result.annex: result for result in checked if result is not None}
    rest = [annex for annex in asked if annex not in missing]
    truths = {annex: read_truth(project.truth(annex)) for annex in rest}
    compared = _compare(truths, [files_of[annex] for annex in rest], options)
    return [missing.get(annex) or compared[annex] for annex in asked]


def _find_missing(project: Project, annex: str, files: AnnexFiles | None) -> Checked | None:
    """The result for an annex that lacks a PDF or a truth; None: it has both."""
    path, draft = project.truth(annex), project.draft(annex)
    if not path.exists():
        if files is None and not draft.exists():
            raise InputError(
                f"{annex}: there is no such annex, neither {project.pdf(annex)} nor {path}"
            )
        draft_first = f"write a draft with `besshi annex draft {annex}`"
        advice = f"accept its draft, {draft}" if draft.exists() else draft_first
        return Checked(annex, State.MISSING, f"has no truth; {advice}")
    if files is None:
        why = (
            f"its PDF {project.pdf(annex)} is missing; put it back (`git checkout`, `dvc pull`), "
            f"or take the annex out with `besshi annex remove {annex} --force`"
        )
        return Checked(annex, State.MISSING, why)
    doubt = find_reason_to_doubt(read_truth(path))
    return Checked(annex, State.MISSING, f"{path} {doubt}") if doubt else None


def _compare(
    truths: Mapping[str, Truth], annexes: list[AnnexFiles], options: BatchOptions
) -> dict[str, Checked]:
    with tempfile.TemporaryDirectory(prefix="besshi-") as temporary:
        # No folder was searched, so no annex can be taken for gone.
        batch = plan("run", FoundAnnexes(annexes, ()), temporary, options)
        for _ in process_batch(batch):
            pass
        entries = {annex: batch.entries[annex] for annex in truths}
        return {
            annex: _compare_with_truth(truth, entries[annex], temporary)
            for annex, truth in truths.items()
        }


def _compare_with_truth(truth: Truth, entry: ManifestEntry, out: str) -> Checked:
    for issue in entry.issues:
        if issue.is_error:
            return Checked(truth.annex, State.UNRECOGNISED, issue.message)
    if truth.records and not entry.records:
        return Checked(
            truth.annex,
            State.UNRECOGNISED,
            f"no comment table is found, but {truth.records} records are expected; look at "
            f"raw_pdfs/{truth.annex}.yml and pipeline/vocabulary/header_words.yml",
        )
    evaluation = evaluate({truth.annex: truth}, Path(out))
    differences = tuple(show_differences(evaluation.differences))
    unaccounted = evaluation.total.unaccounted
    if not differences and not unaccounted:
        return Checked(truth.annex, State.SAME, f"{truth.records} records")
    reason = _describe(truth, len(evaluation.differences), evaluation.wrong_records, unaccounted)
    return Checked(truth.annex, State.DIFFERS, reason, differences, ways_on(truth.annex))


def _describe(truth: Truth, fields: int, records: int, unaccounted: int) -> str:
    """What differs, in one sentence."""
    by = f"{truth.accepted.who} accepted" if truth.accepted else "a person wrote"
    reason = f"{records} of {truth.records} records ({fields} fields) are read otherwise than {by}"
    return (
        f"{reason} them, and {unaccounted} glyphs are unaccounted"
        if unaccounted
        else (f"{reason} them")
    )


def stop_unless_same(checked: Sequence[Checked]) -> None:
    """Raise the error of the worst result.

    Raises:
        DiffersError: Records differ from their truth.
        MissingError: A PDF or a truth is missing.
        UnrecognisedError: An annex can no longer be read.
    """
    for state in reversed(State):
        names = [one.annex for one in checked if one.state is state]
        if names and state in ERRORS:
            raise ERRORS[state](f"{state.value}: {', '.join(names)}")
