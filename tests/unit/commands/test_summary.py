"""`besshi summary`: what a folder of results holds."""

from pathlib import Path

import pytest

from pipeline.files.parquet import read_rows
from pipeline.vocabulary.printable import measure_width
from tests.support.annexes import COMMENTS, besshi, ruled_table
from tests.support.broken import write_nothing
from tests.support.pdfs import MakePdf


def test_summary_says_what_is_there(failing_run: Path) -> None:
    result = besshi("summary", failing_run)
    assert result.exit_code == 0
    head, annex, *rest = result.stdout.splitlines()
    values = dict(zip(head.split(), annex.split()[1:], strict=True))
    pages = read_rows(failing_run / "pages" / "ota_annex.parquet")
    assert annex.split()[0] == "ota_annex"
    assert (values["pages"], values["records"], values["clipped"]) == ("10", "51", "1")
    assert values["glyphs"] == str(sum(page["glyphs"] for page in pages))
    assert values["unaccounted"] == "0"
    assert rest == [
        "not read: broken",
        "to look at: 1 not_a_pdf (error), 1 clipped (warning); "
        f"all in {failing_run / 'issues.parquet'}",
        f"records: {failing_run / 'records'}/*.parquet",
    ]


def test_summary_of_many_annexes_shows_those_to_look_at(
    failing_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_pdf: MakePdf
) -> None:
    monkeypatch.setattr("pipeline.commands.summary.folder.MAX_LINES", 2)
    for name in "bca":
        make_pdf(COMMENTS, name=f"{name}.pdf")
    paths = (failing_archive / "ota_annex.pdf", *(tmp_path / f"{name}.pdf" for name in "abc"))
    assert besshi("run", *paths, "--out", tmp_path / "out").exit_code == 0
    lines = besshi("summary", tmp_path / "out").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["ota_annex", "a", "all"]
    assert lines[3].split()[:4] == ["all", "4", "13", "57"]


def test_columns_stand_below_each_other_beside_japanese_names(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    pdfs = [make_pdf(COMMENTS, name=f"{name}.pdf") for name in ("意見一覧", "a long name")]
    besshi("run", *pdfs, "--out", tmp_path / "out")
    table = besshi("summary", tmp_path / "out").stdout.splitlines()[:3]
    assert len({measure_width(line) for line in table}) == 1


def test_summary_of_a_run_in_which_all_failed(make_pdf: MakePdf, tmp_path: Path) -> None:
    write_nothing(tmp_path / "bad.pdf", make_pdf)
    besshi("run", tmp_path / "bad.pdf", "--out", tmp_path / "out")
    result = besshi("summary", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout.startswith("no records\nnot read: bad\nto look at: 1 not_a_pdf (error);")


def test_summary_counts_the_characters_in_tables_that_gave_no_record(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    budget = [["事業名", "予算額", "前年度"], ["道路の補修", "1,200", "1,100"]]
    make_pdf(ruled_table(*budget), name="budget.pdf")
    make_pdf(COMMENTS, name="comments.pdf")
    paths = (tmp_path / "budget.pdf", tmp_path / "comments.pdf")
    besshi("run", *paths, "--out", tmp_path / "out")
    count = sum(len(text) for row in budget for text in row)
    line = f"left out: {count} characters in tables that gave no record"
    assert line in besshi("summary", tmp_path / "out").stdout.splitlines()
    besshi("run", paths[1], "--out", tmp_path / "read")
    assert "left out" not in besshi("summary", tmp_path / "read").stdout


def test_summary_of_what_no_run_has_written(tmp_path: Path) -> None:
    result = besshi("summary", tmp_path)
    assert result.exit_code == 3
    assert result.stderr.startswith(f"besshi: {tmp_path}: no run has written here; do `besshi run")
