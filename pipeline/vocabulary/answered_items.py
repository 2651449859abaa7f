"""Read which items of a question a sentence of its answer is about: ①及び②については, 後段は、."""

import re

from pipeline.vocabulary.line_marks import ENCLOSED, classify_line_start, read_ordinal

_ITEM = (
    rf"(?:{ENCLOSED}|[(（](?:[\d０-９]{{1,2}}|[ア-ン])[)）]|[\d０-９]{{1,2}}(?:[点つ]目)?|[ア-ン])"
)
_AND = "(?:、|，|・|と|及び|～)"
_ABOUT = r"(?:に(?:ついて|つきまして|関して)|は、)"
_ANSWERED = re.compile(rf"({_ITEM})(?:(?:{_AND}{_ITEM})*{_AND}({_ITEM}))?{_ABOUT}")
_JOINT = re.compile(rf"({ENCLOSED}){_AND}{ENCLOSED}")
_PARTS = re.compile(rf"(?:(前段|前者)|後段|後者){_ABOUT}")


def read_answered_items(text: str) -> tuple[str, int, int] | None:
    """Read the items that a text begins to answer.

    Returns:
        How they are written, and the first and the last of them: 1 and 2 of ①及び②については.
    """
    parts = _PARTS.match(text)
    if parts is not None:
        place = 1 if parts[1] else 2
        return "段", place, place
    match = _ANSWERED.match(text)
    if match is None:
        return None
    marks = [f"{item.rstrip('点つ目')}\u3000" for item in (match[1], match[2] or match[1])]
    first, last = map(read_ordinal, marks)
    return (classify_line_start(marks[0]), first, last) if first and last else None


def read_joint_ordinal(text: str) -> int | None:
    """Read the first number of several items that a text begins with: 2 of ②、③資料編に.

    An answer to several questions begins so, and so may a wrapped sentence that names them: only
    the line before it tells.
    """
    match = _JOINT.match(text)
    return read_ordinal(match[1]) if match is not None else None
