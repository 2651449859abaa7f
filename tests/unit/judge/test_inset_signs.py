"""Signs of type that is set into a text but is none of it."""

from array import array

import pytest
from msgspec.structs import replace

from pipeline.model import Field, Line, Mark, MarkKind, Normalized, Segmented, TableRow
from tests.support.judging import page_signs_of, spell_pages, write_annex
from tests.support.making import line

ROWS = [
    {
        "number": str(n),
        "comment": f"公園の{thing}を新\nしくしてほし\nい。",
        "response": "直します。",
    }
    for n, thing in enumerate(("遊具", "街灯", "砂場", "花壇"), start=1)
]


def with_lines(annex: Normalized, lines: tuple[Line, ...]) -> Segmented:
    """The pages with these lines in the comment of the last record."""
    segmented = spell_pages(annex)
    (table,) = segmented.tables
    number, comment, response = table.rows[-1].fields
    (part,) = comment.parts
    row = TableRow((number, Field((replace(part, lines=lines),)), response))
    return replace(segmented, tables=(replace(table, rows=(*table.rows[:-1], row)),))


@pytest.mark.parametrize(
    ("size", "step", "is_seen"), [(5.0, 6.0, True), (5.0, 12.0, False), (9.0, 6.0, False)]
)
def test_small_type_that_has_no_line_of_its_own(size: float, step: float, is_seen: bool) -> None:
    """A corrector set it between two lines; a note in a text has a line of its own."""
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": "公園の\n（仮称）\n花壇を直して。"}])
    lines = (
        line("公園の"),
        line("（仮称）", top=step, size=size),
        line("花壇を直して。", top=2 * step),
    )
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert (("comment", "inserted") in found) is is_seen


@pytest.mark.parametrize(
    ("text", "left", "is_seen"),
    [("早急に", 40.0, True), ("早急に", 0.0, False), ("【再掲】", 40.0, False)],
)
def test_small_type_over_a_place_of_the_first_line(text: str, left: float, is_seen: bool) -> None:
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": f"{text}\n花壇を直してほしい。"}])
    lines = line(text, x0=left, size=5.0), line("花壇を直してほしい。", top=7.0)
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert (("comment", "inserted") in found) is is_seen


@pytest.mark.parametrize(("struck", "is_seen"), [(2, True), (0, False)])
def test_small_type_over_struck_text(struck: int, is_seen: bool) -> None:
    """It corrects the words below it, whether it stands between two lines or not."""
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": "十年\n五年とする。"}])
    marks = (Mark(0, struck, MarkKind.STRIKE),) if struck else ()
    lines = line("十年", size=5.0), replace(line("五年とする。", top=6.0), marks=marks)
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert (("comment", "inserted") in found) is is_seen


@pytest.mark.parametrize(
    ("text", "off", "is_seen"),
    [
        ("3", 0.0, True),
        ("3/9", 0.0, True),
        ("3", 20.0, False),
        ("1", 20.0, True),  # the page's own, at its edge
        ("3.", 0.0, False),
        ("3" * 5000, 0.0, False),  # Python reads no number so long
    ],
)
def test_a_number_in_the_middle_of_the_page(text: str, off: float, is_seen: bool) -> None:
    """The last row of the page runs down to its edge, around the page's number."""
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": f"公園の花壇を直して。\n{text}"}])
    middle = spell_pages(annex).pages[0].header.width / 2
    first = line("公園の花壇を直して。", x0=middle - 30.0)
    lines = first, line(text, x0=middle - 5.0 + off, top=36.0)
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert (("comment", "page_marker") in found) is is_seen


@pytest.mark.parametrize(
    ("room", "text", "kind", "is_seen"),
    [
        (12.0, "公園の花　見本壇を直して。", None, True),
        (10.0, "公園の花　見本壇を直して。", None, False),  # a space that its author typed
        (10.0, "公園の花　見本壇を直して。", MarkKind.COLOUR, True),
        (10.0, "公園の花　見本壇を直して。", MarkKind.BOX, True),
        (10.0, "公園の花　見本\n壇を直して。", MarkKind.COLOUR, False),
        (12.0, "公園の花　見本\n壇を直して。", None, False),  # a row of a small table
    ],
)
def test_a_word_that_stands_beside_a_line(
    room: float, text: str, kind: MarkKind | None, is_seen: bool
) -> None:
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": text}])
    marks = (Mark(5, 7, kind),) if kind else ()
    first = replace(line("公園の花　見本"), marks=marks)
    edges = array("d", [x + (room - 10.0) * (i > 4) for i, x in enumerate(first.edges)])
    lines = replace(first, edges=edges), line("壇を直して。", top=12.0)
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert (("comment", "beside") in found) is is_seen


@pytest.mark.parametrize(
    ("x0", "top", "tinted", "text", "is_seen"),
    [
        (150.0, 31.0, False, "済", True),
        (150.0, 36.0, True, "済", True),
        (150.0, 36.0, False, "以上", False),  # a line of the text, set to the right
        (112.0, 31.0, False, "済", False),  # an indent
        (150.0, 31.0, False, "担当は公園緑地課です。", False),
    ],
)
def test_a_stamp_stands_in_the_blank_room_below_a_text(
    x0: float, top: float, tinted: bool, text: str, is_seen: bool
) -> None:
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": f"公園の花壇を直して。\n{text}"}])
    last = line(text, x0=x0, top=top)
    if tinted:
        last = replace(last, marks=(Mark(0, len(text), MarkKind.COLOUR),))
    lines = line("公園の花壇", x0=102.0), line("を直して。", x0=102.0, top=12.0), last
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert (("comment", "stamped") in found) is is_seen


@pytest.mark.parametrize(("size", "is_seen"), [(16.0, True), (10.0, False)])
def test_a_stamp_on_the_grid_of_the_lines_has_another_size(size: float, is_seen: bool) -> None:
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": "公園の花壇を直して。\n済"}])
    last = replace(line("済", x0=150.0, top=36.0), size=size)
    lines = line("公園の花壇", x0=102.0), line("を直して。", x0=102.0, top=12.0), last
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert (("comment", "stamped") in found) is is_seen


def test_a_seal_may_have_several_lines() -> None:
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": "公園の花壇を直して。\n田\n口"}])
    colour = (Mark(0, 1, MarkKind.COLOUR),)
    seal = (line("田", x0=150.0, top=12.0), line("口", x0=150.0, top=21.0))
    lines = line("公園の花壇を直して。", x0=102.0), *(replace(own, marks=colour) for own in seal)
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert ("comment", "stamped") in found


@pytest.mark.parametrize(("size", "tinted", "is_seen"), [(6, True, True), (6, False, False)])
def test_a_small_tinted_note_below_a_text_may_be_longer(
    size: float, tinted: bool, is_seen: bool
) -> None:
    text = "11/20に修正"
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": f"公園の花壇を直して。\n{text}"}])
    marks = (Mark(0, len(text), MarkKind.COLOUR),) if tinted else ()
    last = replace(line(text, x0=150.0, top=31.0), size=size, marks=marks)
    lines = line("公園の花壇", x0=102.0), line("を直して。", x0=102.0, top=12.0), last
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert (("comment", "stamped") in found) is is_seen


@pytest.mark.parametrize("tinted", [True, False])
def test_a_word_in_a_colour_of_its_own_apart_from_the_last_line(tinted: bool) -> None:
    annex = write_annex([*ROWS[:-1], {**ROWS[-1], "comment": "公園の花　確認"}])
    first = line("公園の花　確認")
    edges = array("d", [x + 30.0 * (i > 4) for i, x in enumerate(first.edges)])
    marks = (Mark(5, 7, MarkKind.COLOUR),) if tinted else ()
    lines = (replace(first, edges=edges, marks=marks),)
    found = page_signs_of(annex, with_lines(annex, lines), 3)
    assert (("comment", "beside") in found) is tinted
