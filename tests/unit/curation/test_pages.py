"""`pages:` of an annex's file: tables are read there alone."""

import pytest
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.page_content import Drawing
from pipeline.files.parquet import read_rows
from tests.support.annex_folder import TWO_TABLES, Folder, prose
from tests.support.annexes import (
    BUDGET,
    COMMENTS,
    FIRST,
    HEADER,
    SECOND,
    THIRD,
    besshi,
    comments_of,
    picture,
    ruled_table,
)
from tests.support.pdfs import FONT, OTA


def test_a_page_that_the_pdf_does_not_have(folder: Folder) -> None:
    assert folder.fail("pages: 2-4", COMMENTS, prose) == (
        "pages: expected page 3, the PDF has 2 pages; correct the pages"
    )


def test_tables_are_read_on_the_pages_alone(folder: Folder) -> None:
    pages = (ruled_table(HEADER, FIRST), ruled_table(HEADER, THIRD), ruled_table(SECOND))
    folder.run("pages: 1, 3", *pages)
    assert comments_of(folder.out, "other") == [FIRST[1], SECOND[1]]
    left_out = folder.pages[1]
    assert left_out["glyphs"] == left_out["in_furniture"] > 0
    assert [row["tables"] for row in folder.pages] == [1, 0, 1]


@pytest.mark.parametrize("said", ["2", "[2]", "2-2", "'２'", "[2-3]", "2 - 3", "2、3"])
def test_pages_are_written_in_many_ways(said: str, folder: Folder) -> None:
    pages = (ruled_table(HEADER, FIRST), ruled_table(HEADER, THIRD), prose)
    folder.run(f"pages: {said}", *pages)
    assert comments_of(folder.out, "other") == [THIRD[1]]


def test_a_page_that_is_left_out_names_no_table(folder: Folder) -> None:
    def cover(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 20)
        sheet.drawString(50, 400, "送付状")

    folder.run("", cover, COMMENTS)
    assert {r["title"] for r in folder.records} == {"送付状"}
    folder.run("pages: 2", cover, COMMENTS)
    assert {r["title"] for r in folder.records} == {None}


@pytest.mark.usefixtures("without_ocr")
def test_nobody_has_to_look_at_a_page_that_is_left_out(folder: Folder) -> None:
    folder.run("", picture, ruled_table(*BUDGET), COMMENTS)
    assert folder.codes == ["page_without_text", "not_a_comment_table"]
    folder.run("pages: 3", picture, ruled_table(*BUDGET), COMMENTS)
    assert folder.issues == []
    assert len(folder.pages) == 3


def test_every_glyph_of_the_mission_is_accounted_for_without_half_its_pages(
    folder: Folder,
) -> None:
    folder.write("pages: 1-3, 7, 9")
    folder.pdf.write_bytes(OTA.read_bytes())
    assert besshi("run", folder.pdf, "--out", folder.out).exit_code == 0
    whole = read_rows(folder.out / "pages" / "other.parquet")
    assert [row["page"] for row in whole if not row["in_records"]] == [4, 5, 6, 8, 10]
    assert sum(row["unaccounted"] for row in whole) == 0
    folder.yml.unlink()
    assert besshi("run", folder.pdf, "--out", folder.out).exit_code == 0
    glyphs = [row["glyphs"] for row in folder.pages]
    assert [row["glyphs"] for row in whole] == glyphs


def test_only_pages_that_are_read_count(folder: Folder) -> None:
    folder.run("pages: 2\nrecords: [3]", *TWO_TABLES)
    assert len(folder.records) == 3


def test_a_page_that_is_left_out_is_not_recognised(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recognising a page takes ten seconds."""
    asked: list[int] = []

    class Reader:
        def __init__(self, _: bytes) -> None: ...

        def read(self, drawing: Drawing, _: str) -> Drawing:
            asked.append(drawing.number)
            return drawing

        def uncovered_ink(self, _: Drawing) -> float:
            return 1.0

        def close(self) -> None: ...

    monkeypatch.setattr("pipeline.extract.ocr.reader.ScanReader", Reader)
    folder.run("pages: 2-3", picture, COMMENTS, picture)
    assert asked == [3]
