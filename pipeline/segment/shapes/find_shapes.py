"""Find the tables of every shape that is no column table."""

from collections.abc import Sequence

from pipeline.model import Page
from pipeline.segment.shapes.label_tables import find_label_tables
from pipeline.segment.shapes.running_questions import find_running_questions
from pipeline.segment.shapes.shaped_table import ShapedTable, remove_tables
from pipeline.vocabulary.header_roles import HeaderRoles


def find_shaped_tables(pages: Sequence[Page], roles: HeaderRoles) -> list[ShapedTable]:
    """Find the tables whose labels, not a header, name what a text is.

    Args:
        pages: The pages to look for tables on.
        roles: What headers mean in this annex.

    """
    tables = list(find_label_tables(pages, roles))
    questions = find_running_questions(remove_tables(pages, tables), roles)
    return [*tables, questions] if questions is not None else tables
