"""Checks the Parquet files of an annex or of a merged part: schema, metadata and every row."""

from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pipeline import __version__
from pipeline.batch.manifest import ManifestEntry, entry_file, folder_of
from pipeline.checks import find_records, find_tokens
from pipeline.checks.records import texts_of
from pipeline.commands.verify.counts import count_glyphs, find_gaps
from pipeline.commands.verify.findings import Finding, in_file
from pipeline.commands.verify.part_rows import Rows, split_by_annex
from pipeline.errors import DataError
from pipeline.files.parquet import (
    DATASETS,
    ISSUES,
    METADATA,
    SCHEMA_VERSION,
    decode_rows,
    decode_schema,
    iterate_rows,
)
from pipeline.model import CORRECTED, Issue, PageAccount, Record

ModelRow = TypeVar("ModelRow")


class _Annex(Struct, frozen=True):
    """The rows of one annex."""

    names: Mapping[str, str]
    """Dataset → file."""
    rows: Rows
    """Dataset → the annex's rows."""


def check_annex_files(
    entry: ManifestEntry, contents: Mapping[str, bytes], merged: bool
) -> Iterator[Finding]:
    """Check the files of a manifest entry.

    Args:
        contents: Name → content of its files that are there.
        merged: Whether the entry is a part with the rows of many annexes.
    """
    names = yield from _find_readable(entry, contents)
    if entry.failed and entry.files:
        yield Finding(entry_file(entry.annex), "says that the annex failed, but names files")
    if not entry.failed:
        for kind in sorted(DATASETS.keys() - {folder_of(name) for name in entry.files}):
            yield Finding(entry_file(entry.annex), f"names no file of {kind}")
    if names.keys() != DATASETS.keys():
        return
    streams = {kind: iterate_rows(name, contents[name]) for kind, name in names.items()}
    try:
        yield from _check_streams(entry, names, streams, merged)
    except DataError as error:
        name = next(name for name in names.values() if str(error).startswith(f"{name}: "))
        yield Finding(name, str(error).removeprefix(f"{name}: "))


def _find_readable(
    entry: ManifestEntry, contents: Mapping[str, bytes]
) -> Generator[Finding, None, dict[str, str]]:
    """The files that have the right columns.

    Returns:
        Dataset → file.
    """
    names, hashes = {}, (entry.source_sha256, entry.parameters_sha256)
    for name, data in contents.items():
        if (kind := folder_of(name)) in DATASETS:
            try:
                if (yield from _compare_schema(name, data, DATASETS[kind], hashes)):
                    names[kind] = name
            except DataError as error:
                yield Finding(name, str(error).removeprefix(f"{name}: "))
    return names


def _check_streams(
    entry: ManifestEntry,
    names: Mapping[str, str],
    streams: Mapping[str, Iterator[dict[str, Any]]],
    merged: bool,
) -> Iterator[Finding]:
    """Check rows as they come: a part has more than fit into memory, so one annex at a time."""
    counts: Counter[str] = Counter()
    before = ""
    for name, rows in split_by_annex(streams) if merged else _take_all(entry, streams):
        if merged and name <= before:
            yield Finding(names["records"], "its rows do not stand together, in order", name)
        before = name
        counts.update({kind: len(some) for kind, some in rows.items()})
        yield from _check_annex(entry, _Annex(names, rows), merged)
    for kind, count in (("records", entry.records), ("pages", entry.pages)):
        if counts[kind] != count:
            yield Finding(names[kind], f"has {counts[kind]} rows, its entry says {count}")


def _take_all(
    entry: ManifestEntry, streams: Mapping[str, Iterator[dict[str, Any]]]
) -> Iterator[tuple[str, Rows]]:
    yield entry.annex, {kind: list(rows) for kind, rows in streams.items()}


def _check_annex(entry: ManifestEntry, annex: _Annex, merged: bool) -> Iterator[Finding]:
    records = yield from _convert(annex, "records", Record)
    pages = yield from _convert(annex, "pages", PageAccount)
    if None in (*records, *pages):  # references to such a row would be findings too
        return
    known, accounts = _without_none(records), _without_none(pages)
    if not merged:
        yield from _compare_entry(entry, annex, known)
    yield from _check_rows(annex, known, accounts)
    yield from _check_tokens(annex, known)


def _without_none(rows: Sequence[ModelRow | None]) -> list[ModelRow]:
    return [row for row in rows if row is not None]


def _compare_schema(
    name: str, data: bytes, columns: Any, hashes: tuple[str, str] | None
) -> Generator[Finding, None, bool]:
    """Check the columns and the metadata of a file.

    Returns:
        Whether it has the right columns.
    """
    schema = decode_schema(name, data)
    same = bool(schema.equals(columns))
    if not same:
        found, expected = (dict(zip(s.names, s, strict=True)) for s in (schema, columns))
        differ = [
            f"{name} {found[name].type}" if name in found else name
            for name in found.keys() | expected.keys()
            if name not in found or name not in expected or not found[name].equals(expected[name])
        ]
        yield Finding(name, f"has other columns: {', '.join(sorted(differ)) or 'their order'}")
    metadata = {
        key.decode(errors="replace"): value.decode(errors="replace")
        for key, value in (schema.metadata or {}).items()
    }
    values = (__version__, SCHEMA_VERSION, *(hashes or (None, None)))
    for key, value in zip(METADATA, values, strict=True):
        if key not in metadata or (value is not None and metadata[key] != value):
            yield Finding(name, f"its metadata {key} is {metadata.get(key)}, not {value}")
    return same


def _convert(
    annex: _Annex, kind: str, row_type: type[ModelRow]
) -> Generator[Finding, None, list[ModelRow | None]]:
    """The rows as structs of the model; None for a row with a wrong value, a finding."""
    rows: list[ModelRow | None] = []
    for row in annex.rows[kind]:
        try:
            rows.append(msgspec.convert(row, row_type))
        except msgspec.ValidationError as error:
            where = row.get("record_id") or f"page {row.get('page')}"
            yield Finding(annex.names[kind], str(error), where)
            rows.append(None)
    return rows


def _compare_entry(
    entry: ManifestEntry, annex: _Annex, records: Sequence[Record]
) -> Iterator[Finding]:
    for record in records:
        if (record.annex, record.source_sha256) != (entry.annex, entry.source_sha256):
            yield Finding(annex.names["records"], "is of another PDF", record.record_id)


def _check_rows(
    annex: _Annex, records: Sequence[Record], pages: Sequence[PageAccount]
) -> Iterator[Finding]:
    by_annex = {name: list(rows) for name, rows in groupby(pages, key=lambda page: page.annex)}
    of_annex = {name: list(rows) for name, rows in groupby(records, key=lambda r: r.annex)}
    file, account = annex.names["records"], annex.names["pages"]
    found = {
        (row["record_id"], row["field"]): row["found"]
        for row in annex.rows["receipts"]
        if row["step"] == CORRECTED
    }
    for name in sorted(by_annex.keys() | of_annex.keys()):
        own, sheets = of_annex.get(name, []), by_annex.get(name, [])
        for fault in find_records(own, sheets):
            of_page = fault.where.startswith("page ")
            where = f"{name}, {fault.where}" if of_page else fault.where
            yield Finding(account if of_page else file, fault.what, where)
        yield from count_glyphs(account, name, own, sheets, found)
        yield from find_gaps(file, own)
    for name, rows in of_annex.items():
        if len({record.source_sha256 for record in rows}) > 1:
            yield Finding(file, "its records are of several PDFs", name)
    ids = [record.record_id for record in records]
    for duplicate in sorted(one for one, count in Counter(ids).items() if count > 1):
        yield Finding(file, "occurs twice", duplicate)


def _check_tokens(annex: _Annex, records: Sequence[Record]) -> Iterator[Finding]:
    texts = texts_of(records)
    spelled = []
    for (record, name), rows in groupby(
        annex.rows["tokens"], key=lambda row: (row["record_id"], row["field"])
    ):
        tokens = list(rows)
        spelled.append((record, name, "".join(row["surface"] for row in tokens)))
        if not _are_contiguous(tokens):
            what = f"the positions of the tokens of {name!r} do not follow each other"
            yield Finding(annex.names["tokens"], what, record)
    yield from in_file(annex.names["tokens"], find_tokens(texts, spelled))
    yield from _check_breaks(annex)
    for kind in ("breaks", "receipts"):
        for key in sorted({(row["record_id"], row["field"]) for row in annex.rows[kind]}):
            if key not in texts:
                yield Finding(annex.names[kind], f"has no field {key[1]!r}", key[0])


def _check_breaks(annex: _Annex) -> Iterator[Finding]:
    for row in annex.rows["breaks"]:
        if row["position"] < 0 or not 0 <= row["confidence"] <= 1:
            what = f"a break of {row['field']!r}: {row['position']}, confidence {row['confidence']}"
            yield Finding(annex.names["breaks"], what, row["record_id"])


def _are_contiguous(tokens: Sequence[Mapping[str, Any]]) -> bool:
    start = 0
    for position, token in enumerate(tokens):
        end = start + len(token["surface"])
        if (token["position"], token["start"], token["end"]) != (position, start, end):
            return False
        start = end
    return True


def check_issues_file(
    name: str,
    data: bytes,
    hashes: tuple[str, str] | None,
    issues: Mapping[str, Sequence[Issue]] | None,
) -> Iterator[Finding]:
    """Check `issues.parquet`.

    Args:
        hashes: The hashes that its metadata should have; None: not known.
        issues: Annex → the issues that it should have; None: not known.
    """
    try:
        if not (yield from _compare_schema(name, data, ISSUES, hashes)):
            return
        rows = decode_rows(name, data)
        found = Counter((row["annex"], msgspec.convert(row, Issue)) for row in rows)
    except (DataError, msgspec.ValidationError) as error:
        yield Finding(name, str(error).removeprefix(f"{name}: "))
        return
    if issues is None:
        return
    # The file has no column for the characters of an issue; only the manifest counts them.
    expected = Counter(
        (annex, replace(issue, characters=None)) for annex, own in issues.items() for issue in own
    )
    for annex, issue in (found - expected).elements():
        yield Finding(name, f"has an issue of {annex} that the manifest lacks: {issue.code}")
    for annex, issue in (expected - found).elements():
        yield Finding(name, f"lacks an issue of {annex} that the manifest has: {issue.code}")
