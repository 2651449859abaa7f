"""besshi from Python: `import besshi` hands this on."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.files import read_file
from pipeline.model import Issue, PageAccount, Record
from pipeline.stages import (
    extract_file,
    normalize_segmented,
    segment_extracted,
    stop_if_failed,
)


@dataclass(frozen=True, slots=True)
class Annex:
    """What besshi reads in one PDF."""

    annex: str
    """Its id: the file's stem."""
    records: tuple[Record, ...]
    """In reading order."""
    pages: tuple[PageAccount, ...]
    """The account of each page's glyphs."""
    issues: tuple[Issue, ...]
    """What a person should know."""


def read_annex(pdf: str | Path, corrections: str | Path | None = None, jobs: int = 1) -> Annex:
    """Read the records of one PDF in this process, without limits of time and memory.

    Args:
        pdf: The PDF; the `.yml` beside it is read too, if it is there.
        corrections: The file of its corrections; None: there is none.
        jobs: Processes for its pages.

    Raises:
        AnnexError: The PDF cannot be read; the message says why and what to do.
        OSError: A file cannot be opened.
    """
    right = read_file(str(corrections)) if corrections is not None else None
    segmented = segment_extracted(extract_file(Path(pdf), jobs))
    normalized = normalize_segmented(segmented, str(corrections or ""), right)
    header = normalized.header
    stop_if_failed(header)
    return Annex(header.annex, tuple(normalized.records), tuple(normalized.pages), header.issues)
