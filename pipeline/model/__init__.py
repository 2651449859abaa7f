"""What the stages hand to each other: frozen dataclasses, nothing else.

Lengths are PDF points (1/72 inch). Places are measured from the top left corner of the page as
it is displayed (after /Rotate, inside the crop box), y growing downwards. Pages, tables, rows
count from 1; grid rows and columns from 0.
"""

from pipeline.model.annex_spec import EXTRA, Known
from pipeline.model.corrections import CORRECTED, Correction
from pipeline.model.pages import (
    UNMAPPED,
    Box,
    Cell,
    Extracted,
    Glyph,
    Grid,
    Issue,
    Line,
    Page,
    Repair,
    Warp,
)
from pipeline.model.records import (
    Break,
    FieldBox,
    FieldTokens,
    Morphemes,
    Normalized,
    PageAccount,
    Receipt,
    Record,
    Run,
    Token,
    join_levels,
)
from pipeline.model.tables import ROLES, Column, Field, PageFrame, Part, Row, Segmented, Table

__all__ = [
    "CORRECTED",
    "EXTRA",
    "ROLES",
    "UNMAPPED",
    "Box",
    "Break",
    "Cell",
    "Column",
    "Correction",
    "Extracted",
    "Field",
    "FieldBox",
    "FieldTokens",
    "Glyph",
    "Grid",
    "Issue",
    "Known",
    "Line",
    "Morphemes",
    "Normalized",
    "Page",
    "PageAccount",
    "PageFrame",
    "Part",
    "Receipt",
    "Record",
    "Repair",
    "Row",
    "Run",
    "Segmented",
    "Table",
    "Token",
    "Warp",
    "join_levels",
]
