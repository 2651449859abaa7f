"""What an annex may write is bounded."""

from pathlib import Path

import pytest
from msgspec.structs import replace

import pipeline.segment
from pipeline.batch import write_results as results
from pipeline.files.parquet import read_rows
from pipeline.model import Extracted, Issue, Normalized, Segmented
from tests.support.annexes import COMMENTS, besshi
from tests.support.pdfs import MakePdf


def test_what_an_annex_writes_is_bounded(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    make_pdf(COMMENTS, name="in/good.pdf")
    out = tmp_path / "out"
    monkeypatch.setattr(results, "MAX_OUTPUT", 100)
    result = besshi("run", tmp_path / "in", "--out", out)
    assert result.exit_code == 4
    assert "good.pdf: would write 0 MB" in result.stderr
    assert "cut the PDF into parts" in result.stderr
    (row,) = read_rows(out / "issues.parquet")
    assert row["code"] == "too_large"
    assert not list(out.glob("*/good.parquet"))


def test_memory_that_writing_takes(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_memory(annex: Normalized) -> dict[str, bytes]:
        if annex.records:
            raise MemoryError
        return {}

    monkeypatch.setattr("pipeline.files.parquet.encode_annex", fill_memory)
    result = besshi("run", make_pdf(COMMENTS, name="a.pdf"), "--out", tmp_path, "--jobs", 0)
    assert result.exit_code == 4
    assert "a.pdf: needs more memory than an annex may use" in result.stderr


def test_issues_are_bounded(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("x" * (5000 if n % 1000 == 0 else 5) for n in range(20_000))
    many = [Issue("warning", "extract", "odd", text) for text in texts]
    segment = pipeline.segment.segment_annex

    def complain(extracted: Extracted) -> Segmented:
        segmented = segment(extracted)
        issues = (*many, Issue("error", "segment", "internal", "last"))
        return replace(segmented, header=replace(segmented.header, issues=issues))

    monkeypatch.setattr(pipeline.segment, "segment_annex", complain)
    out = tmp_path / "out"
    assert besshi("run", make_pdf(COMMENTS), "--out", out).exit_code == 4
    kept = [row["message"] for row in read_rows(out / "issues.parquet")]
    assert len(kept) == 10_001
    assert kept[-1] == "last"
    assert max(map(len, kept)) == 2001
