"""The review's files: all that a run wrote is in them, as text, and what is missing is said."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name
from PIL import Image
from reportlab.pdfgen import canvas

from benchmarks.factory.fonts import CARRIED
from benchmarks.factory.marks import register_font
from pipeline.commands.rendering import render_pages
from pipeline.commands.review.views import read_annex
from pipeline.files.parquet import read_rows
from tests.support.annexes import COMMENTS, FIRST, HEADER, SECOND, besshi, ruled_table
from tests.support.pdfs import OTA, MakePdf
from tests.support.reviewing import MARKED, SCRIPT, Reviewed, write_run

Folders = tuple[Path, Path, Path]


@pytest.fixture(scope="module")
def made(reviewed: Reviewed) -> Folders:
    """Folders of a run, of its PDFs and of its review."""
    assert reviewed.said == ("", f"{reviewed.review / 'index.html'}\n")
    return reviewed.run, reviewed.pdfs, reviewed.review


def page(review: Path, annex: str) -> str:
    return (review / "annexes" / f"{annex}.html").read_text(encoding="utf-8")


def texts(page: str) -> list[str]:
    """The texts of fields as a browser reads them."""
    found = re.findall(r'<div class="text" lang="ja">(.*?)</div>', page, re.DOTALL)
    return [html.unescape(re.sub("</?(span|ins|del)[^>]*>", "", text)) for text in found]


class Page(HTMLParser):
    """Elements and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src"):
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


def test_every_field_is_there_to_the_letter(made: Folders) -> None:
    run, _, review = made
    for annex in ("ota_annex", MARKED):
        shown = texts(page(review, annex))
        for row in read_rows(run / "records" / f"{annex}.parquet"):
            for role in ("comment", "original_text", "revision", "response", "number"):
                assert row[role] in shown
            assert set(row["extra"].values()) <= set(shown)


def test_what_a_cell_holds_is_text(made: Folders) -> None:
    _, _, review = made
    parsed = Page(page(review, MARKED))
    assert parsed.tags.count("script") == page(review, "ota_annex").count("<script ")
    assert parsed.handlers == []
    assert SCRIPT not in page(review, MARKED)
    assert SCRIPT not in (review / "index.html").read_text(encoding="utf-8")
    assert SCRIPT in texts(page(review, MARKED))


def test_marks_and_heading_rows_are_shown(made: Folders) -> None:
    _, _, review = made
    shown = page(review, MARKED)
    assert '<span class="mark-underline " title="underline">新しい</span>' in shown
    assert '<ins><span class="mark-underline " title="underline">新しい</span></ins>' in shown
    assert '<span class="mark-strike " title="strike">一行目</span>' in shown
    assert shown.count("第１章　&lt;総則&gt;") == 1


def test_all_links_lead_somewhere_and_none_out(made: Folders) -> None:
    _, _, review = made
    pages = [
        (review / "index.html").resolve(),
        *sorted((review / "annexes").resolve().glob("*.html")),
    ]
    assert len(pages) == 4
    read = {path: Page(path.read_text(encoding="utf-8")) for path in pages}
    for path, parsed in read.items():
        assert len(parsed.ids) == len(set(parsed.ids)), path.name
        for link in parsed.links:
            if link == "data:,":  # no icon
                continue
            assert not re.match(r"[a-z]+:|/", link), link
            file, _, anchor = link.partition("#")
            target = (path.parent / unquote(file)).resolve() if file else path
            assert target.is_file(), f"{path.name}: {link}"
            if anchor:
                assert anchor in read[target].ids
    scripts = {*(review / "assets").iterdir()} - {review / "assets" / "japanese.js"}  # texts only
    for asset in scripts:
        assert not re.search(r"https?://|url\(|@import", asset.read_text(encoding="utf-8")), asset


def test_a_picture_is_the_page_as_it_is_rendered(made: Folders) -> None:
    _, _, review = made
    files = sorted((review / "pictures" / "ota_annex").iterdir())
    assert len(files) == 10
    (rendering,) = render_pages(OTA.read_bytes(), [4])
    with Image.open(files[3]) as picture:
        assert picture.convert("RGB").tobytes() == rendering.image.tobytes()  # to the pixel
    assert sum(file.stat().st_size for file in files) < 10 * 200_000


@pytest.mark.slow
def test_pictures_are_made_once_and_again_for_another_pdf(tmp_path: Path) -> None:
    run, pdfs = write_run(tmp_path)
    arguments = ("review", run, "--pdfs", pdfs, "--out", tmp_path / "out")
    besshi(*arguments)
    (picture,) = (tmp_path / "out" / "pictures" / MARKED).iterdir()
    picture.write_bytes(b"kept")
    (picture.parent / "0123-p001.webp").write_bytes(b"of a PDF that was exchanged")
    besshi(*arguments)
    assert list(picture.parent.iterdir()) == [picture]
    assert picture.read_bytes() == b"kept"
    picture.unlink()
    besshi(*arguments)
    assert list(picture.parent.iterdir()) == [picture]


def test_without_pdfs_records_are_shown_and_it_is_said(tmp_path: Path) -> None:
    run, _ = write_run(tmp_path)
    result = besshi("review", run, "--pdfs", tmp_path / "none", "--out", tmp_path / "out")
    assert result.exit_code == 0
    said = f"{MARKED}.pdf is not there; name its folder with --pdfs"
    assert result.stderr == f"besshi: warning: {MARKED}: no pictures: {said}\n"
    text = page(tmp_path / "out", MARKED)
    assert "<img" not in text
    assert said in html.unescape(text)
    assert text.count("<article") == 2


def test_another_pdf_gives_no_pictures(tmp_path: Path) -> None:
    """Boxes over the wrong page would mislead."""
    run, pdfs = write_run(tmp_path)
    path = pdfs / f"{MARKED}.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    result = besshi("review", run, "--pdfs", pdfs, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert f"{path} is not the PDF that was read (the SHA-256 differs)" in result.stderr
    assert "<img" not in page(tmp_path / "out", MARKED)


def test_of_two_pdfs_of_one_name_the_one_that_was_read_is_shown(tmp_path: Path) -> None:
    run, pdfs = write_run(tmp_path)
    path, other = pdfs / f"{MARKED}.pdf", pdfs / "a" / f"{MARKED}.pdf"
    other.parent.mkdir()
    other.write_bytes(b"%PDF-")
    command = ("review", run, "--pdfs", pdfs, "--out", tmp_path / "out")
    assert "warning" not in besshi(*command).stderr
    path.write_bytes(b"%PDF-")
    said = f"{other} and {path} are not the PDF that was read"
    assert said in besshi(*command).stderr
    hidden = pdfs / ".a"
    other.parent.rename(hidden)
    assert f"pictures: {path} is not the PDF" in besshi(*command).stderr


@pytest.mark.usefixtures("in_this_process")
def test_what_pdfium_cannot_draw_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes) -> None:
        raise pypdfium2.PdfiumError("Data format error")

    run, pdfs = write_run(tmp_path)
    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    result = besshi("review", run, "--pdfs", pdfs, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert f"no pictures: {pdfs / MARKED}.pdf: cannot be rendered" in result.stderr
    assert page(tmp_path / "out", MARKED).count("<article") == 2


@pytest.mark.slow
@pytest.mark.parametrize("hostile", ["endless", "nowhere"])
def test_what_only_pdfium_draws_costs_its_pictures_only(hostile: str, tmp_path: Path) -> None:
    """A pattern of a million tiles, a page without paper: besshi reads the text beside it."""
    pdfs, run = tmp_path / "in", tmp_path / "run"
    pdfs.mkdir()
    sheet = canvas.Canvas(str(pdfs / "good.pdf"), pagesize=(595, 842))
    COMMENTS(sheet)
    sheet.save()
    with pikepdf.open(pdfs / "good.pdf") as pdf:
        paper = pdf.pages[0]
        if hostile == "nowhere":
            paper.obj.CropBox = pikepdf.Array([5000, 5000, 6000, 6000])
        else:
            tiles = {"Type": Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1}
            box = {"BBox": [0, 0, 1, 1], "XStep": 0.001, "YStep": 0.001, "Resources": Dictionary()}
            paper.obj.Resources.Pattern = Dictionary(
                P=pdf.make_stream(b"0 0 1 1 re f", Dictionary(**tiles, **box))
            )
            paper.contents_add(b" q /Pattern cs /P scn 0 0 595 842 re f Q")
        pdf.save(pdfs / "bad.pdf")
    assert besshi("run", pdfs, "--out", run).exit_code == 0
    out = tmp_path / "out"
    result = besshi("review", run, "--pdfs", pdfs, "--out", out, "--timeout", 2)
    assert result.exit_code == 0
    assert [line.split(": ")[2] for line in result.stderr.splitlines()] == ["bad"]
    assert len(list((out / "pictures").rglob("*.webp"))) == 1
    assert page(out, "bad").count("<article") == page(out, "good").count("<article") == 2


def test_a_folder_that_no_run_wrote(tmp_path: Path) -> None:
    result = besshi("review", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert result.stderr.startswith(f"besshi: {tmp_path}: no run has written here; do `besshi run")
    assert not (tmp_path / "out").exists()


def test_an_option_that_would_do_nothing_is_refused(tmp_path: Path) -> None:
    for option in (("--no-open",), ("--port", 80), ("--corrections", tmp_path), ("--who", "x")):
        result = besshi("review", tmp_path, "--out", tmp_path / "out", *option)
        assert (result.exit_code, f"{option[0]} needs --serve" in result.stderr) == (2, True)


def test_of_two_pdfs_of_one_name_the_one_that_was_read(tmp_path: Path) -> None:
    run, pdfs = write_run(tmp_path)
    (pdfs / "a").mkdir()
    (pdfs / "a" / f"{MARKED}.PDF").write_bytes(b"%PDF of another year")
    result = besshi("review", run, "--pdfs", pdfs, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "<img" in page(tmp_path / "out", MARKED)


def test_annexes_stand_least_sure_first(made: Folders) -> None:
    _, _, review = made
    index = (review / "index.html").read_text(encoding="utf-8")
    names = [html.unescape(name) for name in re.findall(r'data-annex="([^"]*)"', index)]
    assert names == ["broken", MARKED, "ota_annex"]  # failed, glyphs unaccounted, all well
    assert "not read" in index
    assert "1 glyph of 9 unaccounted" in index
    assert "all 22,637 glyphs accounted for" in index


def test_boxes_are_those_of_the_records(made: Folders) -> None:
    run, _, _ = made
    view = read_annex(run, "ota_annex", [])
    fields = {f.id: (r.record_id, f.name) for r in view.records for f in r.fields}
    found = {
        (*fields[of], page.number, round(box.left * page.width / 100, 2))
        for page in view.pages
        for box in page.boxes
        for of in box.fields
    }
    assert found == {
        (row["record_id"], box["field"], box["page"], round(box["x0"], 2))
        for row in read_rows(run / "records" / "ota_annex.parquet")
        for box in row["boxes"]
    }


def ink_in_boxes(make_pdf: MakePdf, folder: Path, turn: int) -> list[int]:
    """The dark pixels inside each box of a page that is displayed turned.

    Its font is embedded: PDFium draws one that is not only where the system has another for it.
    """
    (font,) = CARRIED
    register_font(font)
    comments = ruled_table(HEADER, FIRST, SECOND, font=font)

    def turned(sheet: canvas.Canvas) -> None:
        sheet.setCropBox((20, 30, 580, 800))
        sheet.setPageRotation(turn)
        if turn in (90, 270):  # reportlab exchanges width and height
            sheet.setPageSize((842, 595))
        comments(sheet)

    path, run = make_pdf(turned, name=f"turned{turn}.pdf"), folder / f"parsed{turn}"
    assert besshi("run", path, "--out", run).exit_code == 0
    assert besshi("review", run, "--pdfs", folder, "--out", folder / "out").stderr == ""
    view = read_annex(run, path.stem, [])
    (shown,) = view.pages
    (file,) = (folder / "out" / "pictures" / path.stem).iterdir()
    with Image.open(file) as picture:
        ink = np.asarray(picture.convert("L")) < 128
    height, width = ink.shape
    assert width / height == pytest.approx(shown.width / shown.height, rel=0.01)
    counts = []
    for box in shown.boxes:
        left, right = (round(x * width / 100) for x in (box.left, box.left + box.width))
        top, bottom = (round(y * height / 100) for y in (box.top, box.top + box.height))
        counts.append(int(ink[top + 4 : bottom - 4, left + 4 : right - 4].sum()))  # no rulings
    return counts


@pytest.mark.slow
def test_boxes_stand_over_their_type_however_a_page_is_turned(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    """Turned type has other pixels, but about as many; another cell's has not."""
    upright = ink_in_boxes(make_pdf, tmp_path, 0)
    assert len(upright) == 6
    assert min(upright) > 0
    for turn in (90, 180, 270):
        assert ink_in_boxes(make_pdf, tmp_path, turn) == pytest.approx(upright, rel=0.2)


def test_a_merged_cell_has_one_box(made: Folders) -> None:
    run, _, _ = made
    view = read_annex(run, MARKED, [])
    (merged,) = (box for box in view.pages[0].boxes if box.role == "category")
    assert merged.fields == ("t1-r1-f0", "t1-r2-f0")
    assert (merged.left, merged.top, merged.width) == (12.5, 33.3333, 10)


def test_an_unsure_field_says_how_sure_it_is(made: Folders) -> None:
    run, _, review = made
    rows = read_rows(run / "records" / "ota_annex.parquet")
    unsure = [value for row in rows for value in row["field_confidence"].values() if value < 0.8]
    shown = re.findall(
        r'<small class="unsure" title="confidence ([0-9.]+)">', page(review, "ota_annex")
    )
    assert sorted(map(float, shown)) == pytest.approx(sorted(unsure))
    assert unsure


def test_line_ends_are_those_of_the_breaks(made: Folders) -> None:
    run, _, review = made
    script = (review / "annexes" / "ota_annex.breaks.js").read_text(encoding="utf-8")
    ends = json.loads(script.removeprefix("besshi.showBreaks(").removesuffix(");\n"))
    rows = read_rows(run / "breaks" / "ota_annex.parquet")
    assert sum(map(len, ends.values())) == len(rows)
    undone = sum(map(int, re.findall(r"(\d+) line breaks? undone", page(review, "ota_annex"))))
    assert undone == sum(not row["kept"] for row in rows)


@pytest.mark.slow
def test_the_same_run_gives_the_same_files(made: Folders, tmp_path: Path) -> None:
    run, pdfs, review = made
    besshi("review", run, "--pdfs", pdfs, "--out", tmp_path)
    files = sorted(path.relative_to(review) for path in review.rglob("*") if path.is_file())
    assert files == sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    for file in files:
        assert (tmp_path / file).read_bytes() == (review / file).read_bytes(), file
