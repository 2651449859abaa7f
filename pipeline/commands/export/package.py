"""A Frictionless data package: all datasets as CSV and Parquet, and a description of each column.

The description follows the Data Package standard, version 1 (specs.frictionlessdata.io).
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.batch.manifest import COMPACT, ManifestEntry, combine_hashes
from pipeline.commands.line_formats import encode_csv_rows
from pipeline.files import digest
from pipeline.files.parquet import DATASETS, decode_rows, encode_issues, merge_files
from pipeline.files.parquet.meanings import describe_columns

DESCRIPTION = "datapackage.json"
_KEYS = {"records": ["record_id"], "pages": ["annex", "page"]}
"""Dataset → the columns that name a row."""
_OF_RECORDS = ("tokens", "breaks", "receipts")
"""The datasets whose `record_id` is that of a record."""
_TITLES = {
    "records": "Comments and answers, one row a comment",
    "tokens": "Morphemes of the fields of records",
    "pages": "Pages, with the account of their glyphs",
    "breaks": "Line breaks inside fields: kept or removed, and why",
    "receipts": "Repairs and corrections: the text before and after",
    "issues": "What a person should look at",
}
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def encode_package(
    folder: Path, entries: Sequence[ManifestEntry]
) -> tuple[dict[str, bytes], list[str]]:
    """The files of a data package.

    Args:
        entries: Of the annexes that it is to hold, sorted by annex.

    Returns:
        Name → content, and warnings: what the CSV files do not hold exactly.

    Raises:
        DataError: A file of the results is of another besshi, or damaged.
    """
    files: dict[str, bytes] = {}
    resources, warnings = [], []
    for kind in (*DATASETS, "issues"):
        parquet = _merge(folder, kind, entries)
        table, warning = _encode_table(kind, decode_rows(f"{kind}.parquet", parquet))
        if warning:
            warnings.append(f"{kind}.csv: {warning}")
        for form, data in (("csv", table), ("parquet", parquet)):
            files[f"{kind}.{form}"] = data
            resources.append(_describe_resource(kind, form, data))
    described = {
        "profile": "data-package",
        "name": "besshi-annexes",
        "title": "Annex tables of Japanese public administration",
        "description": f"Made by besshi {__version__}; its docs/data.md says more of each column.",
        "sources": [_describe_source(entry) for entry in entries if entry.stage != COMPACT],
        "resources": resources,
    }
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    return {**files, DESCRIPTION: text.encode()}, warnings


def _merge(folder: Path, kind: str, entries: Sequence[ManifestEntry]) -> bytes:
    hashes = combine_hashes(entries)
    if kind == "issues":
        return encode_issues({entry.annex: entry.issues for entry in entries}, hashes)
    merged = io.BytesIO()
    merge_files(_read(folder, kind, entries), kind, hashes, merged)
    return merged.getvalue()


def _read(folder: Path, kind: str, entries: Iterable[ManifestEntry]) -> Iterator[tuple[str, bytes]]:
    for entry in entries:
        for name in entry.files:
            if name.startswith(f"{kind}/"):
                yield name, (folder / name).read_bytes()


def _encode_table(kind: str, rows: Sequence[Mapping[str, Any]]) -> tuple[bytes, str | None]:
    names = [column["name"] for column in describe_columns(kind)]
    cells = ([_cell(row[name]) for name in names] for row in rows)
    return encode_csv_rows(names, cells, for_excel=False)


def _cell(value: Any) -> str | float | None:
    """A value as a table schema wants it in CSV: lists and objects as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    plain: str | float | None = value
    return plain


def _describe_source(entry: ManifestEntry) -> dict[str, str]:
    is_web = entry.source.startswith(("http://", "https://"))
    return {"title": entry.annex, **({"path": entry.source} if is_web else {})}


def _describe_resource(kind: str, form: str, data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": describe_columns(kind), "missingValues": [""]}
    if kind in _KEYS:
        schema["primaryKey"] = _KEYS[kind]
    if kind in _OF_RECORDS:
        reference = {"resource": f"records-{form}", "fields": "record_id"}
        schema["foreignKeys"] = [{"fields": "record_id", "reference": reference}]
    return {
        "name": f"{kind}-{form}",
        "title": _TITLES[kind],
        "path": f"{kind}.{form}",
        "profile": "tabular-data-resource" if form == "csv" else "data-resource",
        "format": form,
        "mediatype": _MEDIA[form],
        **({"encoding": "utf-8"} if form == "csv" else {}),
        "bytes": len(data),
        "hash": f"sha256:{digest(data)}",
        "schema": schema,
    }
