"""What a page's picture shows is what the model holds."""

import numpy as np
import pytest
from msgspec.structs import replace
from reportlab.pdfgen import canvas

from pipeline.commands.inspect.page_view import (
    EXTRA,
    FURNITURE,
    HEADER,
    RUBY,
    UNPLACED,
    Join,
    PageView,
)
from pipeline.commands.inspect.palette import JOINED, OPEN
from pipeline.commands.inspect.picture import MARGINS, draw_page
from pipeline.commands.inspect.views import read_views
from pipeline.model import Extracted, Normalized, Segmented
from tests.support.annexes import BUDGET, COMMENTS, FIRST, SECOND, THIRD, ruled_table
from tests.support.annexes import HEADER as PRINTED
from tests.support.pdfs import FONT, OTA, Draw, MakePdf
from tests.support.pictures import WRITER, colored, page_of, pixels, render, view_of


def test_every_record_is_named_on_each_of_its_pages(
    ota_views: list[PageView], ota_normalized: Normalized
) -> None:
    for view in ota_views:
        named = [entry.label for piece in view.pieces for entry in piece.records]
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
    assert (above.records[-1].label, below.records[0].label) == ("t1-r18", "t1-r18")
    assert (above.records[-1].open_top, above.records[-1].open_bottom) == (False, True)
    assert (below.records[0].open_top, below.records[0].open_bottom) == (True, False)
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
    assert [entry.label for entry in second.records] == [f"t2-r{i}" for i in range(1, 6)]


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
    assert [(e.label, e.box.top, e.box.bottom) for e in piece.records] == [
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
    assert [entry.label for entry in above.records] == ["t1-r1", "t1-r2"]
    assert [entry.label for entry in below.records] == ["t1-r3"]
    assert not any(e.open_top or e.open_bottom for e in (*above.records, *below.records))
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
    assert (kinds.count("comment"), kinds.count(UNPLACED)) == (2, 0)


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
    assert (kinds.count(HEADER), kinds.count(FURNITURE), kinds.count(UNPLACED)) == (7, 3, 0)
    first, *others = ota_segmented.tables
    short = replace(ota_segmented, tables=(replace(first, rows=first.rows[1:]), *others))
    (missing,) = read_views(ota_extracted, short, [1])
    lost = sum(len(field.lines) for field in first.rows[0].fields)
    assert [mark.kind for mark in missing.lines].count(UNPLACED) == lost > 0


def test_a_table_that_was_left_out_has_no_roles(make_pdf: MakePdf) -> None:
    path = make_pdf(ruled_table(*BUDGET))
    (piece,) = view_of(path).pieces
    assert len(piece.cells) == 9
    assert (piece.heads, piece.records, piece.before, piece.after) == ((), (), None, None)
    assert {mark.kind for mark in view_of(path).lines} == {FURNITURE}


def test_questions_in_running_text_have_roles(make_pdf: MakePdf) -> None:
    """No grid holds them, and the line of a question was cut behind its number."""

    def ask(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for place, number in enumerate("１２"):
            top = 780 - 80 * place
            sheet.drawString(50, top, f"問{number}　居宅とはどこか。")
            sheet.drawString(50, top - 18, "（答）")
            sheet.drawString(50, top - 36, "利用者の自宅である。")

    view = view_of(make_pdf(ask))
    kinds = [mark.kind for mark in view.lines]
    counts = {kind: kinds.count(kind) for kind in ("number", "comment", "response", HEADER)}
    assert counts == dict.fromkeys(counts, 2)
    assert UNPLACED not in kinds
    (piece,) = view.pieces
    assert [record.label for record in piece.records] == ["t1-r1", "t1-r2"]
