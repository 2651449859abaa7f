"""The evidence of tags: a paragraph that a page's end cuts is one element of a tagged PDF."""

from pipeline.model import TableRow


def shares_element(above: TableRow, below: TableRow) -> bool:
    """Whether a structure element of one column stands on both sides of a page's end.

    Some programs tag a whole row, or a page, as one element: what two columns have tells nothing.

    Args:
        above: The last row before the page's end.
        below: The first row after it.
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
        for upper, lower in columns
    )
