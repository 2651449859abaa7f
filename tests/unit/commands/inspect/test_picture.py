"""Pictures of decisions: they show what the model holds, where it holds it, and hide nothing."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.pdfgen import canvas

from pipeline.commands.inspect.page_view import (
    EXTRA,
    FURNITURE,
    HEADER,
    NOWHERE,
    RUBY,
    Join,
    PageView,
)
from pipeline.commands.inspect.palette import JOINED, OPEN, PAPER, strong, tint
from pipeline.commands.inspect.picture import MARGINS, draw_page
from pipeline.commands.inspect.sheet import Margins, Sheet
from pipeline.commands.inspect.views import read_views
from pipeline.commands.rendering import Rendering, render_pages
from pipeline.extract.ocr import dispatch as pictured
from pipeline.model import ROLES, Box, Extracted, Normalized, Segmented
from pipeline.stages import extract_file, segment_extracted
from tests.support.annexes import (
    BUDGET,
    COMMENTS,
    FIRST,
    SECOND,
    THIRD,
    besshi,
    letter,
    picture,
    ruled_table,
)
from tests.support.annexes import HEADER as PRINTED
from tests.support.broken import write_locked, write_nothing
from tests.support.pdfs import FONT, OTA, ROOT, Draw, MakePdf

WRITER = ROOT / "tests" / "layouts" / "ota_annex_writer.pdf"
Pixels = NDArray[np.uint8]
Places = NDArray[np.bool_]


def pixels(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("RGB"))


def page_of(drawn: Image.Image, rendering: Rendering) -> Pixels:
    """The page without the desk around it."""
    width, height = rendering.image.size
    return pixels(drawn)[MARGINS.top : MARGINS.top + height, MARGINS.left : MARGINS.left + width]


def colored(image: Pixels, color: tuple[int, int, int]) -> Places:
    places: Places = (image == color).all(axis=-1)
    return places


def inside(box: Box, rendering: Rendering) -> tuple[slice, slice]:
    def px(points: float) -> int:
        return round(points * rendering.scale)

    return slice(px(box.top), px(box.bottom)), slice(px(box.x0), px(box.x1))


def render(path: Path, number: int = 1) -> Rendering:
    (rendering,) = render_pages(path.read_bytes(), [number])
    return rendering


def view_of(path: Path, number: int = 1) -> PageView:
    extracted = extract_file(path)
    (view,) = read_views(extracted, segment_extracted(extracted), [number])
    return view


@pytest.fixture(scope="module")
def ota_views(ota_extracted: Extracted, ota_segmented: Segmented) -> list[PageView]:
    return list(read_views(ota_extracted, ota_segmented, range(1, 11)))


@pytest.fixture(scope="module")
def writer_views() -> dict[int, PageView]:
    extracted = extract_file(WRITER)
    views = read_views(extracted, segment_extracted(extracted), range(1, 19))
    return {view.number: view for view in views}


# --- the command


@pytest.mark.slow
def test_a_picture_for_every_page(make_pdf: MakePdf, tmp_path: Path) -> None:
    path, out = make_pdf(COMMENTS, letter, name="made.pdf"), tmp_path / "out"
    result = besshi("inspect", path, "--out", out)
    assert result.exit_code == 0
    assert result.stdout == f"{out / 'made-p001.png'}\n{out / 'made-p002.png'}\n"
    assert result.stderr == ""
    assert sorted(file.name for file in out.iterdir()) == ["made-p001.png", "made-p002.png"]


@pytest.mark.slow
def test_the_pages_that_were_asked_for(tmp_path: Path) -> None:
    result = besshi("inspect", OTA, "--page", 10, "--page", 3, "--page", 10, "--out", tmp_path)
    assert result.exit_code == 0
    names = ["ota_annex-p003.png", "ota_annex-p010.png"]
    assert result.stdout.splitlines() == [str(tmp_path / name) for name in names]
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    with Image.open(tmp_path / names[0]) as drawn:
        page = render(OTA, 3).image
        assert drawn.width == MARGINS.left + page.width + MARGINS.right
        assert drawn.height == MARGINS.top + page.height + MARGINS.bottom


@pytest.mark.slow
def test_a_japanese_name_is_no_hindrance(make_pdf: MakePdf, tmp_path: Path) -> None:
    path = make_pdf(COMMENTS, name="別紙１.pdf")
    result = besshi("inspect", path, "--out", tmp_path / "絵")
    assert result.stdout == f"{tmp_path / '絵' / '別紙１-p001.png'}\n"


def test_a_page_that_is_not_there_names_those_that_are(make_pdf: MakePdf, tmp_path: Path) -> None:
    path, out = make_pdf(COMMENTS, letter), tmp_path / "out"
    result = besshi("inspect", path, "--page", 3, "--page", 1, "--page", 4, "--out", out)
    assert result.exit_code == 3
    assert result.stderr == f"besshi: {path}: has no page 3, 4; its pages are 1 to 2\n"
    assert not out.exists()


def test_wrong_paths(tmp_path: Path) -> None:
    missing = besshi("inspect", tmp_path / "missing.pdf", "--out", tmp_path / "out")
    assert missing.exit_code == 3
    assert "there is no such file" in missing.stderr
    folder = besshi("inspect", tmp_path, "--out", tmp_path / "out")
    assert folder.exit_code == 3
    assert folder.stderr == f"besshi: {tmp_path}: is a folder; name one PDF in it\n"
    assert besshi("inspect", OTA, "--page", 0).exit_code == 2
    assert besshi("inspect").exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("in_this_process")
def test_what_cannot_be_read_is_exit_code_4(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictured, "is_installed", lambda: False)
    (tmp_path / "in").mkdir()
    for write, advice in (
        (write_nothing, "is no PDF"),
        (write_locked, "is encrypted"),
        (lambda path, make: make(picture, name=f"in/{path.name}"), "no text layer"),
    ):
        bad = tmp_path / "in" / "bad.pdf"
        write(bad, make_pdf)
        result = besshi("inspect", bad, "--out", tmp_path / "out")
        assert result.exit_code == 4
        assert result.stderr.startswith(f"besshi: {bad}: ")
        assert result.stderr.count("\n") == 1
        assert advice in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("in_this_process")
def test_what_only_pdfium_cannot_read(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(data: bytes) -> None:
        raise pypdfium2.PdfiumError("Data format error")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    path = make_pdf(COMMENTS)
    result = besshi("inspect", path, "--out", tmp_path / "out")
    assert result.exit_code == 4
    assert result.stderr.startswith(f"besshi: {path}: cannot be rendered (Data format error);")


@pytest.mark.usefixtures("in_this_process")
def test_a_failure_in_segment_is_said(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(extracted: Extracted) -> Segmented:
        raise ZeroDivisionError("seeded")

    monkeypatch.setattr("pipeline.segment.segment_annex", fail)
    result = besshi("inspect", make_pdf(COMMENTS), "--out", tmp_path / "out")
    assert result.exit_code == 4
    assert "besshi failed in segment (ZeroDivisionError: seeded)" in result.stderr


# --- what is drawn, and where


def test_fields_alone_are_tinted_and_their_type_stays(
    ota_segmented: Segmented, ota_views: list[PageView]
) -> None:
    """Measured against the model's own boxes, on a page with two kinds of neighbours."""
    number = 4
    rendering = render(OTA, number)
    plain = pixels(rendering.image)
    bare = replace(ota_views[number - 1], lines=(), pieces=())
    drawn = page_of(draw_page(rendering, bare), rendering)
    expected = plain.astype(np.uint16)
    fields = np.zeros(plain.shape[:2], bool)
    for table in ota_segmented.tables:
        for row in table.rows:
            for column, field in zip(table.columns, row.fields, strict=True):
                for part in field.parts:
                    if part.page == number:
                        place = inside(part.box, rendering)
                        below = plain[place].astype(np.uint16)
                        expected[place] = below * tint(column.role or EXTRA) // 255
                        fields[place] = True
    assert 0.4 < fields.mean() < 0.9
    assert np.abs(drawn - expected.astype(np.int16)).max() <= 1
    assert np.array_equal(drawn[~fields], plain[~fields])


@pytest.mark.slow
def test_each_role_has_its_color_on_the_whole_picture(ota_views: list[PageView]) -> None:
    """With lines, cells and labels over it most of a field's paper is still its role's."""
    rendering = render(OTA, 1)
    plain = pixels(rendering.image)
    drawn = page_of(draw_page(rendering, ota_views[0]), rendering)
    roles = {mark.kind for mark in ota_views[0].parts}
    assert roles == {"number", "original_text", "comment", "submitter", "revision", "response"}
    for role in roles:
        own, others = np.zeros((2, *plain.shape[:2]), bool)
        for mark in ota_views[0].parts:
            (own if mark.kind == role else others)[inside(mark.box, rendering)] = True
        tinted = colored(drawn, tint(role))
        assert tinted[own & colored(plain, PAPER)].mean() > 0.85, role
        assert not tinted[others & ~own].any(), role
        assert colored(drawn, strong(role))[~own & ~others].any(), f"no label of {role}"


def test_all_colors_differ() -> None:
    kinds = (*ROLES, EXTRA, HEADER, FURNITURE, RUBY, NOWHERE)
    for one in kinds:
        for other in kinds:
            apart = np.abs(np.subtract(tint(one), tint(other))).sum()
            assert one == other or apart >= 10, (one, other)


def test_every_line_has_a_frame_in_its_place(ota_views: list[PageView]) -> None:
    """All ink of text lies inside the frames of lines, rulings aside."""
    rendering = render(OTA, 8)
    ink = pixels(rendering.image).max(axis=-1) < 100
    view = ota_views[7]
    for mark in view.lines:
        assert ink[inside(mark.box, rendering)].any()
        rows, columns = inside(mark.box, rendering)
        ink[rows.start - 1 : rows.stop + 1, columns.start - 1 : columns.stop + 1] = False
    for cell in view.pieces[0].cells:
        rows, columns = inside(cell, rendering)
        assert not ink[rows.start + 4 : rows.stop - 4, columns.start + 4 : columns.stop - 4].any()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_places_are_those_of_the_page_as_rendered(make_pdf: MakePdf, turn: int) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setCropBox((10, 30, 585, 580))
        sheet.setPageRotation(turn)
        sheet.setFont("Helvetica", 40)  # built into every reader
        sheet.drawString(60, 430, "M")

    path = make_pdf(draw)
    view = view_of(path)
    rendering = render(path).upright(view.turn)
    ink = pixels(rendering.image).max(axis=-1) < 100
    (mark,) = view.lines
    assert ink[inside(mark.box, rendering)].sum() == ink.sum() > 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_sideways_page_is_drawn_upright(make_pdf: MakePdf, turn: int) -> None:
    def turned(sheet: canvas.Canvas) -> None:
        sheet.setPageRotation(turn)
        if turn in (90, 270):  # reportlab exchanges width and height
            sheet.setPageSize((842, 595))
        COMMENTS(sheet)

    path = make_pdf(turned, name="turned.pdf")
    view, straight = view_of(path), view_of(make_pdf(COMMENTS))
    heads = [head.kind for head in view.pieces[0].heads]
    assert heads == [head.kind for head in straight.pieces[0].heads] == ["number", *heads[1:]]
    assert view.turn == turn
    rendering = render(path).upright(view.turn)
    assert rendering.image.width < rendering.image.height
    assert draw_page(render(path), view).height > rendering.image.height
    ink = pixels(rendering.image).max(axis=-1) < 100
    rows, columns = inside(view.pieces[0].box, rendering)
    ink[rows.start - 2 : rows.stop + 2, columns.start - 2 : columns.stop + 2] = False
    assert not ink.any()


def test_a_wall_chart_is_rendered_smaller(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setPageSize((200, 14400))

    rendering = render(make_pdf(draw))
    assert rendering.image.height == 6000
    assert rendering.scale == pytest.approx(6000 / 14400)


# --- what is read from the model


def test_every_record_is_named_on_each_of_its_pages(
    ota_views: list[PageView], ota_normalized: Normalized
) -> None:
    for view in ota_views:
        named = [entry.label for piece in view.pieces for entry in piece.entries]
        expected = [
            record.record_id.removeprefix("ota_annex-")
            for record in ota_normalized.records
            if record.page_first <= view.number <= record.page_last
        ]
        assert named == expected


def test_heads_stand_over_their_columns(writer_views: dict[int, PageView]) -> None:
    """The header is printed on page 1 only; the roles are known on every page."""
    for number in (1, 2, 8):
        (piece,) = writer_views[number].pieces
        kinds = [head.kind for head in piece.heads]
        assert kinds == ["number", "original_text", "comment", "submitter", "revision", "response"]
        for mark in writer_views[number].parts:
            (head,) = (head for head in piece.heads if head.kind == mark.kind)
            assert head.box.x0 <= mark.box.center[0] <= head.box.x1


def test_joins_are_shown_at_both_ends(writer_views: dict[int, PageView]) -> None:
    above, below = writer_views[8].pieces[0], writer_views[9].pieces[0]
    assert above.after is not None
    assert below.before is not None
    assert (above.after.page, below.before.page) == (9, 8)
    assert above.after.certainty == below.before.certainty == pytest.approx(0.998, abs=0.0005)
    assert (above.entries[-1].label, below.entries[0].label) == ("t1-r18", "t1-r18")
    assert (above.entries[-1].open_top, above.entries[-1].open_bottom) == (False, True)
    assert (below.entries[0].open_top, below.entries[0].open_bottom) == (True, False)
    drawn = pixels(draw_page(render(WRITER, 9), writer_views[9]))
    assert colored(drawn, JOINED)[: drawn.shape[0] // 2, : MARGINS.left + 60].any()
    assert colored(drawn, JOINED)[: drawn.shape[0] // 2, -MARGINS.right - 80 :].any()


def test_a_table_that_goes_on_with_a_new_record(ota_views: list[PageView]) -> None:
    assert ota_views[0].pieces[0].before is None
    assert ota_views[0].pieces[0].after == Join(2, None, False)
    assert ota_views[1].pieces[0].before == Join(1, None, False)
    drawn = pixels(draw_page(render(OTA, 1), ota_views[0]))
    assert not colored(drawn, JOINED).any()


def test_tables_end_where_another_begins(writer_views: dict[int, PageView]) -> None:
    first, second = writer_views[16].pieces
    assert (first.after, second.before, second.after) == (None, None, None)
    assert [entry.label for entry in second.entries] == [f"t2-r{i}" for i in range(1, 6)]


def test_a_merged_cell_belongs_to_each_record_and_is_tinted_once(make_pdf: MakePdf) -> None:
    def merged(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for x in (50, 90, 320, 545):
            sheet.line(x, 770, x, 680)
        for y, right in ((770, 545), (740, 545), (710, 320), (680, 545)):
            sheet.line(50, y, right, y)
        for y, texts in ((752, ("No", "意見内容", "回答")), (722, FIRST), (692, ("2", "様式。"))):
            for x, text in zip((54, 94, 324), texts, strict=False):
                sheet.drawString(x, y, text)

    view = view_of(make_pdf(merged))
    (piece,) = view.pieces
    assert [(e.label, e.box.top, e.box.bottom) for e in piece.entries] == [
        ("t1-r1", pytest.approx(102), pytest.approx(132)),
        ("t1-r2", pytest.approx(132), pytest.approx(162)),
    ]
    assert [mark.kind for mark in view.parts].count("response") == 1


def test_a_cell_shared_over_a_page_joins_no_records(make_pdf: MakePdf) -> None:
    """Comments 1 and 2 share their group's cell, which goes on beside 3 on the next page."""

    def page(first: bool, *rows: tuple[str, ...]) -> Draw:
        def draw(sheet: canvas.Canvas) -> None:
            sheet.setFont(FONT, 10)
            bottom = 770 - 30 * len(rows)
            for x in (50, 90, 150, 320, 545):
                sheet.line(x, 770, x, bottom)
            for y in range(770, bottom - 1, -30):
                merged = first and bottom < y < 740
                for left, right in ((50, 90), (150, 545)) if merged else ((50, 545),):
                    sheet.line(left, y, right, y)
            for i, row in enumerate(rows):
                for x, text in zip((54, 94, 154, 324), row, strict=True):
                    sheet.drawString(x, 770 - 30 * i - 18, text)

        return draw

    head = ("No", "分類", "意見内容", "回答")
    path = make_pdf(
        page(True, head, ("1", "全般", FIRST[1], FIRST[2]), ("2", "", SECOND[1], SECOND[2])),
        page(False, ("3", "", THIRD[1], THIRD[2])),
    )
    (above,), (below,) = view_of(path, 1).pieces, view_of(path, 2).pieces
    assert [entry.label for entry in above.entries] == ["t1-r1", "t1-r2"]
    assert [entry.label for entry in below.entries] == ["t1-r3"]
    assert not any(e.open_top or e.open_bottom for e in (*above.entries, *below.entries))
    assert (above.after, below.before) == (Join(2, None, True), Join(1, None, True))
    assert [mark.kind for mark in view_of(path, 2).parts].count("category") == 1


def test_cells_side_by_side_in_a_field_are_somewhere(make_pdf: MakePdf) -> None:
    """Their lines became one line of the field: they are not lost."""

    def inner(sheet: canvas.Canvas) -> None:
        ruled_table(PRINTED, FIRST, ("2", "様式が", "記入例を載せます。"))(sheet)
        sheet.line(200, 710, 200, 680)
        sheet.drawString(204, 692, "難しい")

    view = view_of(make_pdf(inner))
    kinds = [mark.kind for mark in view.lines]
    assert (kinds.count("comment"), kinds.count(NOWHERE)) == (2, 0)


def test_furigana_are_told_apart(make_pdf: MakePdf) -> None:
    def read_aloud(sheet: canvas.Canvas) -> None:
        COMMENTS(sheet)
        sheet.setFont(FONT, 4)
        sheet.drawString(94, 733, "まどぐち")

    lines = view_of(make_pdf(read_aloud)).lines
    (mark,) = (mark for mark in lines if mark.kind == RUBY)
    assert mark.box.x0 == pytest.approx(94)


def test_open_edges_are_dashed(make_pdf: MakePdf) -> None:
    def cut(sheet: canvas.Canvas) -> None:
        ruled_table(("No", "意見内容", "回答"), FIRST)(sheet)
        for x in (50, 90, 320, 545):
            sheet.line(x, 710, x, 600)
        sheet.drawString(94, 690, "様式が分かりにくく")

    path = make_pdf(cut)
    view = view_of(path)
    (edge,) = view.pieces[0].open_edges
    assert (edge.top, edge.bottom) == (pytest.approx(242), pytest.approx(242))
    rendering = render(path)
    drawn = page_of(draw_page(rendering, view), rendering)
    rows, _ = colored(drawn, OPEN).nonzero()
    assert rows.size > 100
    assert np.abs(rows - 242 * rendering.scale).max() < 4


def test_a_column_without_a_role_is_extra(make_pdf: MakePdf) -> None:
    path = make_pdf(ruled_table(("No", "意見内容", "天気"), FIRST))
    view = view_of(path)
    assert [head.kind for head in view.pieces[0].heads] == ["number", "comment", EXTRA]
    assert view.issues == ("unknown_header",)


def test_lines_are_told_apart(ota_extracted: Extracted, ota_segmented: Segmented) -> None:
    (view,) = read_views(ota_extracted, ota_segmented, [1])
    kinds = [mark.kind for mark in view.lines]
    assert (kinds.count(HEADER), kinds.count(FURNITURE), kinds.count(NOWHERE)) == (7, 3, 0)
    first, *others = ota_segmented.tables
    short = replace(ota_segmented, tables=(replace(first, rows=first.rows[1:]), *others))
    (missing,) = read_views(ota_extracted, short, [1])
    lost = sum(len(field.lines) for field in first.rows[0].fields)
    assert [mark.kind for mark in missing.lines].count(NOWHERE) == lost > 0


def test_a_table_that_was_left_out_has_no_roles(make_pdf: MakePdf) -> None:
    path = make_pdf(ruled_table(*BUDGET))
    (piece,) = view_of(path).pieces
    assert len(piece.cells) == 9
    assert (piece.heads, piece.entries, piece.before, piece.after) == ((), (), None, None)
    assert {mark.kind for mark in view_of(path).lines} == {FURNITURE}


# --- labels


def test_a_label_covers_nothing_while_there_is_room() -> None:
    rendering = Rendering(1, Image.new("RGB", (200, 100), PAPER), 1.0)
    sheet = Sheet(rendering, Margins(0, 0, 0, 0))
    write = partial(sheet.label, ink=PAPER, fill=(0, 0, 0))
    sheet.reserve((0, 0, 200, 30))
    write("one", [(10, 20), (-5, 40), (10, 31)])
    write("two", [(10, 31), (100, 31)])
    drawn = colored(pixels(sheet.image), PAPER)
    assert drawn[:31].all()
    assert not drawn[32:48, 12:14].any()
    assert not drawn[32:48, 102:104].any()
    write("three", [(10, 31), (0, 0)])
    assert not colored(pixels(sheet.image), PAPER)[:20, :20].all()


@pytest.mark.slow
def test_labels_of_a_whole_annex_cover_no_type(ota_views: list[PageView]) -> None:
    """Where type was black it is still dark, on every page."""
    for view in ota_views:
        rendering = render(OTA, view.number)
        black = pixels(rendering.image).max(axis=-1) < 20
        drawn = page_of(draw_page(rendering, view), rendering)
        for mark in view.lines:
            rows, columns = inside(mark.box, rendering)
            type_there = black[rows, columns]
            type_there[[0, -1]] = type_there[:, [0, -1]] = False  # the frame itself
            assert (drawn[rows, columns][type_there].max(axis=-1) < 120).all(), mark
