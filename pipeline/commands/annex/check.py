"""Whether the records of annexes are still what their truths say."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pipeline.batch.discovery import Found, Source
from pipeline.batch.executor import Options
from pipeline.batch.manifest import Entry
from pipeline.batch.plan import plan
from pipeline.batch.run import carry_out
from pipeline.commands.annex.project import Project, check_id
from pipeline.errors import BesshiError, DiffersError, InputError, MissingError, UnrecognisedError
from pipeline.evaluate import evaluate, show_differences
from pipeline.files.truths import Truth, doubt_truth, read_truth


class State(Enum):
    """What became of an annex; the worst last."""

    SAME = "same"
    DIFFERS = "differs"
    MISSING = "missing"
    UNRECOGNISED = "no longer recognised"


ERRORS: Mapping[State, type[BesshiError]] = {
    State.DIFFERS: DiffersError,
    State.MISSING: MissingError,
    State.UNRECOGNISED: UnrecognisedError,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One annex held against its truth."""

    annex: str
    state: State
    reason: str
    """How many records are the same, or what is wrong and what to do."""
    differences: tuple[str, ...] = ()
    """Lines of a diff: behind `-` what is true, behind `+` what was found."""


def check_annexes(project: Project, annexes: Sequence[str], options: Options) -> list[Checked]:
    """Read annexes and hold them against their truths.

    Args:
        project: Where they are.
        annexes: Their ids; none: all that have a truth.
        options: How to read them.

    Raises:
        InputError: One of them is neither a PDF nor a truth, or there is no truth at all.
        DataError: A truth file is none.
    """
    there = {source.annex: source for source in project.find().sources}
    asked = list(dict.fromkeys(map(check_id, annexes))) or sorted(
        p.stem for p in project.truths.glob("*.json")
    )
    if not asked:
        raise InputError(f"{project.truths}: holds no truth; `besshi annex add` begins one")
    checked = [_find_missing(project, annex, there.get(annex)) for annex in asked]
    missing = {found.annex: found for found in checked if found is not None}
    rest = [annex for annex in asked if annex not in missing]
    truths = {annex: read_truth(project.truth(annex)) for annex in rest}
    compared = _compare(truths, [there[annex] for annex in rest], options)
    return [missing.get(annex) or compared[annex] for annex in asked]


def _find_missing(project: Project, annex: str, source: Source | None) -> Checked | None:
    """What an annex lacks, so that nothing can be compared."""
    path, draft = project.truth(annex), project.draft(annex)
    if not path.exists():
        if source is None and not draft.exists():
            raise InputError(
                f"{annex}: there is no such annex, neither {project.pdf(annex)} nor {path}"
            )
        then = f"accept its draft, {draft}" if draft.exists() else f"`besshi annex draft {annex}`"
        return Checked(annex, State.MISSING, f"has no truth; {then}")
    if source is None:
        why = f"{project.pdf(annex)} is not there; put it back, or remove {path}"
        return Checked(annex, State.MISSING, why)
    doubt = doubt_truth(read_truth(path))
    return Checked(annex, State.MISSING, f"{path} {doubt}") if doubt else None


def _compare(
    truths: Mapping[str, Truth], sources: list[Source], options: Options
) -> dict[str, Checked]:
    with tempfile.TemporaryDirectory(prefix="besshi-") as temporary:
        # Only these are looked at: no folder was searched whose other annexes would be gone.
        batch = plan("run", Found(sources, ()), temporary, options)
        for _ in carry_out(batch):
            pass
        entries = {annex: batch.entries[annex] for annex in truths}
        return {annex: _judge(truth, entries[annex], temporary) for annex, truth in truths.items()}


def _judge(truth: Truth, entry: Entry, out: str) -> Checked:
    for issue in entry.issues:
        if issue.is_error:
            return Checked(truth.annex, State.UNRECOGNISED, issue.message)
    if truth.records and not entry.records:
        return Checked(
            truth.annex,
            State.UNRECOGNISED,
            f"no comment table is found where {truth.records} records were; look at "
            f"raw_pdfs/{truth.annex}.yml and pipeline/vocabulary/header_words.yml",
        )
    evaluation = evaluate({truth.annex: truth}, Path(out))
    differences = tuple(show_differences(evaluation.differences))
    lost = evaluation.total.unaccounted
    if not differences and not lost:
        return Checked(truth.annex, State.SAME, f"{truth.records} records")
    wrong = {difference.record for difference in evaluation.differences}
    said = f"{len(evaluation.differences)} fields in {len(wrong)} of {truth.records} records"
    if lost:
        said += f", {lost} glyphs unaccounted"
    return Checked(truth.annex, State.DIFFERS, said, differences)


def show_checked(checked: Sequence[Checked]) -> Iterator[str]:
    """A line for each annex, and below it what differs."""
    for one in checked:
        yield f"{one.annex}: {one.state.value}: {one.reason}"
        yield from one.differences


def stop_unless_same(checked: Sequence[Checked]) -> None:
    """Let the command fail by the worst that was found.

    Raises:
        DiffersError: Records are not what their truth says, and nothing worse.
        MissingError: There is nothing to compare.
        UnrecognisedError: An annex is not read any more.
    """
    for state in reversed(State):
        names = [one.annex for one in checked if one.state is state]
        if names and state in ERRORS:
            raise ERRORS[state](f"{state.value}: {', '.join(names)}")
