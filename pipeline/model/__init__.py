"""The data that the stages hand to each other: frozen structs, nothing else.

It must not know any stage. Lengths are PDF points (1/72 inch). Coordinates are measured from the
top left corner of the page as displayed (after /Rotate, inside the crop box), y growing downwards.
Pages, tables and rows count from 1; grid rows and columns from 0.
"""

from pipeline.model.curation import CORRECTED, EXTRA, AnnexSpec, Correction
from pipeline.model.enums import (
    DIALOGUE_ROLES,
    ROLES,
    TEXT_PAIRS,
    TEXT_ROLES,
    VERSION_ROLES,
    Doubt,
    MarkKind,
    PageOrigin,
    RedlineOp,
    Role,
    Severity,
    Stage,
)
from pipeline.model.geometry import Box, Warp, find_nearest
from pipeline.model.groups import group_linked, group_neighbours
from pipeline.model.headers import AnnexHeader, Issue, PageHeader
from pipeline.model.pages import (
    FULL_LINE,
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
