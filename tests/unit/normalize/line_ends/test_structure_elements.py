"""Line ends of tagged PDFs: what the tags say, and where they say nothing."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from pipeline.model import Field, Line, Segmented
from pipeline.normalize import normalize_annex
from tests.support.making import lay_out

EMS = 19.0
FULL = "市は計画の案に記した方針を改めました。"  # fills a line; the next word has no room
NEXT = "住民の意見を聴いて定めた目標は変えません。今後も取り組みます。"
SHORT = "案のとおりとします。\n担当の課が、来年度の予算で対応します。"
TEXTS = [f"{FULL}\n{NEXT}", FULL + NEXT, *[SHORT, NEXT + NEXT] * 6]

Tag = Callable[[int, int, int], int]
"""The element of a line, by the numbers of its field, of its author's line and of itself."""


def tag_lines(segmented: Segmented, tag: Tag) -> Segmented:
    """Give each line of a table of one column an element."""
    (table,) = segmented.tables
    rows = []
    for number, (row, text) in enumerate(zip(table.rows, TEXTS, strict=True)):
        (field,) = row.fields
        (part,) = field.parts
        ends = [len("".join(text.split("\n")[: n + 1])) for n in range(text.count("\n") + 1)]
        lines: list[Line] = []
        for at, line in enumerate(part.lines):
            so_far = sum(len(before.text) for before in lines)
            element = tag(number, sum(end <= so_far for end in ends), at)
            lines.append(replace(line, elements=(element, element)))
        rows.append(replace(row, fields=(Field((replace(part, lines=tuple(lines)),)),)))
    return replace(segmented, tables=(replace(table, rows=tuple(rows)),))


def read(tag: Tag) -> list[str | None]:
    segmented = lay_out([[text] for text in TEXTS], ["comment"], [EMS])
    return [record.comment for record in normalize_annex(tag_lines(segmented, tag)).records]


def test_tags_tell_who_ended_a_full_line() -> None:
    """The same line is full twice; its author ended it once."""
    assert read(lambda field, logical, line: 0) != TEXTS
    assert read(lambda field, logical, line: 1 + 100 * field + logical) == TEXTS


def test_a_wrap_before_an_underlined_word_has_no_break_of_its_own() -> None:
    """Chromium numbers a <br> too, and begins an element with the word."""

    def tag(field: int, logical: int, line: int) -> int:
        return 1 + 100 * field + 2 * logical + (field == 1 and line > 0)

    assert read(tag) == TEXTS


@pytest.mark.parametrize(
    "tag",
    [
        lambda field, logical, line: 1 + field,
        lambda field, logical, line: 1 + 100 * field + line,
    ],
    ids=["each cell is an element", "each line is an element"],
)
def test_tags_that_do_not_follow_breaks_change_nothing(tag: Tag) -> None:
    assert read(tag) == read(lambda field, logical, line: 0)
