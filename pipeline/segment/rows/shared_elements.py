"""The evidence of tags: a paragraph that a page's end cuts is one element of a tagged PDF."""

from pipeline.model import TableRow


def shares_element(above: TableRow, below: TableRow) -> bool:
    """Whether each text on both sides of a page's end goes on within a structure element.

    One that does so beside others that do not may be a cell merged over several records. And some
    programs tag a whole row, or a page, as one element: what two columns have tells nothing.

    Args:
        above: The last row before the page's end.
        below: The first row after it.
    """
    columns = list(zip(above.fields, below.fields, strict=True))
    elements = [
        {element for field in column for line in field.lines for element in line.elements}
        for column in columns
    ]
    ends = [
        (upper.lines[-1], lower.lines[0]) for upper, lower in columns if upper.lines and lower.lines
    ]
    return bool(ends) and all(
        last.shares_element(first) and sum(last.elements[1] in own for own in elements) == 1
        for last, first in ends
    )
