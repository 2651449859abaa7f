"""`besshi verify --recount` finds what is lost, also where the results agree with themselves."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.lib.colors import black, white
from reportlab.pdfgen import canvas

from pipeline.batch.manifest import read_manifest, write_entry
from pipeline.batch.resource_limits import Limits
from pipeline.commands.verify.audit import Recount
from pipeline.commands.verify.findings import Finding
from pipeline.commands.verify.folder import verify
from pipeline.errors import InputError
from pipeline.files import LocalFolder
from pipeline.files.parquet import read_rows
from tests.support.annexes import FIRST, HEADER, SECOND, THIRD, besshi, letter, ruled_table
from tests.support.broken_results import change_rows, seal
from tests.support.pdfs import FONT, OTA, Draw, MakePdf
from tests.support.vertical import upright, vertical_table

ANNEX = "made"
FOURTH = ("4", "字が小さい。字を大きく。", "版を改めます。")
PAGES = (ruled_table(HEADER, FIRST, SECOND), ruled_table(HEADER, THIRD, FOURTH), letter)
R1, R2, R3, R4 = (f"{ANNEX}-t1-r{row}" for row in (1, 2, 3, 4))
RECORDS, ACCOUNT = f"records/{ANNEX}.parquet", f"pages/{ANNEX}.parquet"


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF and the results of a run over it."""

    pdf: Path
    out: Path


@dataclass(slots=True)
class Results:
    """All rows of an annex, to be changed so that they still agree with each other."""

    records: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    tokens: list[dict[str, Any]]
    receipts: list[dict[str, Any]]
    entry: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, record: str) -> dict[str, Any]:
        return next(row for row in self.records if row["record_id"] == record)

    def write(self, record: str, name: str, text: str) -> None:
        """Give a field another text, and tokens that spell it."""
        self[record][name] = text
        own = [t for t in self.tokens if (t["record_id"], t["field"]) == (record, name)]
        token = own[0] | {"surface": text, "start": 0, "end": len(text), "position": 0}
        at = self.tokens.index(own[0])
        self.tokens[at : at + len(own)] = [token] if text else []

    def lose(self, record: str, name: str, lost: str, to: str = "", made: str = "") -> None:
        """Put `made` in the place of some characters of a field.

        Their glyphs go to another column of the account; "": there never were any.
        """
        row = self[record]
        text = row[name].replace(lost, made, 1)
        assert text != row[name]
        self.write(record, name, text)
        self.move(row["page_first"], "in_records", to, len(lost) - len(made))

    def move(self, page: int, column: str, to: str, count: int) -> None:
        """Count some glyphs of a page in another column of the account."""
        row = self.pages[page - 1]
        row[column] -= count
        row[to or "glyphs"] += count if to else -count

    def swap(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        """Exchange the texts of two fields."""
        first, second = self[one[0]][one[1]], self[other[0]][other[1]]
        self.write(*one, second)
        self.write(*other, first)

    def correct(self, record: str, name: str, found: str) -> None:
        """Pretend that a reader corrected a field in which another text was found."""
        text = self[record][name]
        told = {"step": "corrected", "found": found, "made": text, "count": 1}
        self.receipts.append({"record_id": record, "field": name, **told})

    def drop_last(self, count: int = 1) -> None:
        """Remove records at the end, as if they had never been drawn."""
        for row in self.records[-count:]:
            texts = [row[name] for name in ("number", "comment", "response")]
            self.move(row["page_first"], "in_records", "", sum(map(len, texts)))
            self.tokens = [t for t in self.tokens if t["record_id"] != row["record_id"]]
        del self.records[-count:]
        self.entry = {"records": len(self.records)}

    def drop_page(self) -> None:
        """Remove the last page, on which no record stands."""
        self.pages.pop()
        self.entry = {"pages": len(self.pages)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    pdf = folder / f"{ANNEX}.pdf"
    sheet = canvas.Canvas(str(pdf), pagesize=(595, 842))
    for draw in PAGES:
        sheet.setFont(FONT, 10)
        draw(sheet)
        sheet.showPage()
    sheet.save()
    assert besshi("run", pdf, "--out", folder / "out").exit_code == 0
    return Made(pdf, folder / "out")


@pytest.fixture
def copied(made: Made, tmp_path: Path) -> Made:
    return Made(made.pdf, Path(shutil.copytree(made.out, tmp_path / "out")))


def counted() -> Recount:
    return Recount(0, Limits())


def recount(made: Made, how: Recount | None = None) -> list[Finding]:
    return list(verify(str(made.out), [str(made.pdf)], recount=how or counted()))


def plant(made: Made, change: Callable[[Results], object]) -> None:
    """Change results in all their files, and let the manifest take them."""
    kinds = ("records", "pages", "tokens", "receipts")
    rows = [read_rows(made.out / kind / f"{ANNEX}.parquet") for kind in kinds]
    results = Results(*rows)
    change(results)
    for kind in kinds:
        new = getattr(results, kind)
        change_rows(made.out, kind, lambda old, new=new: old.__setitem__(slice(None), new), ANNEX)
    out = LocalFolder(made.out)
    write_entry(out, replace(read_manifest(out)[ANNEX], **results.entry))


LOSSES: dict[str, tuple[Callable[[Results], object], str, str]] = {
    "a first character": (lambda r: r.lose(R1, "comment", "窓"), RECORDS, R1),
    "a last character": (lambda r: r.lose(R2, "response", "す。", made="す"), RECORDS, R2),
    "a character to furniture": (
        lambda r: r.lose(R1, "comment", "口", "in_furniture"),
        RECORDS,
        R1,
    ),
    "a character to what is hidden": (
        lambda r: r.lose(R1, "response", "制", "hidden"),
        RECORDS,
        R1,
    ),
    "a character to the headers": (
        lambda r: r.lose(R3, "comment", "輪", "in_headers"),
        RECORDS,
        R3,
    ),
    "one of two equal characters": (
        lambda r: r.lose(R4, "comment", "字を", made="を"),
        RECORDS,
        R4,
    ),
    "another character": (lambda r: r.lose(R3, "comment", "足", made="定"), RECORDS, R3),
    "a lookalike": (lambda r: r.lose(R1, "comment", "口", made="ロ"), RECORDS, R1),
    "another width": (lambda r: r.lose(R3, "number", "3", made="３"), RECORDS, R3),
    "a glyph without a character": (
        lambda r: r.lose(R2, "comment", "様", made="\ufffd"),
        RECORDS,
        R2,
    ),
    "a word": (lambda r: r.lose(R2, "comment", "様式"), RECORDS, R2),
    "a field": (lambda r: r.lose(R4, "response", "版を改めます。"), RECORDS, R4),
    "a field, its glyphs in furniture": (
        lambda r: r.lose(R4, "comment", FOURTH[1], "in_furniture"),
        RECORDS,
        R4,
    ),
    "two fields of a record swapped": (
        lambda r: r.swap((R1, "comment"), (R1, "response")),
        RECORDS,
        R1,
    ),
    "two fields of two records swapped": (
        lambda r: r.swap((R1, "comment"), (R3, "comment")),
        RECORDS,
        R3,
    ),
    "a character in the wrong field": (
        lambda r: (r.lose(R1, "comment", "長"), r.lose(R1, "response", "予", made="長予")),
        RECORDS,
        R1,
    ),
    "glyphs of a page": (lambda r: r.move(3, "in_furniture", "", 2), ACCOUNT, f"{ANNEX}, page 3"),
    "glyphs of a page said to be hidden": (
        lambda r: r.move(3, "in_furniture", "hidden", 2),
        ACCOUNT,
        f"{ANNEX}, page 3",
    ),
    "a record": (lambda r: r.drop_last(), ACCOUNT, f"{ANNEX}, page 2"),
    "two records": (lambda r: r.drop_last(2), ACCOUNT, f"{ANNEX}, page 2"),
    "a page": (lambda r: r.drop_page(), ACCOUNT, f"{ANNEX}, page 3"),
    "a correction of what never stood there": (
        lambda r: r.correct(R1, "comment", "窓口の待ち時間が短い。"),
        RECORDS,
        R1,
    ),
}
"""What is lost → how, and the file and place that it is found at."""


def test_what_a_run_wrote_is_found_twice(made: Made) -> None:
    assert recount(made) == []
    result = besshi("verify", made.out, "--pdfs", made.pdf, "--recount")
    drawn = sum(len("".join(row)) for row in (HEADER, FIRST, SECOND, HEADER, THIRD, FOURTH))
    drawn += len("貴重なご意見をありがとうございました。")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "verify: errors 0, warnings 0; "
        f"counted again by pdfplumber: pages 3, fields 12, characters {drawn}\n"
    )


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_that_the_results_agree_on_is_found(name: str, copied: Made) -> None:
    change, file, where = LOSSES[name]
    plant(copied, change)
    assert list(verify(str(copied.out), [str(copied.pdf)])) == []  # nothing else finds it
    found = recount(copied)
    assert (file, where, "error") in {(f.file, f.where, f.level) for f in found}, found
    assert besshi("verify", copied.out, "--pdfs", copied.pdf, "--recount").exit_code == 10


def test_a_finding_says_what_where_and_what_to_do(copied: Made) -> None:
    plant(copied, lambda r: r.lose(R3, "comment", "足", made="定"))
    (found,) = recount(copied)
    assert str(found) == (
        f"error: {RECORDS}: {R3}: 'comment' lacks 「足」, which pdfplumber reads there and has "
        f"「定」, which pdfplumber does not read there; compare with "
        f"`besshi inspect {copied.pdf} --page 2`"
    )


def test_a_real_annex_is_found_twice(tmp_path: Path) -> None:
    assert besshi("run", OTA, "--out", tmp_path).exit_code == 0
    how = counted()
    assert recount(Made(OTA, tmp_path), how) == []
    assert how.characters == sum(
        p["glyphs"] for p in read_rows(tmp_path / "pages/ota_annex.parquet")
    )


def hidden_in_every_way(sheet: canvas.Canvas) -> None:
    """A table, in a cell of which stands what no reader sees."""
    ruled_table(HEADER, FIRST, SECOND)(sheet)
    sheet.drawString(94, 722.2, FIRST[1])  # bold by drawing twice
    for mode in (3, 7):
        text = sheet.beginText(100, 705)
        text.setTextRenderMode(mode)
        text.textOut("見えない")
        sheet.drawText(text)
    sheet.saveState()
    clip = sheet.beginPath()
    clip.rect(325, 680, 30, 30)
    sheet.clipPath(clip, stroke=0)
    sheet.drawString(330, 704, "半分だけ")
    sheet.restoreState()
    sheet.saveState()
    sheet.setFillAlpha(0)
    sheet.drawString(400, 704, "透明な字")
    sheet.restoreState()
    sheet.setFillColor(white)
    sheet.drawString(460, 704, "白い字")
    sheet.setFillColor(black)
    sheet.drawString(700, 704, "紙の外")


def furigana(sheet: canvas.Canvas) -> None:
    ruled_table(HEADER, FIRST, SECOND)(sheet)
    sheet.setFont(FONT, 5)
    sheet.drawString(94, 733, "まどぐち")


def vertical(sheet: canvas.Canvas) -> None:
    """Furigana stand at the right of their word, and a narrow letter stands twice in a word."""
    vertical_table(sheet, forms=True)
    upright(sheet, 498, 710, "いけん", 5)
    upright(sheet, 470, 600, "「little」の")


def white_on_black(sheet: canvas.Canvas) -> None:
    ruled_table(HEADER, FIRST, ("", *SECOND[1:]))(sheet)
    sheet.rect(50, 680, 40, 30, fill=1)
    sheet.setFillColor(white)
    sheet.setFont(FONT, 10)
    sheet.drawString(54, 692, SECOND[0])


def filled_through(sheet: canvas.Canvas) -> None:
    """The last row is the ink of an area that is clipped to its letters."""
    ruled_table(HEADER, FIRST, ("", "", ""))(sheet)
    sheet.saveState()
    for x, cell in zip((54, 94, 324), SECOND, strict=True):
        text = sheet.beginText(x, 692)
        text.setTextRenderMode(7)
        text.textOut(cell)
        sheet.drawText(text)
    sheet.rect(40, 650, 500, 60, stroke=0, fill=1)
    sheet.restoreState()


@pytest.mark.parametrize("draw", [hidden_in_every_way, furigana, white_on_black, filled_through])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_what_no_reader_sees_is_no_loss(
    draw: Draw, turn: int, make_pdf: MakePdf, tmp_path: Path
) -> None:
    """On pages that are turned, and of which more is cropped on one side than on the other."""
    writer = PdfWriter(PdfReader(make_pdf(draw)))
    writer.pages[0].rotate(turn)
    writer.pages[0].cropbox = RectangleObject((30, 20, 585, 835))
    pdf = tmp_path / f"{ANNEX}.pdf"
    writer.write(pdf)
    assert besshi("run", pdf, "--out", tmp_path / "out").exit_code == 0
    how = counted()
    assert recount(Made(pdf, tmp_path / "out"), how) == []
    assert (how.pages, how.fields) == (1, 6)
    (account,) = read_rows(tmp_path / "out" / ACCOUNT)
    assert (account["hidden"] > 0) == (draw is hidden_in_every_way)


def test_vertical_type_is_no_loss(make_pdf: MakePdf, tmp_path: Path) -> None:
    pdf = make_pdf(vertical, name=f"{ANNEX}.pdf")
    assert besshi("run", pdf, "--out", tmp_path / "out").exit_code == 0
    how = counted()
    assert recount(Made(pdf, tmp_path / "out"), how) == []
    assert (how.pages, how.fields) == (1, 4)
    assert {row["step"] for row in read_rows(tmp_path / "out" / f"receipts/{ANNEX}.parquet")} == {
        "vertical_form"
    }


def test_corrections_are_no_loss(made: Made, tmp_path: Path) -> None:
    folder, out = tmp_path / "corrections", tmp_path / "out"
    folder.mkdir()
    said = f"- {{record: {R1}, field: comment, found: {FIRST[1]}, right: 短い。, why: y, who: w}}"
    (folder / f"{ANNEX}.yml").write_text(said, encoding="utf-8")
    assert besshi("run", made.pdf, "--out", out, "--corrections", folder).exit_code == 0
    assert read_rows(out / RECORDS)[0]["comment"] == "短い。"
    assert list(verify(str(out), [str(made.pdf)], str(folder), counted())) == []


def test_pages_that_are_pictures_are_left_out_and_that_is_said(copied: Made) -> None:
    def recognise(results: Results) -> None:
        results.pages[2].update(source="ocr")

    plant(copied, recognise)
    how = counted()
    assert recount(copied, how) == []
    assert (how.pages, how.left_out) == (2, 1)
    assert str(how).endswith("; left out as pictures: pages 1")


def test_a_pdf_that_pdfplumber_cannot_read_is_a_warning(
    copied: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it read before it failed is compared."""
    from pipeline.commands.verify.recount import pages as module

    read = module.read_pages

    def fail(*arguments: Any) -> Any:
        pages = read(*arguments)
        yield next(pages)
        raise ZeroDivisionError("odd")

    plant(copied, lambda r: r.lose(R1, "comment", "窓", "in_furniture"))
    monkeypatch.setattr(module, "read_pages", fail)
    warned, lost = recount(copied)
    assert (warned.level, warned.file) == ("warning", str(copied.pdf))
    assert warned.what == (
        "pdfplumber cannot count it again (after page 1: ZeroDivisionError: odd); "
        "look at its pages yourself"
    )
    assert lost.where == R1


def test_a_pdf_that_takes_too_long_is_a_warning(made: Made) -> None:
    """Its process is ended, as that of a run is."""
    (warned,) = recount(made, Recount(1, Limits(seconds=0.001)))
    assert (warned.level, warned.file) == ("warning", str(made.pdf))
    assert "took longer than 0.001 seconds a page; give more with --timeout" in warned.what


def test_processes_count_as_this_one_does(copied: Made) -> None:
    plant(copied, lambda r: r.lose(R1, "comment", "窓"))
    one, two = counted(), Recount(2, Limits())
    assert recount(copied, one) == recount(copied, two) != []
    assert str(one) == str(two)


def test_files_that_are_broken_are_told_once(copied: Made) -> None:
    (copied.out / RECORDS).write_bytes(b"x")
    seal(copied.out)
    (found,) = recount(copied)
    assert (found.file, found.what[:10]) == (RECORDS, "is no Parq")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (["{out}", "--recount"], 2, "--recount needs the PDFs: name them with --pdfs"),
        (["{out}", "--corrections", "."], 2, "--corrections needs the PDFs: name them with"),
        (["{out}/dataset", "--pdfs", "{pdf}", "--recount"], 3, "holds parts; name the folder"),
        (["{stage}", "--pdfs", "{pdf}", "--recount"], 3, "holds no records to count again"),
    ],
)
def test_what_cannot_be_counted_again_is_refused(
    arguments: Sequence[str], exit_code: int, said: str, copied: Made, tmp_path: Path
) -> None:
    stage = tmp_path / "stage"
    assert besshi("extract", copied.pdf, "--out", stage).exit_code == 0
    assert besshi("compact", copied.out).exit_code == 0
    named = [one.format(out=copied.out, pdf=copied.pdf, stage=stage) for one in arguments]
    result = besshi("verify", *named)
    assert result.exit_code == exit_code
    assert said in result.stderr


def test_stages_hold_no_records(copied: Made, tmp_path: Path) -> None:
    assert besshi("extract", copied.pdf, "--out", tmp_path / "stage").exit_code == 0
    with pytest.raises(InputError, match="name the --out of a run"):
        recount(Made(copied.pdf, tmp_path / "stage"))
