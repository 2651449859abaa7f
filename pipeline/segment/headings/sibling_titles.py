"""Give tables under one title that title: 【Ｂ社】 heads a table as 【Ａ社】 did the one before."""

import re
from collections.abc import Iterable, Iterator

from pipeline.segment.headings.section_levels import is_same_size
from pipeline.segment.headings.table_heading import Heading
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.heading_forms import PLAIN, read_form
from pipeline.vocabulary.title_lines import is_label

_FIGURE = re.compile(r"\d+|(?<=\()[日月火水木金土](?=\))")


def share_titles(headings: Iterable[Heading]) -> Iterator[Heading]:
    """Read the headings of an annex's tables anew, each in the light of the one before.

    Args:
        headings: As each table alone shows them, in reading order.
    """
    above = Heading(None, None)
    for heading in headings:
        above = _inherit(heading, above)
        yield above


def _inherit(heading: Heading, above: Heading) -> Heading:
    """The title above, with a caption that has the form or the type of the caption above.

    What stands alone above a table may have been read as a label: 【資料編】 below 【本編】.
    """
    if above.title is None or (heading.title is None) is (heading.caption is None):
        return heading
    own, size = heading.title or heading.caption or "", heading.size or heading.caption_size
    alike = size <= above.size and are_alike(own, above.caption or "")
    if not (alike or _has_type_of_caption(size, above)):
        return heading
    return Heading(above.title, own, above.size, size)


def _has_type_of_caption(size: float, above: Heading) -> bool:
    """Whether a text is set as the caption of the table above, in smaller type than its title."""
    if above.caption is None or is_label(above.caption):
        return False
    smaller = size < above.size and not is_same_size(size, above.size)
    return smaller and is_same_size(size, above.caption_size)


def are_alike(one: str, other: str) -> bool:
    """Whether two texts begin with a mark or a number of one form, or differ in figures only.

    A day counts as figures: ９月10日（木）, ９月11日（金）.
    """
    kind = read_form(one).kind
    if kind != PLAIN:
        return kind == read_form(other).kind
    masked, masked_other = (_FIGURE.sub("0", fold(text)) for text in (one, other))
    if "0" in masked and masked == masked_other:
        return True
    return one[:1] == other[:1] and not one[:1].isalnum()
