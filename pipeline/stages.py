"""One annex through the stages. A bug or a bad file costs its annex only, never the run."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from pipeline.checks import check
from pipeline.errors import OUT_OF_MEMORY, AnnexError, KnownError, OutOfMemoryError
from pipeline.files import digest, read_file, with_ending
from pipeline.model import Correction, Extracted, Issue, Known, Normalized, Segmented

Watch = Callable[[int], None]
"""Is told the number of each page once it is parsed."""


def extract_file(path: Path, jobs: int = 1, watch: Watch | None = None) -> Extracted:
    """extract for one PDF and what is known about it; what stops it becomes an `error` issue.

    Args:
        path: The PDF.
        jobs: Processes for its pages.
        watch: Is told each page.

    Raises:
        OSError: A file cannot be read.
    """
    beside = with_ending(str(path), ".yml")
    known = read_file(beside) if Path(beside).exists() else None
    return extract_content(path.stem, str(path), read_file(str(path)), known, jobs, watch)


def hash_known(known: Known | None) -> str:
    """A hash of what a person knows about an annex; where the PDF is from makes no difference."""
    return digest(msgspec.json.encode(replace(known, file="")) if known else b"")


def hash_corrected(parameters: str, corrections: Sequence[Correction]) -> str:
    """A hash of what a person knows about an annex and of what readers corrected in it.

    Args:
        parameters: That of `hash_known`: all there is before normalize.
        corrections: None make no difference.
    """
    return digest(parameters, msgspec.json.encode(corrections)) if corrections else parameters


def extract_content(
    annex: str,
    file: str,
    data: bytes,
    known: bytes | None,
    jobs: int = 1,
    watch: Watch | None = None,
) -> Extracted:
    """extract for the content of one PDF; what stops it becomes an `error` issue.

    Args:
        annex: The annex's id.
        file: The PDF's name, for messages.
        data: Its content.
        known: The content of the file beside it; None: there is none.
        jobs: Processes for its pages.
        watch: Is told each page.
    """
    from pipeline.curation.annex_spec import apply_known, parse_known
    from pipeline.extract import extract_annex

    beside, parameters = with_ending(file, ".yml"), ""
    try:
        said = parse_known(beside, known, data) if known is not None else None
        parameters = hash_known(said)
        extracted = apply_known(extract_annex(annex, data, jobs, watch), said)
        return check(replace(extracted, parameters_sha256=parameters))
    except AnnexError as error:
        named = beside if isinstance(error, KnownError) else file
        issue = Issue("error", "extract", error.code, f"{named}: {error}")
    except MemoryError:
        issue = _out_of_memory("extract", file)
    except Exception as error:  # a bug must cost its annex only, not the run
        issue = unexpected("extract", file, error)
    return Extracted(annex, digest(data), issues=(issue,), parameters_sha256=parameters)


def segment_extracted(extracted: Extracted) -> Segmented:
    """segment for one annex."""
    from pipeline.segment import segment_annex

    try:
        segmented = segment_annex(extracted)
        return check(replace(segmented, parameters_sha256=extracted.parameters_sha256))
    except MemoryError:
        issue = _out_of_memory("segment", extracted.annex)
    except Exception as error:  # as above
        issue = unexpected("segment", extracted.annex, error)
    return Segmented(
        extracted.annex,
        extracted.source_sha256,
        issues=(*extracted.issues, issue),
        parameters_sha256=extracted.parameters_sha256,
    )


def normalize_segmented(
    segmented: Segmented, file: str = "", corrections: bytes | None = None
) -> Normalized:
    """normalize for one annex; what stops it becomes an `error` issue.

    Args:
        segmented: What segment found.
        file: The name of the file of its corrections, for messages.
        corrections: The content of that file; None: there is none.
    """
    from pipeline.curation.corrections import parse_corrections
    from pipeline.normalize import normalize_annex

    parameters = ""
    try:
        right = parse_corrections(corrections) if corrections is not None else ()
        parameters = hash_corrected(segmented.parameters_sha256, right)
        normalized = normalize_annex(segmented, right)
        return check(replace(normalized, parameters_sha256=parameters))
    except AnnexError as error:
        issue = Issue("error", "normalize", error.code, f"{file}: {error}")
    except MemoryError:
        issue = _out_of_memory("normalize", segmented.annex)
    except Exception as error:  # as above
        issue = unexpected("normalize", segmented.annex, error)
    return Normalized(
        segmented.annex,
        segmented.source_sha256,
        issues=(*segmented.issues, issue),
        failed=True,
        parameters_sha256=parameters,
    )


def _out_of_memory(stage: str, what: str) -> Issue:
    return Issue("error", stage, OutOfMemoryError.code, f"{what}: {OUT_OF_MEMORY}")


def unexpected(stage: str, what: str, error: Exception) -> Issue:
    """A bug of besshi, as it is told of its annex."""
    return Issue(
        "error",
        stage,
        "internal",
        f"{what}: besshi failed in {stage} ({type(error).__name__}: {error}); "
        "please report it with the file",
    )
