"""Find the tables of every shape that is no column table."""

from collections.abc import Sequence

from pipeline.model import Page
from pipeline.segment.shapes.label_tables import find_label_tables
from pipeline.segment.shapes.shaped_table import ShapedTable
from pipeline.vocabulary.header_roles import HeaderRoles


def find_shaped_tables(pages: Sequence[Page], roles: HeaderRoles) -> list[ShapedTable]:
    """Find the tables whose labels, not a header, name what a text is.

    Args:
        pages: The pages to look for tables on.
        roles: What headers mean in this annex.

    Returns:
        In reading order.
    """
    return list(find_label_tables(pages, roles))
