"""besshi from Python."""

from pathlib import Path

import pytest

import besshi
from pipeline.errors import AnnexError
from tests.support.annexes import COMMENTS, FIRST, SECOND
from tests.support.pdfs import MakePdf


def test_records_come_in_reading_order(make_pdf: MakePdf) -> None:
    annex = besshi.read_annex(make_pdf(COMMENTS, name="plan.pdf"))
    assert annex.annex == "plan"
    assert [record.comment for record in annex.records] == [FIRST[1], SECOND[1]]
    assert [page.unaccounted for page in annex.pages] == [0]


def test_the_spec_and_corrections_count(make_pdf: MakePdf, tmp_path: Path) -> None:
    pdf = make_pdf(COMMENTS, name="plan.pdf")
    pdf.with_suffix(".yml").write_text("records: 2\n", encoding="utf-8")
    corrections = tmp_path / "corrections.yml"
    corrections.write_text(
        f"- record: plan-t1-r1\n  field: comment\n  found: {FIRST[1]}\n  right: 別の文。\n"
        "  why: a test\n  who: a test\n",
        encoding="utf-8",
    )
    assert besshi.read_annex(pdf, corrections).records[0].comment == "別の文。"


def test_a_file_that_is_no_pdf_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"no PDF")
    with pytest.raises(AnnexError, match=r"x\.pdf: is no PDF"):
        besshi.read_annex(tmp_path / "x.pdf")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        besshi.read_annex(tmp_path / "x.pdf")
    with pytest.raises(AttributeError, match="has no attribute 'write'"):
        besshi.write  # noqa: B018
