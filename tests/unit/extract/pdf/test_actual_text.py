"""Marked content that says which text its glyphs stand for (PDF 32000-1, 14.9.4)."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen import canvas

from pipeline.commands.verify.recount.spans import respell
from pipeline.extract.pdf.content.actual_text import read_actual_text, spread_text
from pipeline.extract.pdf.document import read_drawings
from pipeline.files.parquet import read_rows
from tests.support.annexes import FIRST, HEADER, SECOND, besshi, ruled_table
from tests.support.pdfs import FONT, MakePdf

SPREAD = [
    (["第", "行"], "第行", ["第", "行"]),
    (["\ufffd", "行"], "第行", ["第", "行"]),
    (["ﬁ"], "fi", ["fi"]),
    (["か", "゛"], "が", ["が", ""]),
    (["①", "を"], "（１）を", ["（１）", "を"]),
    (["見", "\ufffd", "\ufffd", "書"], "見解の書", ["見", "解", "の", "書"]),
    (["意", "見"], "意見です", ["意", "見です"]),
    (["意", "見"], "ご意見", ["ご意", "見"]),
    (["不", "採", "用"], "採用", ["不", "採", "用"]),
    (["記", "載", "、", "略"], "別の回答です", ["記", "載", "、", "略"]),
    (["市", "の"], "市\u200bの", ["市", "の"]),
    ([" "], "\u200b", [""]),
    (["・", "・"], " ", ["・", "・"]),
    (["■"], "", ["■"]),
    ([], "文", []),
]


@pytest.mark.parametrize(("glyphs", "actual", "texts"), SPREAD)
def test_a_text_is_spread_over_its_glyphs(glyphs: list[str], actual: str, texts: list[str]) -> None:
    assert spread_text(glyphs, actual) == texts
    assert not actual.strip() or respell(glyphs, actual) == texts


@pytest.mark.parametrize(
    ("operands", "text"),
    [
        (b"/Span <</ActualText <FEFF7B2C>>> ", "第"),
        (b"/Span<</Lang(ja)/ActualText<FEFF 7B2C 884C>>>", "第行"),
        (b"/Span <</ActualText (\xfe\xff\x7b\x2c)>> ", "第"),
        (b"/Span <</ActualText (fi)>> ", "fi"),
        (b"/Span <</ActualText ()>> ", ""),
        (b"/Span <</ActualText 3 0 R>> ", None),
        (b"/P <</MCID 0>> ", None),
    ],
)
def test_the_text_is_read_from_operands(operands: bytes, text: str | None) -> None:
    assert read_actual_text(operands) == text


def span(sheet: canvas.Canvas, actual: str, x: float, drawn: str) -> float:
    """Draw glyphs as a span that stands for another text; returns where they end."""
    sheet._code.append(f"/Span <</ActualText <FEFF{actual.encode('utf-16-be').hex()}>>> BDC")
    sheet.drawString(x, 722, drawn)
    sheet._code.append("EMC")
    return x + 10 * len(drawn)


def test_a_record_has_the_text_of_its_spans(make_pdf: MakePdf, tmp_path: Path) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        ruled_table(HEADER, ("1", "", ""), SECOND)(sheet)
        sheet.setFont(FONT, 10)
        x = span(sheet, "第", 94, "弟")
        x = span(sheet, "（１）の", x, "①の")
        x = span(sheet, "", x, "●")
        span(sheet, "意見です。", x, "意見。")

    pdf = make_pdf(draw, name="a.pdf")
    assert besshi("run", pdf, "--out", tmp_path / "out").exit_code == 0
    verified = besshi("verify", tmp_path / "out", "--pdfs", pdf, "--recount")
    assert verified.exit_code == 0, verified.stderr
    first, _ = read_rows(tmp_path / "out/records/a.parquet")
    assert first["comment"] == "第（１）の●意見です。"
    (page,) = read_rows(tmp_path / "out/pages/a.parquet")
    assert page["unaccounted"] == 0


def test_a_span_may_name_its_properties(make_pdf: MakePdf, tmp_path: Path) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet._code.append("/Span /MC0 BDC")
        sheet.drawString(100, 700, "弟")
        sheet._code.append("EMC")

    writer = PdfWriter(clone_from=PdfReader(make_pdf(draw)))
    actual = {NameObject("/ActualText"): TextStringObject("第")}
    named = {NameObject("/MC0"): DictionaryObject(actual)}
    writer.pages[0]["/Resources"][NameObject("/Properties")] = DictionaryObject(named)
    writer.write(tmp_path / "named.pdf")
    (drawing,) = read_drawings((tmp_path / "named.pdf").read_bytes())
    assert [glyph.text for glyph in drawing.glyphs] == ["第"]


def test_what_a_program_says_again_changes_nothing(make_pdf: MakePdf, tmp_path: Path) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        ruled_table(HEADER, ("1", "", FIRST[2]), SECOND)(sheet)
        sheet.setFont(FONT, 10)
        span(sheet, FIRST[1], 94, FIRST[1])

    pdf = make_pdf(draw, name="a.pdf")
    assert besshi("run", pdf, "--out", tmp_path / "out").exit_code == 0
    first, _ = read_rows(tmp_path / "out/records/a.parquet")
    assert first["comment"] == FIRST[1]
