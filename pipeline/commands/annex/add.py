"""Adds a new annex to the project."""

from datetime import date
from pathlib import Path

import yaml
from msgspec import Struct

from pipeline.batch.resource_limits import Limits
from pipeline.commands.annex.draft import Drafted, draft_annex
from pipeline.commands.annex.project import Project, check_id
from pipeline.errors import AnnexError, InputError
from pipeline.files import digest, read_file
from pipeline.files.atomic import write_content


class Provenance(Struct, frozen=True):
    """Where a PDF is from; None: not known."""

    source: str
    """The address or file that it came from."""
    title: str | None = None
    publisher: str | None = None
    retrieved: str | None = None
    """A date; None: today."""


def add_annex(
    project: Project,
    pdf: Path,
    annex: str | None,
    provenance: Provenance,
    jobs: int,
    limits: Limits,
) -> Drafted:
    """Copy a PDF into the project, note where it is from, and write a draft of its truth.

    Args:
        annex: The annex's id; None: the file's name.
        limits: Of reading it.

    Raises:
        InputError: There is no such PDF, or the id, the PDF or its truth exists already.
        AnnexError: It cannot be read; then nothing of it stays in the project.
    """
    if pdf.is_dir():
        raise InputError(f"{pdf}: is a folder; name one PDF in it")
    if not pdf.is_file():
        raise InputError(f"{pdf}: there is no such file; check the path")
    name = check_id(pdf.stem if annex is None else annex)
    data = pdf.read_bytes()
    _check_new(project, name, data)
    written = (project.pdf(name), project.spec(name))
    try:
        write_content(written[0], data)
        write_content(written[1], _format_provenance(provenance, data))
        return draft_annex(project, name, force=False, jobs=jobs, limits=limits)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, AnnexError):
            raise AnnexError(f"{error} ({pdf} was not added)") from error
        raise


def _check_new(project: Project, annex: str, data: bytes) -> None:
    existing = {files.annex: files.main_file for files in project.find().annexes}
    taken = [project.spec(annex), project.draft(annex), project.truth(annex)]
    if annex in existing:
        taken.insert(0, Path(existing[annex].address))
    for path in taken:
        if path.exists():
            raise InputError(
                f"{path}: exists already; give another --id. If adding it was interrupted before "
                f"its draft was written, continue with `besshi annex draft {annex}`"
            )
    sha256 = digest(data)
    for other, file in existing.items():
        if file.size == len(data) and digest(read_file(file.address)) == sha256:
            raise InputError(
                f"{file.address}: is the same PDF; it is in the project already, as {other}"
            )


def _format_provenance(provenance: Provenance, data: bytes) -> str:
    """The content of the `.yml` beside the PDF; a person can fill in the empty keys later."""
    values = {
        "title": provenance.title,
        "publisher": provenance.publisher,
        "source": provenance.source,
        "retrieved": provenance.retrieved or date.today().isoformat(),
        "sha256": digest(data),
    }
    return str(yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=96))
