"""A new annex comes into the project."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from pipeline.batch.resource_limits import Limits
from pipeline.commands.annex.draft import Drafted, draft_annex
from pipeline.commands.annex.project import Project, check_id
from pipeline.errors import AnnexError, InputError
from pipeline.files import digest, read_file
from pipeline.files.atomic import write_whole


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the PDF itself does not say; None: not known."""

    source: str
    title: str | None = None
    publisher: str | None = None
    retrieved: str | None = None
    """As a date; None: today."""


def add_annex(
    project: Project,
    pdf: Path,
    annex: str | None,
    said: Provenance,
    jobs: int = 1,
    limits: Limits | None = None,
) -> Drafted:
    """Copy a PDF into the project, note where it is from, and write the draft of its truth.

    Args:
        project: Where to.
        pdf: The PDF.
        annex: Its id; None: its name.
        said: Where it is from.
        jobs: Processes for scanned pages.
        limits: Of reading it; None: the usual ones.

    Raises:
        InputError: There is no such PDF, or the id, the PDF or its truth are there already.
        AnnexError: It cannot be read; nothing of it stays in the project.
    """
    name = check_id(pdf.stem if annex is None else annex)
    if not pdf.is_file():
        raise InputError(f"{pdf}: there is no such file; check the path")
    data = pdf.read_bytes()
    _check_new(project, name, data)
    written = (project.pdf(name), project.known(name))
    try:
        write_whole(written[0], lambda beside: beside.write_bytes(data))
        text = _provenance(said, data)
        write_whole(written[1], lambda beside: beside.write_text(text, encoding="utf-8"))
        return draft_annex(project, name, force=False, jobs=jobs, limits=limits)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, AnnexError):
            raise AnnexError(f"{error} ({pdf} was not taken in)") from error
        raise


def _check_new(project: Project, annex: str, data: bytes) -> None:
    there = {source.annex: source.file for source in project.find().sources}
    taken = [project.known(annex), project.draft(annex), project.truth(annex)]
    if annex in there:
        taken.insert(0, Path(there[annex].address))
    for path in taken:
        if path.exists():
            raise InputError(
                f"{path}: is there already; give another --id, or, if that was ended before its "
                f"draft was written, go on with `besshi annex draft {annex}`"
            )
    sha256 = digest(data)
    for other, file in there.items():
        if file.size == len(data) and digest(read_file(file.address)) == sha256:
            raise InputError(f"{file.address}: is this PDF already, as {other}")


def _provenance(said: Provenance, data: bytes) -> str:
    """What is written beside the PDF; a key without a value waits for somebody who knows."""
    known = {
        "title": said.title,
        "publisher": said.publisher,
        "source": said.source,
        "retrieved": said.retrieved or date.today().isoformat(),
        "sha256": digest(data),
    }
    return str(yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=96))
