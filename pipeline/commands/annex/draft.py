"""Writes a draft of a truth: what besshi reads in an annex, for a person to correct."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pipeline.batch.discovery import AnnexFiles
from pipeline.batch.issues_file import ISSUES_FILE
from pipeline.batch.page_progress import follow_pages
from pipeline.batch.process_pool import run_in_own_process
from pipeline.batch.resource_limits import Limits
from pipeline.commands.annex.project import Project
from pipeline.commands.progress_display import showing_progress
from pipeline.errors import InputError
from pipeline.files import LocalFolder, read_file
from pipeline.files.parquet import encode_issues, write_annex
from pipeline.files.truths import Truth, TruthTable, digest_reading, read_truth, write_truth
from pipeline.model import ROLES, Normalized, Record, Segmented, Table
from pipeline.normalize.clipping import is_clipped
from pipeline.stages import extract_file, normalize_segmented, segment_extracted, stop_if_failed


class Drafted(Struct, frozen=True):
    """What was read and written."""

    normalized: Normalized
    truth: Truth
    revoked: str | None = None
    """Who accepted the truth that the draft replaces, and when; None: there was none."""


def draft_annex(
    project: Project, annex: str, force: bool, jobs: int = 1, limits: Limits | None = None
) -> Drafted:
    """Read an annex of the project and write the draft of its truth.

    Args:
        force: Whether an existing draft or truth is replaced.
        limits: Of reading it; None: the default ones.

    Raises:
        InputError: There is no such annex; or a draft or truth exists, and not `force`.
        AnnexError: The annex cannot be read.
    """
    files = {files.annex: files for files in project.find().annexes}.get(annex)
    if files is None:
        raise InputError(
            f"{project.pdf(annex)}: there is no such PDF; add it with `besshi annex add`"
        )
    _check_replaceable(project, annex, force)
    with showing_progress("draft", [annex]) as display:
        segmented, normalized = run_in_own_process(
            partial(_read, jobs), files, files.main_file.address, limits or Limits(), display.watch
        )
    truth = make_draft(segmented, normalized, project.read_corrections(annex))
    write_records(normalized, project.draft_results(annex))
    write_truth(project.draft(annex), truth)
    return Drafted(normalized, truth, _revoke(project.truth(annex)))


def _check_replaceable(project: Project, annex: str, force: bool) -> None:
    for path in (project.truth(annex), project.draft(annex)):
        if path.exists() and not force:
            raise InputError(
                f"{path}: exists already and may hold a person's work; "
                f"`besshi annex draft {annex} --force` replaces it with what besshi reads now"
            )


def _revoke(path: Path) -> str | None:
    """Remove a truth, if there is one: nobody has checked the new draft."""
    if not path.exists():
        return None
    acceptance = read_truth(path).accepted
    path.unlink()
    return f"{acceptance.who}, {acceptance.when}" if acceptance else "a person who wrote it"


def _read(jobs: int, files: AnnexFiles) -> tuple[Segmented, Normalized]:
    extracted = extract_file(Path(files.main_file.address), jobs, follow_pages(files.annex))
    segmented = segment_extracted(extracted)
    file = files.corrections
    normalized = normalize_segmented(
        segmented, file.address if file else "", read_file(file.address) if file else None
    )
    stop_if_failed(normalized.header)
    return segmented, normalized


def write_records(normalized: Normalized, out: Path) -> None:
    """Write the files that a run writes for one annex."""
    folder = LocalFolder(out)
    write_annex(normalized, folder)
    header = normalized.header
    hashes = header.source_sha256, header.parameters_sha256
    folder.write(ISSUES_FILE, encode_issues({header.annex: header.issues}, hashes))


def make_draft(segmented: Segmented, normalized: Normalized, corrections: bytes) -> Truth:
    """The records of an annex in the form of a truth file.

    Args:
        corrections: The content of the file of corrections that they were read with.
    """
    by_table = groupby(normalized.records, lambda record: record.table_index)
    tables = [_table(segmented.tables[index - 1], list(records)) for index, records in by_table]
    count, pages = len(normalized.records), len(normalized.pages)
    description = f"{count} records in {len(tables)} tables on {pages} pages"
    truth = Truth(normalized.header.annex, description, draft=True, tables=tables)
    return replace(truth, read=digest_reading(truth, corrections))


def _table(table: Table, records: Sequence[Record]) -> TruthTable:
    return TruthTable(
        headers=[column.header for column in table.columns],
        roles=[column.role or "" for column in table.columns],
        records=[dict(_fields(record, table)) for record in records],
        title=records[0].title,
        caption=records[0].caption,
    )


def _fields(record: Record, table: Table) -> Iterator[tuple[str, Any]]:
    for role in ROLES:
        if (text := getattr(record, role)) is not None:
            yield role, text
    if record.extra:
        yield "extra", record.extra
    yield "pages", [record.page_first, record.page_last]
    if record.original_text is not None:
        yield "location", record.location
    if record.revision_kind is not None:
        yield "revision_kind", record.revision_kind
    if record.section:
        yield "section", record.section
    if record.marks:
        yield "marks", msgspec.to_builtins(record.marks)
    if "clipped" in record.flags:
        yield "clipped", list(_clipped(record, table))


def _clipped(record: Record, table: Table) -> Iterator[str]:
    fields = table.rows[record.row_index - 1].fields
    for column, field in zip(table.columns, fields, strict=True):
        name = column.role or column.header
        text = getattr(record, column.role) if column.role else record.extra.get(name)
        if is_clipped(field, text or ""):
            yield name
