"""縦書き: records, marks and boxes of type that runs downwards, and annexes made by chance."""

import re
from itertools import product
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from benchmarks.factory import fonts, make
from benchmarks.factory.scans import Scanner, scan_pdf
from pipeline.evaluate import evaluate
from pipeline.evaluate.scores import Counts
from pipeline.files import LocalFolder
from pipeline.files.parquet import write_annex
from pipeline.files.truths import read_truths
from pipeline.model import MarkKind, Normalized
from pipeline.stages import extract_file, normalize_segmented, segment_extracted
from tests.support.pdfs import FONT, MakePdf
from tests.support.vertical import ROWS, upright, vertical_table

LABELS = ("住所", "氏名", "年齢", "職業", "電話", "会場", "日時", "意見", "回答")
TEXTS = [tuple(text.replace("[", "").replace("]", "") for text in row) for row in ROWS]


def normalize(path: Path) -> Normalized:
    return normalize_segmented(segment_extracted(extract_file(path)))


@pytest.mark.parametrize("forms", [False, True])
def test_a_vertical_comparison_is_read_from_right_to_left(forms: bool, make_pdf: MakePdf) -> None:
    normalized = normalize(make_pdf(lambda sheet: vertical_table(sheet, forms)))
    assert [(r.revision, r.original_text) for r in normalized.records] == TEXTS
    (page,) = normalized.pages
    assert (page.unaccounted, page.in_headers, page.in_furniture) == (0, 6, 4)


def test_boxes_are_those_of_the_page_as_displayed(make_pdf: MakePdf) -> None:
    first = normalize(make_pdf(vertical_table)).records[0]
    boxes = {box.field: (box.x0, box.top, box.x1, box.bottom) for box in first.boxes}
    assert boxes["revision"] == pytest.approx((460, 62, 500, 362), abs=0.5)
    assert boxes["original_text"] == pytest.approx((460, 362, 500, 662), abs=0.5)


def test_a_side_line_marks_the_words_at_its_left(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        vertical_table(sheet)
        sheet.line(497, 736, 497, 716)  # beside 市民

    first = normalize(make_pdf(draw)).records[0]
    assert [(m.field, m.kind) for m in first.marks] == [("revision", MarkKind.UNDERLINE)]
    (mark,) = first.marks
    assert (first.revision or "")[mark.start : mark.end] == "市民"


def test_a_scan_of_a_vertical_comparison_is_read(make_pdf: MakePdf, tmp_path: Path) -> None:
    printed = make_pdf(vertical_table).read_bytes()
    scanned = tmp_path / "scanned.pdf"
    scanned.write_bytes(scan_pdf(printed, Scanner(resolution=300), seed=1))
    records = normalize(scanned).records
    narrow = str.maketrans("１２", "12")  # the width of a single figure does not show
    found = [[str(own).translate(narrow) for own in (r.revision, r.original_text)] for r in records]
    assert found == [[*row] for row in TEXTS]
    assert records[1].confidence < 0.9


def test_a_level_scan_of_short_lines_stays_level(make_pdf: MakePdf, tmp_path: Path) -> None:
    """Labels that are set wide in low rows: they are closer to each other than their letters."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for row, column in product(range(9), range(3)):
            x, y = 72 + 160 * column, 700 - 14 * row
            sheet.rect(x, y, 60, 14)
            sheet.rect(x + 60, y, 100, 14)
            for place, letter in enumerate(LABELS[row][:2]):
                sheet.drawString(x + 6 + 20 * place, y + 3, letter)

    scanned = tmp_path / "scanned.pdf"
    scanned.write_bytes(scan_pdf(make_pdf(draw).read_bytes(), Scanner(resolution=200), seed=1))
    (page,) = extract_file(scanned).pages
    lines = [line.text for grid in page.grids for cell in grid.cells for line in cell.lines]
    assert [re.sub(r"\s", "", line) for line in lines] == [label for label in LABELS for _ in "123"]


def test_furigana_at_the_right_are_no_text(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        vertical_table(sheet)
        upright(sheet, 498, 736, "しみん", 5)

    normalized = normalize(make_pdf(draw))
    assert [(r.revision, r.original_text) for r in normalized.records] == TEXTS
    assert normalized.pages[0].unaccounted == 0


def read(folder: Path, places: range) -> dict[str, float]:
    counts = Counts()
    for place in places:
        annex = make(folder, "vertical", "drawn", 901, place).annex.id
        write_annex(normalize(folder / f"{annex}.pdf"), LocalFolder(folder / "out"))
        truths = {path.stem: truth for path, truth in read_truths(folder)}
        counts += evaluate({annex: truths[annex]}, folder / "out").total
    return counts.scores()


@pytest.mark.parametrize(
    "places", [range(3), pytest.param(range(3, 20), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_vertical_annexes_made_by_chance_are_read_whole(
    places: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the font that is everywhere; upright, on the side, figures abreast, drawn in any order."""
    monkeypatch.setattr(fonts, "TRUETYPE_FILES", fonts.CARRIED)
    scores = read(tmp_path, places)
    assert scores["record_f1"] >= 0.995
    assert scores["flat"] >= 0.995
    assert scores["unaccounted"] == 0
