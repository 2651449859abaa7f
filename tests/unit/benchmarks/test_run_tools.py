"""Tools in processes of their own: what they find, and what becomes of one that finds nothing."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import run_tools
from benchmarks.frozen_set import Entry
from benchmarks.run_tools import Tool, run_tool

pytestmark = pytest.mark.slow

TRUTH = {
    "annex": "simple_drawn_s0_000",
    "tables": [
        {
            "title": "題",
            "headers": ["番号", "意見"],
            "roles": ["number", "comment"],
            "records": [{"number": "1", "comment": "一行目二行目"}],
        }
    ],
}
CELLS = '[[["番号", "意見"], ["1", "一行目\\n二行目"]]]'


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    """An annex whose PDF nobody looks into."""
    made = Entry("simple", "drawn", 0, 0, "", "dev", False, pages=1, records=1)
    (tmp_path / f"{made.annex}.pdf").write_bytes(b"%PDF-")
    (tmp_path / f"{made.annex}.json").write_text(json.dumps(TRUTH), encoding="utf-8")
    return made


def adapter(folder: Path, body: str) -> Tool:
    file = folder / "mine.py"
    file.write_text(f"import os, time\nPACKAGE = 'pytest'\n{body}\n", encoding="utf-8")
    return Tool.of(str(file), Path(sys.executable))


def test_tables_become_records_in_the_better_of_two_forms(entry: Entry, tmp_path: Path) -> None:
    tool = adapter(tmp_path, f"def read(path):\n    print('noise')\n    return {CELLS}")
    (output,) = run_tool(tool, [entry], tmp_path)
    assert output.tables[0].records == [{"number": "1", "comment": "一行目二行目", "extra": {}}]
    assert output.seconds is not None and output.seconds > 0
    assert tool.describe() == {"version": pytest.__version__}


def test_a_tool_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no tool nosuch: .+ one of besshi, pdfplumber, "):
        Tool.of("nosuch")
    with pytest.raises(FileNotFoundError, match=r"nosuch\.py"):
        Tool.of(str(tmp_path / "nosuch.py"))


def test_records_are_handed_on(entry: Entry, tmp_path: Path) -> None:
    found = [{"title": "題", "records": [{"comment": "a\nb", "confidence": 0.5}]}]
    tool = adapter(tmp_path, f"def read_records(path):\n    return {found}")
    (output,) = run_tool(tool, [entry], tmp_path)
    assert output.tables[0].records == found[0]["records"]


def test_a_tool_without_an_answer_is_named(entry: Entry, tmp_path: Path) -> None:
    for body, reason in (("os._exit(3)", "CalledProcessError"), ("return {1}", "CalledProcess")):
        (output,) = run_tool(adapter(tmp_path, f"def read(path): {body}"), [entry], tmp_path)
        assert output.failure is not None and output.failure.startswith(reason)
        assert output.tables == []


def test_a_tool_that_takes_too_long_is_stopped(
    entry: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_tools, "LIMIT", 1)
    monkeypatch.setattr(run_tools, "START", 0)
    monkeypatch.setattr(run_tools, "PATIENCE", 3)
    for body in ("while True: pass", "time.sleep(60)"):
        (output,) = run_tool(adapter(tmp_path, f"def read(path):\n  {body}"), [entry], tmp_path)
        assert output.failure == "more than 1 CPU seconds a page"


def test_what_a_tool_needs_is_named(tmp_path: Path) -> None:
    tool = adapter(tmp_path, "import no_such_package")
    assert "no_such_package" in tool.describe()["missing"]
    tool = adapter(tmp_path, "PROGRAM, PROGRAM_FROM = 'no-such-program', 'nowhere'")
    assert tool.describe() == {"missing": "the program no-such-program (nowhere)"}
    assert "missing" in Tool("pdfplumber", tmp_path / "python").describe()
