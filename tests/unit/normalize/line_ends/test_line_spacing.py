"""What the distance between two lines says of the break between them."""

from msgspec.structs import replace

from pipeline.model import Line, Segmented
from pipeline.normalize.line_ends.candidates import find_candidates
from pipeline.normalize.line_ends.line_spacing import count_pitches
from tests.support.making import lay_out


def _lower(lines: tuple[Line, ...], step: float) -> tuple[Line, ...]:
    """The lines, each one of Latin type farther below the one above it by so many points."""
    down, moved = 0.0, []
    for index, line in enumerate(lines):
        down += step * (index > 0 and line.text.isascii())
        moved.append(replace(line, top=line.top + down, bottom=line.bottom + down))
    return tuple(moved)


def _count(step: float) -> list[float]:
    """The pitches before the lines of an address, where such lines stand so much farther apart."""
    made = lay_out(
        [
            [
                "職員が記録する。\nhttps://a.jp/\nhttps://b.jp/\n職員が公表する。\n以上\nあり\nなし\n不明"
            ]
        ],
        ("comment",),
        (20.0,),
    )
    return [round(count, 2) for count in _read(made, step)]


def _read(made: Segmented, step: float) -> list[float]:
    (row,) = made.tables[0].rows
    (field,) = row.fields
    part = replace(field.parts[0], lines=_lower(field.parts[0].lines, step))
    rows = (replace(row, fields=(replace(field, parts=(part,)),)),)
    moved = replace(made, tables=(replace(made.tables[0], rows=rows),))
    return count_pitches(moved, find_candidates(moved))


def test_lines_of_a_higher_latin_face_are_not_set_apart() -> None:
    assert _count(0.0)[0] == 1.0
    assert _count(2.0)[:2] == [1.0, 1.0]
    assert min(_count(10.0)[:2]) > 1.5
