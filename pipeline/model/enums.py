"""Closed lists of words, as files and stages use them."""

from enum import StrEnum


class _Word(StrEnum):
    """A word that messages quote like any other string."""

    __repr__ = str.__repr__


class Stage(_Word):
    """A stage of the pipeline; column `stage` of `issues.parquet`."""

    EXTRACT = "extract"
    SEGMENT = "segment"
    NORMALIZE = "normalize"


class Severity(_Word):
    """How serious an issue is; column `level` of `issues.parquet`."""

    ERROR = "error"
    """The annex was not read."""
    WARNING = "warning"
    """The annex was read, but a person should look there."""


class PageOrigin(_Word):
    """What a page was read from; column `source` of records and pages."""

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
"""The roles of running text; a comment table has at least one of them."""
VERSION_ROLES = frozenset({Role.ORIGINAL_TEXT, Role.REVISION})
"""The roles of two versions of one text."""
DIALOGUE_ROLES = frozenset({Role.COMMENT, Role.RESPONSE})
"""The roles of what was said, and what was answered."""
TEXT_PAIRS = (DIALOGUE_ROLES, VERSION_ROLES)
"""The roles of texts that stand beside each other: a comment and its answer, two versions."""


class MarkKind(_Word):
    """How the page marks characters; `kind` in the column `marks` of records."""

    UNDERLINE = "underline"
    STRIKE = "strike"
    BOX = "box"
    HIGHLIGHT = "highlight"
    EMPHASIS = "emphasis"
    COLOUR = "colour"


class Doubt(_Word):
    """Why a cell may hold other text than its own. The judge weighs it and says it in words."""

    FORGOTTEN_SIDE = "forgotten_side"
    """No ruling parts it from the cell beside it, or below it: only how their texts stand."""
    OVERRUN = "overrun"
    """A line was kept whole that runs over the ruling between it and the cell beside it."""
    OWN_COLUMNS = "own_columns"
    """Its page has columns that the table lacks, and it holds two of them."""
    OUTLINED = "outlined"
    """Beside its lines it shows curves as large as characters: a line may be drawn so."""
    STAMPED = "stamped"
    """Type in another ink stands on a patch over its text: a stamp, or other words."""
    MASKED = "masked"
    """Type of it is painted through a soft mask, which may hide it."""
    CONTRADICTED = "contradicted"
    """The PDF names a character of it, and the font of that character names another one."""
    CLOSE_ROWS = "close_rows"
    """No ruling, number or room parts its row from the next: only how their texts begin."""


class RedlineOp(_Word):
    """What a piece of a redline does with its text."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
