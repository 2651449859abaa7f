"""The closed lists of words that stand in files and between the stages."""

from enum import StrEnum


class _Word(StrEnum):
    """A word that messages quote as any other string."""

    __repr__ = str.__repr__


class Stage(_Word):
    """A stage of the pipeline; it stands in `issues.parquet`."""

    EXTRACT = "extract"
    SEGMENT = "segment"
    NORMALIZE = "normalize"


class Severity(_Word):
    """How much an issue matters; it stands in `issues.parquet` as `level`."""

    ERROR = "error"
    """The annex was not read."""
    WARNING = "warning"
    """A person should look there."""


class PageOrigin(_Word):
    """What a page was read from; it stands in records and pages as `source`."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    MIXED = "mixed"


class Role(_Word):
    """The meaning of a column, in the order of the record's columns."""

    NUMBER = "number"
    CATEGORY = "category"
    ORIGINAL_TEXT = "original_text"
    COMMENT = "comment"
    SUBMITTER = "submitter"
    REVISION = "revision"
    RESPONSE = "response"
    DISPOSITION = "disposition"


ROLES: tuple[Role, ...] = tuple(Role)
"""The roles in the order of the record's columns."""
TEXT_ROLES = frozenset({Role.ORIGINAL_TEXT, Role.COMMENT, Role.REVISION, Role.RESPONSE})
"""The roles of running text: a comment table has one at least."""


class RedlineOp(_Word):
    """What a run of a redline does."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
