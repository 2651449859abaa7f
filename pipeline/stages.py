"""extract → segment → normalize for one annex. An error costs its annex only, never the run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import msgspec

from pipeline.checks import check
from pipeline.errors import (
    OUT_OF_MEMORY,
    AnnexError,
    CorrectionError,
    OutdatedCorrectionError,
    OutOfMemoryError,
    SpecError,
)
from pipeline.files import digest, read_file, with_ending
from pipeline.model import (
    AnnexHeader,
    AnnexSpec,
    Correction,
    Extracted,
    Issue,
    Normalized,
    Segmented,
    Severity,
    Stage,
)

Watch = Callable[[int], None]
"""Is told the number of each page once it is parsed."""

Result = Extracted | Segmented | Normalized
"""What a stage makes of an annex."""
R = TypeVar("R", bound=Result)


def extract_file(path: Path, jobs: int = 1, watch: Watch | None = None) -> Extracted:
    """extract for one PDF and its spec; what stops it becomes an `error` issue.

    Args:
        path: The PDF.
        jobs: Processes for its pages.
        watch: Is told each page.

    Raises:
        OSError: A file cannot be read.
    """
    beside = with_ending(str(path), ".yml")
    spec = read_file(beside) if Path(beside).exists() else None
    return extract_content(path.stem, str(path), read_file(str(path)), spec, jobs, watch)


def extract_content(
    annex: str,
    file: str,
    data: bytes,
    spec: bytes | None,
    jobs: int = 1,
    watch: Watch | None = None,
    source_sha256: str = "",
) -> Extracted:
    """extract for the content of one PDF; what stops it becomes an `error` issue.

    Args:
        annex: The annex's id.
        file: The PDF's name, for messages.
        data: Its content.
        spec: The content of the `.yml` beside it; None: there is none.
        jobs: Processes for its pages.
        watch: Is told each page.
        source_sha256: Of `data`, where it is known already.
    """
    header = AnnexHeader(annex, source_sha256 or digest(data))
    beside = with_ending(file, ".yml")
    header = _add_spec(header, beside, spec)

    def work() -> Extracted:
        from pipeline.extract import extract_annex

        return extract_annex(header, data, jobs, watch)

    return _run_stage(Extracted, header, file, work, {SpecError: beside})


def segment_extracted(extracted: Extracted) -> Segmented:
    """segment for one annex; one that failed before is passed on."""

    def work() -> Segmented:
        from pipeline.segment import segment_annex

        return segment_annex(extracted)

    return _run_stage(Segmented, extracted.header, extracted.header.annex, work)


def normalize_segmented(
    segmented: Segmented, file: str = "", corrections: bytes | None = None
) -> Normalized:
    """normalize for one annex; one that failed before is passed on.

    Args:
        segmented: What segment found.
        file: The name of the file of its corrections, for messages.
        corrections: The content of that file; None: there is none.
    """
    header = segmented.header

    def work() -> Normalized:
        from pipeline.curation.corrections import parse_corrections
        from pipeline.normalize import normalize_annex

        right = parse_corrections(corrections) if corrections is not None else ()
        parameters = hash_corrected(header.parameters_sha256, right)
        corrected = replace(header, parameters_sha256=parameters)
        return normalize_annex(replace(segmented, header=corrected), right)

    blamed = dict.fromkeys((CorrectionError, OutdatedCorrectionError), file)
    return _run_stage(Normalized, header, header.annex, work, blamed)


def fail_annex(
    kind: type[R], header: AnnexHeader, code: str, message: str, stage: Stage | None = None
) -> R:
    """What is left of an annex that could not be read: its header, with one error more.

    Args:
        kind: What the stage that failed makes.
        header: The annex.
        code: Of the error.
        message: What happened, where, and what to do.
        stage: The one that failed, where several were to be done; None: the one that makes `kind`.
    """
    issue = Issue(Severity.ERROR, stage or _STAGE_OF[kind], code, message)
    return kind(header.with_issues(issue))


def stop_if_failed(header: AnnexHeader) -> None:
    """Make sure that an annex was read, where nothing can be done without it.

    Raises:
        AnnexError: It was not; the message is that of its first error.
    """
    for issue in header.issues:
        if issue.is_error:
            raise AnnexError(issue.message)


def describe_internal_error(file: str, stage: Stage, error: Exception) -> str:
    """The message of an error that besshi did not foresee."""
    return (
        f"{file}: besshi failed in {stage} ({type(error).__name__}: {error}); "
        "please report it with the file"
    )


def hash_spec(spec: AnnexSpec | None) -> str:
    """A hash of what a person said about an annex; where the PDF is from makes no difference."""
    return digest(msgspec.json.encode(replace(spec, file="")) if spec else b"")


def hash_corrected(parameters: str, corrections: Sequence[Correction]) -> str:
    """A hash of what a person said about an annex and of what readers corrected in it.

    Args:
        parameters: That of `hash_spec`: all there is before normalize.
        corrections: None make no difference.
    """
    return digest(parameters, msgspec.json.encode(corrections)) if corrections else parameters


_STAGE_OF: Mapping[type[object], Stage] = {
    Extracted: Stage.EXTRACT,
    Segmented: Stage.SEGMENT,
    Normalized: Stage.NORMALIZE,
}


def _run_stage(
    kind: type[R],
    header: AnnexHeader,
    file: str,
    work: Callable[[], R],
    blamed: Mapping[type[AnnexError], str] = MappingProxyType({}),
) -> R:
    """Do a stage's work on an annex that has not failed, and check what comes of it.

    Args:
        kind: What the stage makes.
        header: The annex.
        file: What messages name.
        work: The stage.
        blamed: Error → the file beside the PDF that is to be corrected.
    """
    if header.failed:
        return kind(header)
    try:
        return check(work())
    except AnnexError as error:
        named = blamed.get(type(error), file)
        return fail_annex(kind, header, error.code, f"{named}: {error}")
    except MemoryError:
        return fail_annex(kind, header, OutOfMemoryError.code, f"{file}: {OUT_OF_MEMORY}")
    except Exception as error:  # an error of besshi's own must cost its annex only, not the run
        message = describe_internal_error(file, _STAGE_OF[kind], error)
        return fail_annex(kind, header, "internal", message)


def _add_spec(header: AnnexHeader, file: str, content: bytes | None) -> AnnexHeader:
    """The annex with what a person said about it, or with the error that it cannot be read."""
    from pipeline.curation.annex_spec import parse_annex_spec

    try:
        spec = None
        if content is not None:
            spec = parse_annex_spec(file, content, header.source_sha256)
    except SpecError as error:
        return fail_annex(Extracted, header, error.code, f"{file}: {error}").header
    return replace(header, spec=spec, parameters_sha256=hash_spec(spec))
