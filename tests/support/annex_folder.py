"""An annex with a `.yml` beside it, a good one too, and what a run makes of them."""

from pathlib import Path
from typing import Any

from reportlab.pdfgen import canvas

from pipeline.files.parquet import read_rows
from tests.support.annexes import (
    COMMENTS,
    FIRST,
    SECOND,
    THIRD,
    assert_whole,
    besshi,
    files_of,
    issues_of,
    ruled_table,
)
from tests.support.pdfs import Draw, MakePdf

ODD = ("通し", "町民のつぶやき", "所管の見立て")  # words that the vocabulary does not have
ODD_TABLE = ruled_table(ODD, FIRST, SECOND)
ODD_ROLES = "roles: {通し: number, 町民のつぶやき: comment, 所管の見立て: response}"


def prose(sheet: canvas.Canvas) -> None:
    sheet.drawString(50, 500, "担当 総務課")


class Folder:
    """A folder with the good annex, and another with a `.yml` beside it; what a run makes of it."""

    def __init__(self, make_pdf: MakePdf, path: Path) -> None:
        self.make_pdf, self.path = make_pdf, path
        self.out = path / "out"
        (path / "in").mkdir()
        make_pdf(COMMENTS, name="in/good.pdf")
        self.pdf = path / "in" / "other.pdf"
        self.yml = path / "in" / "other.yml"

    def write(self, said: str | bytes, *pages: Draw) -> None:
        self.make_pdf(*(pages or (COMMENTS,)), name="in/other.pdf")
        self.yml.write_bytes(said.encode() if isinstance(said, str) else said)

    def run(self, said: str, *pages: Draw) -> str:
        """What a run says that succeeds."""
        self.write(said, *pages)
        result = besshi("run", self.path / "in", "--out", self.out)
        assert result.exit_code == 0, result.stderr
        assert_whole(self.out, "good")
        assert all(row["unaccounted"] == 0 for row in self.pages)
        return result.stderr

    def fail(self, said: str | bytes, *pages: Draw, stage: str = "extract") -> str:
        """The message of a run in which the annex fails, at this stage, and no other does."""
        self.write(said, *pages)
        result = besshi("run", self.path / "in", "--out", self.out)
        assert result.exit_code == 4
        assert result.stderr.splitlines()[-1] == "besshi: not read: other; all others are done"
        (issue,) = [row for row in self.issues if row["level"] == "error"]
        code = {"extract": "bad_yml", "segment": "not_as_known"}[stage]
        assert (issue["stage"], issue["code"]) == (stage, code)
        assert f"besshi: error: {issue['message']}" in result.stderr.splitlines()
        assert files_of(self.out, "other") == []
        assert issues_of(self.out, "good") == []
        assert_whole(self.out, "good")
        file, message = issue["message"].split(": ", 1)
        assert file == str(self.yml)
        return str(message)

    @property
    def issues(self) -> list[dict[str, Any]]:
        return issues_of(self.out, "other")

    @property
    def records(self) -> list[dict[str, Any]]:
        return read_rows(self.out / "records" / "other.parquet")

    @property
    def pages(self) -> list[dict[str, Any]]:
        return read_rows(self.out / "pages" / "other.parquet")

    @property
    def codes(self) -> list[str]:
        return [row["code"] for row in self.issues]


TWO_TABLES = (COMMENTS, ruled_table(("番号", "ご意見", "区の見解"), FIRST, SECOND, THIRD))
