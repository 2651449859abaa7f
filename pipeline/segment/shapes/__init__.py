"""Tables whose records have another shape than rows under a header: cards, questions."""

from pipeline.segment.shapes.find_shapes import find_shaped_tables
from pipeline.segment.shapes.shaped_table import ShapedTable, remove_tables

__all__ = ["ShapedTable", "find_shaped_tables", "remove_tables"]
