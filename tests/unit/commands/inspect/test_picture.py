"""What is drawn of a page, and where: nothing is hidden."""

import numpy as np
import pytest
from msgspec.structs import replace
from reportlab.pdfgen import canvas

from pipeline.commands.inspect.page_view import EXTRA, FURNITURE, HEADER, RUBY, UNPLACED, PageView
from pipeline.commands.inspect.palette import PAPER, strong, tint
from pipeline.commands.inspect.picture import draw_page
from pipeline.model import ROLES, Segmented
from tests.support.annexes import COMMENTS
from tests.support.pdfs import OTA, MakePdf
from tests.support.pictures import colored, inside, page_of, pixels, render, view_of


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
    kinds = (*ROLES, EXTRA, HEADER, FURNITURE, RUBY, UNPLACED)
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
