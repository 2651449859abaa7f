"""What each column means, in words."""

import re

import pyarrow as pa

from pipeline.files.parquet.schemas import DATASETS, ISSUES
from pipeline.vocabulary.data_files import read_data

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
"""A link of Markdown, which leads somewhere on the page of the data dictionary only."""

SCHEMAS = {**DATASETS, "issues": ISSUES}
"""Dataset → its columns; `issues` is one, too."""


def read_meanings() -> dict[str, dict[str, str]]:
    """Dataset → column → what it holds, in Markdown."""
    return read_data(__package__, "columns.yml")


def describe_columns(kind: str) -> list[dict[str, str]]:
    """The columns of a dataset as fields of a Frictionless table schema."""
    meanings = read_meanings()[kind]
    return [
        {
            "name": field.name,
            "type": _find_type(field.type),
            "description": _LINK.sub(r"\1", meanings[field.name]),
        }
        for field in SCHEMAS[kind]
    ]


def _find_type(kind: pa.DataType) -> str:
    """The type of a column, as Table Schema names it."""
    if pa.types.is_map(kind):
        return "object"
    if pa.types.is_list(kind):
        return "array"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    return "number" if pa.types.is_floating(kind) else "string"
