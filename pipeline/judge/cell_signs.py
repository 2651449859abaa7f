"""Signs of cells: doubts that their makers raised (see `Doubt`), and cells that cross."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from statistics import median

from pipeline.judge.reading import TableReading
from pipeline.judge.signs import Sign
from pipeline.model import TEXT_ROLES, Doubt, Field, FieldPart

_REASONS = {
    Doubt.FORGOTTEN_SIDE: "stands in a cell that no ruling parts from the next one",
    Doubt.OVERRUN: "has a line that runs over a ruling, or stands beside one",
    Doubt.OWN_COLUMNS: "holds two columns of its page, which has more than its table",
    Doubt.OUTLINED: "has drawn curves as large as characters beside its lines",
    Doubt.STAMPED: "has words in another ink on a patch over its text",
    Doubt.MASKED: "has type that a mask may hide",
    Doubt.CONTRADICTED: "has a character that its font names otherwise: has the font a wrong map?",
    Doubt.CLOSE_ROWS: "is parted from the next record by nothing but how the texts begin",
}
_PARAGRAPHS = 2.0  # em; judgement: the lines of one text stand closer
_OFF_PITCH = 0.15  # em; judgement: the lines of one text are even; blank ones between them, too
_APART = 0.5  # em; judgement: two rulings of one row are drawn closer, and no line is so low


def find_cell_signs(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find the fields whose cells may hold other text than the record's."""
    for reading in tables:
        for passage, field in reading.cells:
            for doubt in {doubt: None for part in field.parts for doubt in part.doubts}:
                yield passage.sign(doubt.value, _REASONS[doubt])
            if len({part.columns for part in field.parts}) > 1:
                yield passage.sign("crossing", "holds a text that stands over other columns, too")
        for row, fields in zip(reading.rows, reading.fields, strict=False):
            for name in _find_merged(fields):
                yield row[name].sign(
                    "crossing", "stands in a cell that is merged over other columns"
                )
            for name in _find_crossing(fields):
                reason = "stands in a cell that begins and ends beside two others"
                yield row[name].sign("crossing", reason)
        for at, (above, below) in enumerate(pairwise(reading.fields)):
            if _is_shared_by_chance(above, below):
                for place in (reading.first + at, reading.first + at + 1):
                    reason = "stands in one cell beside two numbers: two comments?"
                    yield Sign("shared_comment", place, "comment", reason)


def _find_merged(fields: Mapping[str, Field]) -> Iterator[str]:
    """The texts in a cell merged over columns of which another one for texts is empty there."""
    names = list(fields)
    for at, name in enumerate(names):
        end = at + max((part.columns for part in fields[name].parts), default=1)
        others = TEXT_ROLES.intersection(names[at + 1 : end])
        if name in TEXT_ROLES and fields[name].lines and any(not fields[n].lines for n in others):
            yield name


def _find_crossing(fields: Mapping[str, Field]) -> dict[str, None]:
    """The fields that stand beside a part of another one's cell, and beside what is next to it.

    A cell that is merged over records holds each of theirs whole.
    """
    placed = {name: field.parts[0] for name, field in fields.items() if len(field.parts) == 1}
    return {
        name: None
        for one, other in combinations(placed, 2)
        if _cross(placed[one], placed[other])
        for name in (one, other)
    }


def _cross(one: FieldPart, other: FieldPart) -> bool:
    if one.page != other.page or not one.lines or not other.lines:
        return False
    upper, lower = sorted((one.box, other.box), key=lambda box: box.top)
    apart = _APART * max(one.lines[0].size, other.lines[0].size)
    steps = lower.top - upper.top, upper.bottom - lower.top, lower.bottom - upper.bottom
    return min(steps) > apart


def _is_shared_by_chance(above: Mapping[str, Field], below: Mapping[str, Field]) -> bool:
    """Whether a comment is set anew below the ruling between the numbers that stand beside it.

    One that was written for both runs past that ruling line by line.
    """
    if not {"number", "comment"} <= above.keys() & below.keys():
        return False
    if not (above["number"].lines and below["number"].lines and below["comment"].lines):
        return False
    number, part = below["number"].parts[0], below["comment"].parts[0]
    if number in above["number"].parts or part not in above["comment"].parts or not part.lines:
        return False  # without lines: an empty column inside the comment
    across, steps, size = 0.0, [], part.lines[0].size
    for line, following in pairwise(part.lines):
        step = following.top - line.top
        if line.top < number.box.top < following.bottom:
            across = step
        elif step > 0:
            steps.append(step)
    if not steps:
        return across >= _PARAGRAPHS * size > 0
    pitch = median(steps)
    return abs(across - round(across / pitch) * pitch) > _OFF_PITCH * size
