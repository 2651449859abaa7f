"""How far a run is, and how much a command says of it."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from pipeline.batch import page_progress
from pipeline.batch.page_progress import PagePipe, ReachedPage, report_page, report_to_pipe
from pipeline.commands import progress, progress_display
from pipeline.commands.progress_display import ProgressDisplay
from pipeline.commands.terminal import clear_status, print_message, show_status
from tests.support.annexes import COMMENTS, FIRST, SECOND, besshi, contents, letter
from tests.support.pdfs import OTA, MakePdf


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def display(clock: Clock) -> ProgressDisplay:
    return ProgressDisplay("run", {"large": 900, "small": 100}, clock)


def test_a_line_every_ten_seconds_where_no_terminal_is(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = display(clock)
    for clock.now in range(26):
        page = int(clock.now) + 1
        shown.watch([ReachedPage("large", page, 90)])
    assert capsys.readouterr().err.splitlines() == [
        "run: 0 of 2 annexes, large page 11 of 90, about 1 min left",
        "run: 0 of 2 annexes, large page 21 of 90, about 1 min left",
    ]


def test_the_time_left_goes_by_pages_and_sizes(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = display(clock)
    shown.watch([ReachedPage("small", 1, 1)])
    clock.now = 10.0
    shown.finish("small")  # a tenth of all
    clock.now = 50.0
    shown.watch([ReachedPage("large", 4, 9), ReachedPage("small", 1, 1)])  # late news
    clock.now = 7200.0
    shown.watch([])
    assert capsys.readouterr().err.splitlines() == [
        "run: 1 of 2 annexes, about 2 min left",
        "run: 1 of 2 annexes, large page 4 of 9, about 50 s left",
        "run: 1 of 2 annexes, large page 4 of 9, about 2.0 h left",
    ]


def test_a_terminal_has_one_line_that_changes_and_goes(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream := Terminal())
    shown = display(clock)
    shown.watch([ReachedPage("large", 1, 90)])
    assert stream.getvalue() == ""  # too early
    clock.now = 1.0
    shown.watch([ReachedPage("large", 2, 90)])
    print_message("besshi: a message")
    shown.close()
    assert stream.getvalue() == (
        "\r\x1b[2Krun: 0 of 2 annexes, large page 2 of 90\r\x1b[2Kbesshi: a message\n"
    )


def test_a_status_never_wraps_and_commands_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream := Terminal())
    room = shutil.get_terminal_size().columns - 1
    show_status("別紙" * 200)
    assert stream.getvalue() == "\r\x1b[2K" + ("別紙" * 200)[: (room - 1) // 2] + "…"
    show_status("\x1b[31mred")
    assert "\x1b[31m" not in stream.getvalue()
    clear_status()


@pytest.mark.slow
def test_other_commands_show_their_pages_too(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_display, "REPEATED", 0.0)
    pdf, out = make_pdf(COMMENTS, name="a.pdf"), tmp_path / "parsed"
    besshi("run", pdf, "--out", out)
    for command, *arguments in (
        ("inspect", pdf, "--out", tmp_path / "inspect"),
        ("review", out, "--pdfs", tmp_path, "--out", tmp_path / "review"),
        ("verify", out, "--pdfs", pdf, "--recount", "--jobs", 1),
    ):
        result = besshi(command, *arguments)
        assert result.exit_code == 0
        assert f"{command}: 0 of 1 annexes, a page 1 of 1" in result.stderr, command


def test_pages_come_through_the_pipe_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = PagePipe()
    monkeypatch.setattr(page_progress, "reporters", [])
    assert pipe.receive() == []
    report_to_pipe(pipe.write_end)
    for page in range(1, 6):
        report_page("別紙", page, 5)
    assert pipe.receive() == [ReachedPage("別紙", page, 5) for page in range(1, 6)]
    for _ in range(10_000):  # nobody reads, and nobody waits
        report_page("別紙", 5, 5)
    assert 0 < len(pipe.receive()) < 10_000
    pipe.close()


def test_quiet_says_errors_only(make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"no PDF")
    result = besshi("run", OTA, tmp_path / "bad.pdf", "--out", tmp_path / "out", "-q")
    assert result.exit_code == 4
    assert [line.partition(" ")[2][:24] for line in result.stderr.splitlines()] == [
        f"error: {tmp_path}"[:24],
        "not read: bad; all other",
    ]


def test_verbose_says_each_annex_and_repeats_warnings(tmp_path: Path) -> None:
    for expected in ("ota_annex: pages 10, records 51, to look at ", "run: annexes 1"):
        result = besshi("run", OTA, "--out", tmp_path, "--verbose")
        assert result.stderr.startswith(expected) or expected in result.stderr
        assert (
            "besshi: warning: ota_annex-t1-r20, page 4: a cell's text is cut off" in result.stderr
        )
    assert "unchanged 1" in result.stderr
    assert besshi("run", OTA, "--out", tmp_path, "-q", "-v").exit_code == 2


def test_many_issues_fit_on_a_screen(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "MAX_ISSUES", 2)
    for number in range(5):
        (tmp_path / f"bad{number}.pdf").write_bytes(b"")
        make_pdf(letter, name=f"letter{number}.pdf")
    out = tmp_path / "out"
    begins = [
        "besshi: warning: letter0: ",
        "besshi: warning: letter1: ",
        f"besshi: warning: 3 more; all are in {out}/issues.parquet",
        f"besshi: error: {tmp_path}/bad0.pdf: ",
        f"besshi: error: {tmp_path}/bad1.pdf: ",
        f"besshi: error: 3 more; all are in {out}/issues.parquet",
        "run: annexes 10, records 0, failed 5",
        f"records: {out}/records",
    ]
    result = besshi("run", tmp_path, "--out", out, "--jobs", 0, "--keep-going")
    lines = result.stderr.splitlines()
    assert [line[: len(begin)] for line, begin in zip(lines, begins, strict=True)] == begins
    again = besshi("run", tmp_path, "--out", out, "--jobs", 0, "--keep-going", "-q")
    assert again.stderr.splitlines() == lines[3:6]
    verbose = besshi("run", tmp_path, "--out", out, "--jobs", 0, "--keep-going", "-v")
    assert verbose.stderr.count("besshi: warning: ") == verbose.stderr.count("besshi: error: ") == 5
    stage = besshi("extract", tmp_path, "--out", tmp_path / "stage", "--jobs", 0)
    assert f"besshi: error: 3 more; all are in {tmp_path}/stage/manifest\n" in stage.stderr


def test_json_is_the_closing_summary(make_pdf: MakePdf, tmp_path: Path) -> None:
    pdf, bad, out = make_pdf(COMMENTS, name="a.pdf"), tmp_path / "bad.pdf", tmp_path / "out"
    bad.write_bytes(b"")
    result = besshi("run", pdf, bad, "--out", out, "--json")
    assert result.exit_code == 4
    assert json.loads(result.stdout) == {
        "command": "run",
        "out": str(out),
        "annexes": 2,
        "pages": 1,
        "records": 2,
        "warnings": 0,
        "doubtful": 0,
        "failed": ["bad"],
        "unchanged": [],
        "removed": [],
    }
    assert "run: annexes 2, records 2, failed 1" in result.stderr
    again = json.loads(besshi("run", pdf, "--out", out, "--json", "-q").stdout)
    assert again["unchanged"] == ["a"]


def test_records_go_to_stdout_and_nowhere_else(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdfs = [make_pdf(COMMENTS, name=f"{name}.pdf") for name in "ba"]
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    printed = besshi("run", *pdfs, "--format", "jsonl", "--out", "-")
    assert printed.exit_code == 0
    assert contents(tmp_path / "here") == {}
    rows = [json.loads(line) for line in printed.stdout.splitlines()]
    assert [(row["annex"], row["comment"]) for row in rows] == [
        (annex, comment) for annex in "ab" for comment in (FIRST[1], SECOND[1])
    ]
    besshi("run", *pdfs, "--out", "parsed")
    assert besshi("export", "parsed", "--to", "jsonl").stdout == printed.stdout
    (tmp_path / "bad.pdf").write_bytes(b"")
    failed = besshi("run", pdfs[0], tmp_path / "bad.pdf", "--format", "jsonl")
    assert failed.exit_code == 4
    assert len(failed.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", OTA, "--out", "-"),
        ("run", OTA, "--format", "jsonl", "--out", "folder"),
        ("run", OTA, "--format", "jsonl", "--json"),
        ("run", OTA, "--format", "jsonl", "--cluster", "local"),
        ("extract", OTA, "--out", "-"),
        ("compact", "parsed", "--out", "-"),
    ],
)
def test_what_stdout_cannot_take_is_refused(
    arguments: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = besshi(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert list(tmp_path.iterdir()) == []


def test_a_single_failure_is_not_all_others(make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"")
    alone = besshi("run", tmp_path / "bad.pdf", "--out", tmp_path / "out")
    assert alone.stderr.splitlines()[-1] == "besshi: not read: bad"
    pdf = make_pdf(COMMENTS, name="good.pdf")
    both = besshi("run", tmp_path / "bad.pdf", pdf, "--out", tmp_path / "out")
    assert both.stderr.splitlines()[-1] == "besshi: not read: bad; all others are done"
