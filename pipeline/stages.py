"""Runs the stages extract, segment and normalize on one annex.

An error becomes an issue of the annex: it costs that annex only, never the run.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pipeline.checks import check
from pipeline.errors import (
    OUT_OF_MEMORY,
    AnnexError,
    CorrectionError,
    OutdatedCorrectionError,
    OutOfMemoryError,
    SpecError,
)
from pipeline.files import digest, read_file, with_suffix
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

if TYPE_CHECKING:
    from pipeline.normalize import RecordWriter

OnPage = Callable[[int, int], None]
"""Called with the number of each page (from 1) when it has been parsed, and the number of pages."""

StageResult = Extracted | Segmented | Normalized
"""What a stage makes of an annex."""
R = TypeVar("R", bound=StageResult)


class PdfContent(Struct, frozen=True):
    """A PDF as it was read, and what a person said about it."""

    annex: str
    file: str
    """The PDF's address, for messages."""
    data: bytes
    spec: bytes | None
    """The content of the `.yml` beside it; None: there is none."""
    sha256: str
    """Of `data`."""


def extract_file(path: Path, jobs: int = 1, on_page: OnPage | None = None) -> Extracted:
    """Run extract on a PDF and its spec; what stops it becomes an `error` issue.

    Args:
        on_page: Called for each page that has been parsed.

    Raises:
        OSError: A file cannot be read.
    """
    spec_file = with_suffix(str(path), ".yml")
    spec = read_file(spec_file) if Path(spec_file).exists() else None
    data = read_file(str(path))
    return extract_content(
        PdfContent(path.stem, str(path), data, spec, digest(data)), jobs, on_page
    )


def extract_content(pdf: PdfContent, jobs: int = 1, on_page: OnPage | None = None) -> Extracted:
    """Run extract on the content of a PDF; what stops it becomes an `error` issue.

    Args:
        on_page: Called for each page that has been parsed.
    """
    spec_file = with_suffix(pdf.file, ".yml")
    header = _add_spec(AnnexHeader(pdf.annex, pdf.sha256), spec_file, pdf.spec)

    def work() -> Extracted:
        from pipeline.extract import extract_annex

        return extract_annex(header, pdf.data, jobs, on_page)

    return _run_stage(Extracted, header, pdf.file, work, {SpecError: spec_file})


def segment_extracted(extracted: Extracted) -> Segmented:
    """Run segment on an annex; one that has failed already is passed on."""

    def work() -> Segmented:
        from pipeline.segment import segment_annex

        return segment_annex(extracted)

    return _run_stage(Segmented, extracted.header, extracted.header.annex, work)


def normalize_segmented(
    segmented: Segmented,
    file: str = "",
    corrections: bytes | None = None,
    writer: "RecordWriter | None" = None,
) -> Normalized:
    """Run normalize on an annex and judge its records; one that has failed is passed on.

    Args:
        file: The address of its file of corrections, for messages.
        corrections: The content of that file; None: there is none.
        writer: Made from `segmented` before, which saves most of the time; None: make one.
    """
    header = segmented.header

    def work() -> Normalized:
        from pipeline.curation.corrections import parse_corrections
        from pipeline.judge import judge_annex
        from pipeline.normalize import normalize_annex

        parsed = parse_corrections(corrections) if corrections is not None else ()
        parameters = hash_parameters(header.parameters_sha256, parsed)
        corrected = replace(header, parameters_sha256=parameters)
        if writer is None:
            normalized = normalize_annex(replace(segmented, header=corrected), parsed)
        else:
            normalized = writer.write(corrected, parsed)
        return judge_annex(normalized, segmented)

    files = dict.fromkeys((CorrectionError, OutdatedCorrectionError), file)
    return _run_stage(Normalized, header, header.annex, work, files)


def fail_annex(
    kind: type[R], header: AnnexHeader, code: str, message: str, stage: Stage | None = None
) -> R:
    """The result of a stage for an annex that failed: the header with one more error, no content.

    Args:
        kind: The type of the stage's result.
        message: What happened, where, and what to do.
        stage: The stage that failed, if it is not the one that makes `kind`.
    """
    issue = Issue(Severity.ERROR, stage or _STAGE_OF[kind], code, message)
    return kind(header.with_issues(issue))


def stop_if_failed(header: AnnexHeader) -> None:
    """Make sure that an annex was read, for callers that need its result.

    Raises:
        AnnexError: It was not; the message is that of its first error.
    """
    for issue in header.issues:
        if issue.is_error:
            raise AnnexError(issue.message)


def describe_internal_error(file: str, stage: Stage, error: Exception) -> str:
    """The message for a bug in besshi: an error that nobody foresaw."""
    return (
        f"{file}: besshi failed in {stage} ({type(error).__name__}: {error}); "
        "please report it with the file"
    )


def hash_spec(spec: AnnexSpec | None) -> str:
    """A hash of what a person said about reading an annex; it ignores where the spec file is."""
    return digest(msgspec.json.encode(replace(spec, file="")) if spec else b"")


def hash_parameters(parameters: str, corrections: Sequence[Correction]) -> str:
    """A hash of what a person said about an annex and of its corrections.

    Args:
        parameters: The hash from `hash_spec`, which is used until normalize.
        corrections: If there are none, the hash stays as it is.
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
    files: Mapping[type[AnnexError], str] = MappingProxyType({}),
) -> R:
    """Run a stage on an annex, unless that has failed already, and check the result.

    Args:
        file: The address that messages name.
        files: Error type → the address that messages name instead: the file to correct.
    """
    if header.failed:
        return kind(header)
    try:
        return check(work())
    except AnnexError as error:
        named = files.get(type(error), file)
        return fail_annex(kind, header, error.code, f"{named}: {error}")
    except MemoryError:
        return fail_annex(kind, header, OutOfMemoryError.code, f"{file}: {OUT_OF_MEMORY}")
    except Exception as error:  # a bug of besshi must cost its annex only, not the run
        message = describe_internal_error(file, _STAGE_OF[kind], error)
        return fail_annex(kind, header, "internal", message)


def _add_spec(header: AnnexHeader, file: str, content: bytes | None) -> AnnexHeader:
    """The annex with its spec, or with the error that the spec is wrong."""
    from pipeline.curation.annex_spec import parse_annex_spec

    try:
        spec = None
        if content is not None:
            spec = parse_annex_spec(file, content, header.source_sha256)
    except SpecError as error:
        return fail_annex(Extracted, header, error.code, f"{file}: {error}").header
    return replace(header, spec=spec, parameters_sha256=hash_spec(spec))
