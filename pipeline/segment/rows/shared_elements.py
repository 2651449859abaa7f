"""The evidence of tags: a paragraph that a page's end cuts is one element of a tagged PDF."""

from collections.abc import Container

from pipeline.model import TableRow


def shares_element(above: TableRow, below: TableRow, labels: Container[int]) -> bool:
    """Whether a structure element of one column stands on both sides of a page's end.

    Some programs tag a whole row, or a page, as one element: what two columns have tells nothing.
    Nor does a label: its cell may be merged over several records.

    Args:
        above: The last row before the page's end.
        below: The first row after it.
        labels: The columns that name their group, or who said it.
    """
    columns = list(zip(above.fields, below.fields, strict=True))
    elements = [
        {element for field in column for line in field.lines for element in line.elements}
        for column in columns
    ]
    return any(
        upper.lines
        and lower.lines
        and (element := upper.lines[-1].elements[1])
        and element == lower.lines[0].elements[0]
        and sum(element in others for others in elements) == 1
        for column, (upper, lower) in enumerate(columns)
        if column not in labels
    )
