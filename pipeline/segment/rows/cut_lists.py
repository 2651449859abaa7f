"""Tell by the items of a list that a text goes on over a page's end: ① … / ② …"""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Field
from pipeline.segment.rows.line_start_habits import FEW
from pipeline.vocabulary.heading_forms import read_form
from pipeline.vocabulary.line_marks import (
    LineStart,
    classify_line_start,
    read_last_ordinal,
    read_ordinal,
)


def begins_next_item(upper: Field, lower: Field, others: Sequence[str] = ()) -> bool:
    """Whether a text begins with the next item of the list in the text above: ④ behind ③.

    An item that the text above begins with may number the record, unless other records show that
    nothing numbers them so. 第３章 is not the next of ２．.

    Args:
        upper: The text before a page's end.
        lower: The text after it.
        others: The texts of records before, in order.
    """
    below = lower.lines[0].text
    number, start, form = read_ordinal(below), classify_line_start(below), read_form(below)
    if number is None:
        return False
    unnumbered = len(others) >= FEW and not _number_records(others, start)
    inside = (line.text for line in reversed(upper.lines[0 if unnumbered else 1 :]))
    alike = (text for text in inside if classify_line_start(text) is start)
    last = next((text for text in alike if read_form(text) == form), None)
    return last is not None and read_last_ordinal(last) == number - 1


def _number_records(texts: Sequence[str], start: LineStart) -> bool:
    """Whether two texts behind each other begin with numbers of a kind that count on."""
    numbers = [read_ordinal(own) if classify_line_start(own) is start else None for own in texts]
    return any(a is not None and b == a + 1 for a, b in pairwise(numbers))
