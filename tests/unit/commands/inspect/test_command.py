"""`besshi inspect`: which pictures it writes, and what it refuses."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from pipeline.commands.inspect.picture import MARGINS
from pipeline.model import Extracted, Segmented
from tests.support.annexes import COMMENTS, besshi, letter, picture
from tests.support.broken import write_locked, write_nothing
from tests.support.pdfs import OTA, MakePdf
from tests.support.pictures import render


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


@pytest.mark.usefixtures("in_this_process", "without_ocr")
def test_what_cannot_be_read_is_exit_code_4(make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for write, advice in (
        (write_nothing, "is empty"),
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
