"""The data that the stages hand to each other: frozen structs, nothing else.

It must not know any stage. Lengths are PDF points (1/72 inch). Coordinates are measured from the
top left corner of the page as displayed (after /Rotate, inside the crop box), y growing downwards.
Pages, tables and rows count from 1; grid rows and columns from 0.
"""

from pipeline.model.annex_spec import EXTRA, AnnexSpec
from pipeline.model.corrections import CORRECTED, Correction
from pipeline.model.enums import (
    ROLES,
    TEXT_PAIRS,
    TEXT_ROLES,
    VERSION_ROLES,
    MarkKind,
    PageOrigin,
    RedlineOp,
    Role,
    Severity,
    Stage,
)
from pipeline.model.geometry import Box, Warp
from pipeline.model.headers import AnnexHeader, Issue, PageHeader
from pipeline.model.pages import (
    UNMAPPED,
    Cell,
    Extracted,
    Glyph,
    Grid,
    InkShape,
    Line,
    Mark,
    Page,
    Repair,
)
from pipeline.model.records import (
    DOUBTFUL,
    HIGH_CONFIDENCE,
    LOW_CONFIDENCE,
    Break,
    FieldBox,
    FieldMark,
    FieldTokens,
    Morpheme,
    Normalized,
    PageAccount,
    Receipt,
    Record,
    RedlineRun,
    Token,
    join_levels,
)
from pipeline.model.tables import (
    Column,
    Field,
    FieldPart,
    Segmented,
    SegmentedPage,
    Table,
    TableRow,
    name_columns,
)
from pipeline.model.text import remove_white_space

__all__ = [
    "CORRECTED",
    "DOUBTFUL",
    "EXTRA",
    "HIGH_CONFIDENCE",
    "LOW_CONFIDENCE",
    "ROLES",
    "TEXT_PAIRS",
    "TEXT_ROLES",
    "UNMAPPED",
    "VERSION_ROLES",
    "AnnexHeader",
    "AnnexSpec",
    "Box",
    "Break",
    "Cell",
    "Column",
    "Correction",
    "Extracted",
    "Field",
    "FieldBox",
    "FieldMark",
    "FieldPart",
    "FieldTokens",
    "Glyph",
    "Grid",
    "InkShape",
    "Issue",
    "Line",
    "Mark",
    "MarkKind",
    "Morpheme",
    "Normalized",
    "Page",
    "PageAccount",
    "PageHeader",
    "PageOrigin",
    "Receipt",
    "Record",
    "RedlineOp",
    "RedlineRun",
    "Repair",
    "Role",
    "Segmented",
    "SegmentedPage",
    "Severity",
    "Stage",
    "Table",
    "TableRow",
    "Token",
    "Warp",
    "join_levels",
    "name_columns",
    "remove_white_space",
]
