"""The contract's Parquet schemas: one for each kind of file that a run writes."""

import pyarrow as pa

from pipeline import __version__
from pipeline.model import ROLES

SCHEMA_VERSION = "2"

_TEXT, _INT, _FLOAT = pa.string(), pa.int32(), pa.float64()
_BOX = pa.struct(
    [("field", _TEXT), ("page", _INT)] + [(side, _FLOAT) for side in ("x0", "top", "x1", "bottom")]
)
_MARK = pa.struct([("field", _TEXT), ("start", _INT), ("end", _INT), ("kind", _TEXT)])
_RUN = pa.struct([("op", _TEXT), ("text", _TEXT)])


def _columns(kind: pa.DataType, *names: str, nullable: bool = False) -> list[pa.Field]:
    return [pa.field(name, kind, nullable=nullable) for name in names]


RECORDS = pa.schema(
    [
        *_columns(_TEXT, "record_id", "annex", "source_sha256"),
        *_columns(_INT, "table_index", "row_index"),
        *_columns(_TEXT, "title", "caption", *ROLES, nullable=True),
        *_columns(pa.map_(_TEXT, _TEXT), "extra", "headers"),
        *_columns(pa.list_(_TEXT), "section"),
        *_columns(pa.list_(_MARK), "marks"),
        *_columns(pa.list_(_TEXT), "location"),
        *_columns(_TEXT, "original_body", "revision_kind", nullable=True),
        *_columns(pa.list_(_RUN), "redline", nullable=True),
        *_columns(_INT, "page_first", "page_last"),
        *_columns(pa.list_(_BOX), "boxes"),
        *_columns(_TEXT, "source"),
        *_columns(pa.map_(_TEXT, _FLOAT), "field_confidence"),
        *_columns(_FLOAT, "confidence"),
        *_columns(pa.list_(_TEXT), "flags"),
    ]
)
TOKENS = pa.schema(
    [
        *_columns(_TEXT, "record_id", "field"),
        *_columns(_INT, "position", "start", "end"),
        *_columns(_TEXT, "surface", "dictionary_form", "normalized_form", "part_of_speech"),
        *_columns(pa.list_(_TEXT), "units"),
    ]
)
PAGES = pa.schema(
    [
        *_columns(_TEXT, "annex"),
        *_columns(_INT, "page"),
        *_columns(_FLOAT, "width", "height"),
        *_columns(_TEXT, "source"),
        *_columns(_INT, "tables", "glyphs"),
        *_columns(_INT, "in_records", "in_headers", "in_furniture", "hidden", "unaccounted"),
        *_columns(_FLOAT, "unread_ink", nullable=True),
    ]
)
BREAKS = pa.schema(
    [
        *_columns(_TEXT, "record_id", "field"),
        *_columns(_INT, "position"),
        *_columns(_TEXT, "before", "after", "context"),
        *_columns(pa.bool_(), "kept"),
        *_columns(_FLOAT, "confidence", "odds"),
        *_columns(_FLOAT, "prior", "geometry", "spacing", "series", "twins", "slack"),
    ]
)
RECEIPTS = pa.schema(
    [*_columns(_TEXT, "record_id", "field", "step", "found", "made"), *_columns(_INT, "count")]
)
ISSUES = pa.schema(
    [
        *_columns(_TEXT, "level", "stage", "code", "annex"),
        *_columns(_INT, "page", nullable=True),
        *_columns(_TEXT, "record_id", nullable=True),
        *_columns(_TEXT, "message"),
    ]
)

DATASETS = {
    "records": RECORDS,
    "tokens": TOKENS,
    "pages": PAGES,
    "breaks": BREAKS,
    "receipts": RECEIPTS,
}
"""Folder → schema of the files in it; each annex has one file in each folder."""

METADATA = ("besshi.version", "besshi.schema", "besshi.source_sha256", "besshi.parameters_sha256")
"""Keys of every file's metadata: who wrote it, in which schema, from which PDF and parameters."""


def file_metadata(hashes: tuple[str, str]) -> dict[str, str]:
    """The metadata of a file.

    Args:
        hashes: Of the annexes' PDFs, and of what people said about them.
    """
    values = (__version__, SCHEMA_VERSION, *hashes)
    return dict(zip(METADATA, values, strict=True))
