"""besshi from Python."""

import warnings
from pathlib import Path

import pandas as pd
import pytest

import besshi
from pipeline.errors import AnnexError, DataError, InputError
from pipeline.files.parquet import DATASETS, ISSUES
from tests.support.annexes import COMMENTS, FIRST, HEADER, SECOND, ruled_table
from tests.support.annexes import besshi as command
from tests.support.pdfs import MakePdf
from tests.support.processes import python

KINDS = {**DATASETS, "issues": ISSUES}


def test_records_come_in_reading_order(make_pdf: MakePdf) -> None:
    annex = besshi.read(make_pdf(COMMENTS, name="plan.pdf"))
    assert list(annex.records["annex"].unique()) == ["plan"]
    assert list(annex.records["comment"]) == [FIRST[1], SECOND[1]]
    assert list(annex.pages["unaccounted"]) == [0]


@pytest.mark.parametrize("address", ["https://example.jp/plan.pdf", "s3://city/plan.pdf"])
def test_an_address_elsewhere_is_no_file(address: str) -> None:
    with pytest.raises(InputError, match=f"{address}: is no file of this machine; download it"):
        besshi.read(address)


def test_each_dataset_has_the_columns_of_its_file(make_pdf: MakePdf) -> None:
    annex = besshi.read(make_pdf(COMMENTS))
    for kind, schema in KINDS.items():
        assert list(getattr(annex, kind).columns) == schema.names
    assert annex.records is annex.records  # it is decoded once


def test_values_are_plain(make_pdf: MakePdf) -> None:
    annex = besshi.read(make_pdf(ruled_table((*HEADER[:2], "Ｘ"), FIRST, SECOND)))
    first = annex.records.iloc[0]
    assert first["extra"] == {"Ｘ": FIRST[2]}
    assert first["headers"] == {"number": "No", "comment": HEADER[1]}
    assert first["location"] == []
    assert isinstance(first["boxes"], list)
    assert isinstance(first["boxes"][0], dict)
    assert pd.isna(first["response"])
    assert pd.isna(first["redline"])
    assert all(isinstance(units, list) for units in annex.tokens["units"])
    assert annex.issues["code"].tolist() == ["unknown_header"]
    assert annex.issues["page"].dtype == "Int32"  # a page may be missing; 1 stays 1


def test_an_archive_is_opened_as_one_annex_is(make_pdf: MakePdf, tmp_path: Path) -> None:
    pdfs = [make_pdf(COMMENTS, name=name) for name in ("b.pdf", "a.pdf")]
    command("run", *pdfs, "--out", tmp_path / "parsed")
    command("compact", tmp_path / "parsed", "--out", tmp_path / "dataset")
    alone = [besshi.read(pdf) for pdf in reversed(pdfs)]
    for folder in (tmp_path / "parsed", tmp_path / "dataset"):
        archive = besshi.open(folder)
        for kind in KINDS:
            expected = pd.concat([getattr(one, kind) for one in alone], ignore_index=True)
            pd.testing.assert_frame_equal(getattr(archive, kind), expected)


def test_what_is_incomplete_or_of_another_besshi_is_said(make_pdf: MakePdf, tmp_path: Path) -> None:
    out = tmp_path / "parsed"
    command("run", make_pdf(COMMENTS, name="a.pdf"), "--out", out)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        besshi.open(out)
    (out / "tokens" / "a.parquet").write_bytes(b"")
    with pytest.warns(UserWarning, match="incomplete results for a; do `besshi run` again"):
        archive = besshi.open(out)
    assert len(archive.records) == 2
    with pytest.raises(DataError, match="is no Parquet file"):
        archive.tokens  # noqa: B018


def test_the_spec_and_corrections_count(make_pdf: MakePdf, tmp_path: Path) -> None:
    pdf = make_pdf(COMMENTS, name="plan.pdf")
    pdf.with_suffix(".yml").write_text("records: 2\n", encoding="utf-8")
    corrections = tmp_path / "corrections.yml"
    corrections.write_text(
        f"- record: plan-t1-r1\n  field: comment\n  found: {FIRST[1]}\n  right: 別の文。\n"
        "  why: a test\n  who: a test\n",
        encoding="utf-8",
    )
    annex = besshi.read(pdf, corrections)
    assert annex.records["comment"][0] == "別の文。"
    assert annex.receipts["step"].tolist() == ["correction"]


def test_a_file_that_is_no_pdf_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"no PDF")
    with pytest.raises(AnnexError, match=r"x\.pdf: is no PDF"):
        besshi.read(tmp_path / "x.pdf")


def test_what_is_not_there_is_said(make_pdf: MakePdf, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        besshi.read(tmp_path / "x.pdf")
    command("extract", make_pdf(COMMENTS), "--out", tmp_path / "extract")
    for folder in (tmp_path / "none", tmp_path / "extract"):
        with pytest.raises(InputError, match="no run has written here; do `besshi run"):
            besshi.open(folder)
    with pytest.raises(InputError, match=r"besshi\.read reads a single PDF"):
        besshi.open(tmp_path / "made.pdf")
    with pytest.raises(AttributeError, match="has no attribute 'write'"):
        besshi.write  # noqa: B018


def test_to_import_besshi_imports_nothing_heavy() -> None:
    code = "import sys, besshi; besshi.read; print({'pandas', 'pyarrow', 'numpy'} & {*sys.modules})"
    done = python(code)
    assert (done.returncode, done.stdout.strip()) == (0, "set()"), done.stderr
