"""Each bad input gets a line that says what to do and a row in the issues, and stops no other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase._cidfontdata import CIDFontInfo
from reportlab.pdfbase.pdfdoc import PDFString

import pipeline.segment
from pipeline.files.parquet import DATASETS, read_rows
from pipeline.model import Extracted, Segmented
from tests.support.annexes import (
    BUDGET,
    COMMENTS,
    FIRST,
    HEADER,
    SECOND,
    THIRD,
    assert_whole,
    besshi,
    comments_of,
    files_of,
    issues_of,
    letter,
    picture,
    ruled_table,
)
from tests.support.broken import (
    in_a_form,
    write_locked,
    write_nothing,
    write_png,
    write_scan,
    write_with_damaged_form,
    write_with_damaged_page,
    write_with_lost_content,
    write_with_lost_page,
    write_with_page_of_no_size,
)
from tests.support.pdfs import FONT, OTA, Draw, MakePdf

RECOVER = "get the file again from its source"

Make = Callable[[Path, MakePdf], object]


def assert_failed(result: Result, out: Path, bad: Path, code: str, advice: str) -> None:
    """The annex `bad` failed in extract and said so once; `good` beside it is written."""
    assert result.exit_code == 4
    assert result.stdout == ""
    said = [line for line in result.stderr.splitlines() if str(bad) in line]
    assert len(said) == 1
    assert said[0].startswith(f"besshi: error: {bad}: ")
    assert advice in said[0]
    others = "; all others are done" if "annexes 1," not in result.stderr else ""
    assert result.stderr.splitlines()[-1] == f"besshi: not read: {bad.stem}{others}"
    (row,) = issues_of(out, bad.stem)
    assert (row["level"], row["stage"], row["code"]) == ("error", "extract", code)
    assert said[0].endswith(row["message"])
    assert files_of(out, bad.stem) == []
    assert_whole(out, "good")


@pytest.fixture
def folder(make_pdf: MakePdf, tmp_path: Path) -> Path:
    """A folder with one good annex."""
    inside = tmp_path / "in"
    inside.mkdir()
    make_pdf(COMMENTS, name="in/good.pdf")
    return inside


@pytest.mark.parametrize(
    ("make", "code", "advice"),
    [
        (write_png, "not_a_pdf", "give the PDF itself, or convert the file to PDF first"),
        (write_nothing, "not_a_pdf", "is empty; get the file again"),
        (write_locked, "encrypted", "save a copy without a password"),
        (write_with_lost_content, "damaged", RECOVER),
        (write_with_lost_page, "damaged", RECOVER),
        (write_with_page_of_no_size, "damaged", RECOVER),
        (write_with_damaged_page, "damaged", RECOVER),
        (write_with_damaged_form, "damaged", RECOVER),
    ],
)
def test_an_annex_that_cannot_be_read_stops_no_other(
    make: Make, code: str, advice: str, folder: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    bad, out = folder / "bad.pdf", tmp_path / "out"
    make(bad, make_pdf)
    assert_failed(besshi("run", folder, "--out", out), out, bad, code, advice)


def test_a_form_without_damage_is_read(make_pdf: MakePdf, tmp_path: Path) -> None:
    result = besshi("run", make_pdf(in_a_form, name="good.pdf"), "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert_whole(tmp_path / "out", "good")


@pytest.mark.parametrize("tenths", [*range(1, 10), 9.99])
def test_a_truncated_pdf_is_damaged(tenths: float, folder: Path, tmp_path: Path) -> None:
    bad, out = folder / "bad.pdf", tmp_path / "out"
    data = OTA.read_bytes()
    bad.write_bytes(data[: int(len(data) * tenths / 10)])
    assert_failed(besshi("run", folder, "--out", out), out, bad, "damaged", RECOVER)


def test_a_file_the_system_refuses(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, out = folder / "bad.pdf", tmp_path / "out"
    bad.write_bytes(b"%PDF-1.7")
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == bad:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = besshi("run", folder, "--out", out)
    assert_failed(result, out, bad, "unreadable", "(Permission denied); check its permissions")


def test_a_bug_costs_its_annex_only(
    folder: Path, make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_pdf(COMMENTS, name="in/bad.pdf")
    out, segment_annex = tmp_path / "out", pipeline.segment.segment_annex

    def stumble(extracted: Extracted) -> Segmented:
        if extracted.header.annex == "bad":
            raise IndexError("list index out of range")
        return segment_annex(extracted)

    monkeypatch.setattr(pipeline.segment, "segment_annex", stumble)
    result = besshi("run", folder, "--out", out)
    assert result.exit_code == 4
    assert "besshi: error: bad: besshi failed in segment (IndexError: list index" in result.stderr
    (row,) = issues_of(out, "bad")
    assert (row["level"], row["stage"], row["code"]) == ("error", "segment", "internal")
    assert files_of(out, "bad") == []
    assert_whole(out, "good")


def test_what_an_annex_had_goes_when_it_fails(
    folder: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    bad, out = folder / "bad.pdf", tmp_path / "out"
    make_pdf(COMMENTS, name="in/bad.pdf")
    assert besshi("run", folder, "--out", out).exit_code == 0
    assert_whole(out, "bad")
    write_png(bad, make_pdf)
    result = besshi("run", bad, "--out", out)
    assert_failed(result, out, bad, "not_a_pdf", "give the PDF itself")


def test_what_was_wrong_is_forgotten_when_it_is_mended(
    folder: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    bad, out = folder / "bad.pdf", tmp_path / "out"
    write_png(bad, make_pdf)
    assert besshi("run", folder, "--out", out).exit_code == 4
    make_pdf(COMMENTS, name="in/bad.pdf")
    assert besshi("run", bad, "--out", out).exit_code == 0
    assert issues_of(out, "bad") == []
    assert_whole(out, "bad")


def test_an_empty_user_password_is_no_hindrance(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # reportlab leaves these two strings of a font unencrypted, which readers then garble.
    system = CIDFontInfo[FONT]["DescendantFonts"][0]["CIDSystemInfo"]
    monkeypatch.setitem(system, "Registry", PDFString("Adobe"))
    monkeypatch.setitem(system, "Ordering", PDFString("Japan1"))
    encryption = StandardEncryption("", ownerPassword="owner", canPrint=0, canCopy=0)
    path = make_pdf(COMMENTS, name="good.pdf", encrypt=encryption)
    assert b"/Encrypt" in path.read_bytes()
    result = besshi("run", path, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert_whole(tmp_path / "out", "good")


@pytest.mark.usefixtures("without_ocr")
def test_without_the_ocr_extra_a_scan_stops_no_other(
    folder: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    bad, out = folder / "bad.pdf", tmp_path / "out"
    write_scan(bad, make_pdf)
    advice = "pip install 'besshi[ocr]'"
    assert_failed(besshi("run", folder, "--out", out), out, bad, "no_text_layer", advice)


@pytest.mark.usefixtures("without_ocr")
def test_a_picture_among_pages_is_said_and_the_rest_read(make_pdf: MakePdf, tmp_path: Path) -> None:
    path = make_pdf(COMMENTS, picture, ruled_table(HEADER, THIRD), name="mixed.pdf")
    out = tmp_path / "out"
    result = besshi("run", path, "--out", out)
    assert result.exit_code == 0
    (said,) = [line for line in result.stderr.splitlines() if "warning" in line]
    assert said.startswith("besshi: warning: mixed, page 2: ")
    assert "run OCR over the PDF" in said
    (row,) = issues_of(out, "mixed")
    assert (row["level"], row["code"], row["page"]) == ("warning", "page_without_text", 2)
    assert comments_of(out, "mixed") == [FIRST[1], SECOND[1], THIRD[1]]
    assert [row["page"] for row in read_rows(out / "pages" / "mixed.parquet")] == [1, 2, 3]


@pytest.mark.parametrize("draw", [letter, ruled_table(*BUDGET), lambda sheet: None])
def test_a_pdf_without_a_comment_table_has_no_records(
    draw: Draw, make_pdf: MakePdf, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = besshi("run", make_pdf(draw, name="other.pdf"), "--out", out)
    assert result.exit_code == 0
    told = [li for li in result.stderr.splitlines() if "no table with the headers" in li]
    assert len(told) == 1
    assert told[0].startswith("besshi: warning: other: ")
    assert "add its header words to pipeline/vocabulary/header_words.yml" in told[0]
    rows = issues_of(out, "other")
    assert {row["level"] for row in rows} == {"warning"}
    assert [row["code"] for row in rows].count("no_comment_table") == 1
    assert {path.parent.name for path in files_of(out, "other")} == set(DATASETS)
    assert read_rows(out / "records" / "other.parquet") == []
    (page,) = read_rows(out / "pages" / "other.parquet")
    assert page["unaccounted"] == 0
    assert page["in_furniture"] == page["glyphs"]


@pytest.mark.parametrize("command", ["run", "extract", "segment", "normalize"])
def test_a_missing_path_is_nothing_to_read(command: str, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    result = besshi(command, missing, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert result.stderr == (
        f"besshi: {missing}: there is no such file or folder; check the path\n"
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("command", "kind"),
    [("run", "PDF (*.pdf)"), ("extract", "PDF (*.pdf)"), ("normalize", "stage file (*.json)")],
)
def test_a_folder_with_nothing_in_it(command: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no annex")
    result = besshi(command, tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert result.stderr == f"besshi: {tmp_path}: holds no {kind}; name a folder that does\n"
    assert not (tmp_path / "out").exists()


def test_one_missing_path_keeps_all_from_being_written(folder: Path, tmp_path: Path) -> None:
    """Better no run than one that somebody takes for the whole archive."""
    assert besshi("run", folder, tmp_path / "missing", "--out", tmp_path / "out").exit_code == 3
    assert not (tmp_path / "out").exists()


def test_two_files_of_one_name(folder: Path, make_pdf: MakePdf, tmp_path: Path) -> None:
    (folder / "2025").mkdir()
    make_pdf(letter, name="in/2025/good.pdf")
    result = besshi("run", folder, "--out", tmp_path / "out")
    assert result.exit_code == 3
    (said,) = result.stderr.splitlines()
    assert str(folder / "good.pdf") in said
    assert str(folder / "2025" / "good.pdf") in said
    assert said.endswith("have the same name, which is the annex's id; rename one")
    assert not (tmp_path / "out").exists()


def test_a_file_named_twice_is_one_annex(folder: Path, tmp_path: Path) -> None:
    result = besshi("run", folder, folder / "good.pdf", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "annexes 1," in result.stderr


def test_a_folder_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = besshi("run", folder, "--out", tmp_path / "file" / "out")
    assert result.exit_code == 1
    (said,) = result.stderr.splitlines()
    assert str(tmp_path / "file" / "out") in said
    assert said.endswith("check the path, its permissions and the free space")


def test_issues_that_are_no_parquet(tmp_path: Path) -> None:
    (tmp_path / "issues.parquet").write_text("level,code")
    result = besshi("summary", tmp_path)
    assert result.exit_code == 6
    assert result.stderr == (
        f"besshi: {tmp_path / 'issues.parquet'}: is no Parquet file; remove it and run again\n"
    )


def test_a_stage_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"annex": "a"}')
    result = besshi("segment", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 6
    (said,) = result.stderr.splitlines()
    assert said.startswith(f"besshi: {tmp_path / 'a.json'}: is no Extracted of this besshi (")
    assert said.endswith("; run the previous stage again")
