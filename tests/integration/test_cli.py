"""The commands as a user calls them: what they write, say and return."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline import __version__
from pipeline.batch.manifest import Entry
from pipeline.batch.tasks import Done
from pipeline.commands import progress as reporting
from pipeline.commands.app import main
from pipeline.files.parquet import read_rows
from tests.support.annexes import (
    COMMENTS,
    FIRST,
    HEADER,
    SECOND,
    THIRD,
    besshi,
    comments_of,
    contents,
    letter,
    ruled_table,
)
from tests.support.broken import write_nothing
from tests.support.pdfs import OTA, ROOT, MakePdf

HEAVY = {
    "PIL",
    "pandas",
    "pdfminer",
    "pdfplumber",
    "pyarrow",
    "pypdfium2",
    "rapidfuzz",
    "sudachipy",
}
COMMANDS = sorted(main.commands)


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The annex of the mission and one that fails."""
    folder = tmp_path_factory.mktemp("archive")
    shutil.copy(OTA, folder)
    (folder / "broken.pdf").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def parsed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `run` makes of the archive on one process."""
    out = tmp_path_factory.mktemp("parsed")
    assert besshi("run", archive, "--out", out).exit_code == 4
    return out


def test_run_writes_a_file_for_each_annex_and_kind(parsed: Path) -> None:
    kinds = ("breaks", "pages", "receipts", "records", "tokens")
    expected = {f"{kind}/ota_annex.parquet" for kind in kinds}
    assert set(contents(parsed)) == {*expected, "issues.parquet"}
    assert len(read_rows(parsed / "records" / "ota_annex.parquet")) == 51
    issues = [(row["annex"], row["code"]) for row in read_rows(parsed / "issues.parquet")]
    assert issues == [("broken", "not_a_pdf"), ("ota_annex", "clipped")]


@pytest.mark.slow
def test_files_are_the_same_to_the_byte_on_two_processes(
    archive: Path, parsed: Path, tmp_path: Path
) -> None:
    assert besshi("run", archive, "--out", tmp_path, "--jobs", 2).exit_code == 4
    assert contents(tmp_path) == contents(parsed)


def test_stages_one_by_one_write_what_run_writes(
    archive: Path, parsed: Path, tmp_path: Path
) -> None:
    extracted, segmented, out = tmp_path / "1", tmp_path / "2", tmp_path / "3"
    assert besshi("extract", archive, "--out", extracted).exit_code == 4
    assert set(contents(extracted)) == {"broken.json", "ota_annex.json"}
    assert besshi("segment", extracted, "--out", segmented, "--keep-going").exit_code == 0
    assert set(contents(segmented)) == {"broken.json", "ota_annex.json"}
    assert besshi("normalize", segmented, "--out", out).exit_code == 4
    assert contents(out) == contents(parsed)


def test_a_stage_says_its_own_issues_only(make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    make_pdf(letter, name="in/letter.pdf")
    write_nothing(tmp_path / "in" / "broken.pdf", make_pdf)
    one, two, three = (tmp_path / stage for stage in ("1", "2", "3"))
    extract = besshi("extract", tmp_path / "in", "--out", one)
    segment = besshi("segment", one, "--out", two, "--keep-going")
    normalize = besshi("normalize", two, "--out", three, "--keep-going")
    assert ("is no PDF" in extract.stderr, "no table" in extract.stderr) == (True, False)
    assert ("is no PDF" in segment.stderr, "no table" in segment.stderr) == (False, True)
    assert normalize.stderr == "normalize: annexes 2, records 0, failed 1\n"


def test_a_second_run_changes_no_byte(make_pdf: MakePdf, tmp_path: Path) -> None:
    path, out = make_pdf(COMMENTS, letter), tmp_path / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    first = contents(out)
    assert besshi("run", path, "--out", out).exit_code == 0
    assert contents(out) == first


def test_files_and_folders_are_read_to_the_bottom(make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "letters" / "2025").mkdir(parents=True)
    make_pdf(COMMENTS, name="letters/2025/b.PDF")
    make_pdf(ruled_table(HEADER, THIRD), name="letters/c.pdf")
    (tmp_path / "letters" / "c.yml").write_text("title: C")
    one, out = make_pdf(COMMENTS, name="a.pdf"), tmp_path / "out"
    result = besshi("run", one, tmp_path / "letters", "--out", out)
    assert result.exit_code == 0
    assert comments_of(out, "a") == comments_of(out, "b") == [FIRST[1], SECOND[1]]
    assert comments_of(out, "c") == [THIRD[1]]
    assert len(list((out / "records").iterdir())) == 3


def test_stdout_is_for_data(make_pdf: MakePdf, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = besshi("run", make_pdf(COMMENTS), "--out", out)
    assert result.stdout == ""
    assert result.stderr == (f"run: annexes 1, records 2, failed 0\nrecords: {out / 'records'}\n")


def test_a_run_into_an_existing_folder_keeps_the_issues_of_others(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert besshi("run", make_pdf(letter, name="b.pdf"), "--out", out).exit_code == 0
    assert besshi("run", make_pdf(letter, name="a.pdf"), "--out", out).exit_code == 0
    issues = [(row["annex"], row["code"]) for row in read_rows(out / "issues.parquet")]
    assert issues == [("a", "no_comment_table"), ("b", "no_comment_table")]
    assert besshi("run", make_pdf(COMMENTS, name="b.pdf"), "--out", out).exit_code == 0
    assert [row["annex"] for row in read_rows(out / "issues.parquet")] == ["a"]
    assert comments_of(out, "a") == []


def test_keep_going_passes_over_what_failed(make_pdf: MakePdf, tmp_path: Path) -> None:
    write_nothing(tmp_path / "bad.pdf", make_pdf)
    result = besshi("run", tmp_path / "bad.pdf", "--out", tmp_path / "out", "--keep-going")
    assert result.exit_code == 0
    assert "bad.pdf: is no PDF" in result.stderr
    assert [row["annex"] for row in read_rows(tmp_path / "out" / "issues.parquet")] == ["bad"]


def test_wrong_arguments_are_exit_code_2(tmp_path: Path) -> None:
    for arguments in (
        ("run",),
        ("run", tmp_path, "--jobs", -1),
        ("run", tmp_path, "--no-such-option"),
        ("evaluate",),
        ("evaluate", "--truth", tmp_path / "missing"),
        ("no-such-command",),
    ):
        assert besshi(*arguments).exit_code == 2, arguments


def test_summary_says_what_is_there(parsed: Path) -> None:
    result = besshi("summary", parsed)
    assert result.exit_code == 0
    head, annex, *rest = result.stdout.splitlines()
    values = dict(zip(head.split(), annex.split()[1:], strict=True))
    pages = read_rows(parsed / "pages" / "ota_annex.parquet")
    assert annex.split()[0] == "ota_annex"
    assert (values["pages"], values["records"], values["clipped"]) == ("10", "51", "1")
    assert values["glyphs"] == str(sum(page["glyphs"] for page in pages))
    assert values["unaccounted"] == "0"
    assert rest == [
        f"to look at: 1 not_a_pdf (error), 1 clipped (warning); all in {parsed / 'issues.parquet'}",
        f"records: {parsed / 'records'}/*.parquet",
    ]


def test_summary_of_many_annexes_shows_those_to_look_at(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_pdf: MakePdf
) -> None:
    monkeypatch.setattr("pipeline.commands.summary.folder._LINES", 2)
    for name in "bca":
        make_pdf(COMMENTS, name=f"{name}.pdf")
    paths = (archive / "ota_annex.pdf", *(tmp_path / f"{name}.pdf" for name in "abc"))
    assert besshi("run", *paths, "--out", tmp_path / "out").exit_code == 0
    lines = besshi("summary", tmp_path / "out").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["ota_annex", "a", "all"]
    assert lines[3].split()[:4] == ["all", "4", "13", "57"]


def test_summary_of_a_run_in_which_all_failed(make_pdf: MakePdf, tmp_path: Path) -> None:
    write_nothing(tmp_path / "bad.pdf", make_pdf)
    besshi("run", tmp_path / "bad.pdf", "--out", tmp_path / "out")
    result = besshi("summary", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout.startswith("no records\nto look at: 1 not_a_pdf (error);")


def test_summary_of_what_no_run_has_written(tmp_path: Path) -> None:
    result = besshi("summary", tmp_path)
    assert result.exit_code == 3
    assert result.stderr.startswith(f"besshi: {tmp_path}: no run has written here; do `besshi run")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_each_option_does(command: str) -> None:
    result = besshi(command, "--help")
    assert result.exit_code == 0
    assert main.commands[command].help
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.opts[0] in result.stdout
    assert besshi(command, "-h").stdout == result.stdout


def test_help_waits_for_nothing_heavy() -> None:
    """pandas, pyarrow and the rest take a second; help and argument errors need none of them."""
    code = f"""
import sys
from click.testing import CliRunner
from pipeline.commands.app import main
runner = CliRunner()
for command in [None, *{COMMANDS!r}]:
    assert runner.invoke(main, [*filter(None, [command]), "--help"]).exit_code == 0
assert runner.invoke(main, ["run"]).exit_code == 2
print(*sorted({HEAVY!r} & set(sys.modules)))
"""
    done = python(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_version() -> None:
    assert besshi("--version").stdout == f"besshi, version {__version__}\n"


def test_the_exit_code_and_one_line_reach_the_shell(tmp_path: Path) -> None:
    missing = tmp_path / "missing.pdf"
    done = python(f"from pipeline.commands.app import main; main(['run', {str(missing)!r}])")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr == f"besshi: {missing}: there is no such file or folder; check the path\n"


@pytest.mark.slow
def test_a_reader_of_stdout_that_has_enough_is_no_error(parsed: Path) -> None:
    """`besshi summary | head -0`: no line on stderr about a broken pipe."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                f"from pipeline.commands.app import main; main(['summary', {str(parsed)!r}])",
            ],
            cwd=ROOT,
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert "besshi" not in done.stderr


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    done = [
        Done(Entry(name, "normalize", "", "", "", "", 1, 1, (), {}), (), worked=True)
        for name in "ba"
    ]
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        collected = reporting.watch_progress(iter(done), 2)
        assert [done.entry.annex for done in collected] == ["a", "b"]
        assert ("annexes" in stream.getvalue()) is shown
