"""What stands in a file's place, and names that are no annex's id: named, refused, never opened."""

import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.files.parquet import read_rows
from tests.support.annexes import COMMENTS, assert_whole, besshi, issues_of
from tests.support.pdfs import MakePdf

TURNED = "\u202e"  # right-to-left override: x<202e>fdp.pdf looks like xfdp.pdf turned round


@pytest.fixture
def folder(make_pdf: MakePdf, tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    make_pdf(COMMENTS, name="in/good.pdf")
    return tmp_path / "in"


def failed(folder: Path, out: Path) -> tuple[str, dict[str, Any]]:
    """What was said of the one bad annex of a folder, and its issue; the good one is written."""
    result = besshi("run", folder, "--out", out)
    assert result.exit_code == 4
    assert_whole(out, "good")
    (said,) = [line for line in result.stderr.splitlines() if line.startswith("besshi: error: ")]
    (row,) = [row for row in read_rows(out / "issues.parquet") if row["annex"] != "good"]
    assert row["level"] == "error"
    assert said == f"besshi: error: {row['message']}"
    assert len(result.stderr.splitlines()) == 3
    assert all(line.isprintable() for line in result.stderr.splitlines())
    assert besshi("run", folder, "--out", out).exit_code == 4  # it is said again
    return said, row


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("two\nlines", r"two\nlines"),
        ("\x1b[2J\x1b[31mred", r"\x1b[2J\x1b[31mred"),
        (f"x{TURNED}fdp", r"x\u202efdp"),
        ("\x9b2J", r"\x9b2J"),
        ("a" * 245, "245 bytes long"),
        ("別" * 83, "249 bytes long"),
        (os.fsdecode("別紙".encode("cp932")), "is not UTF-8"),
        ("_x", "begins with _"),  # pandas.read_parquet would not see it
        (".x", "begins with ."),
        ("..", "begins with ."),
    ],
)
def test_a_name_that_is_no_id_costs_its_annex_only(
    name: str, shown: str, folder: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    path = folder / f"{name}.pdf"
    path.write_bytes((folder / "good.pdf").read_bytes())
    said, row = failed(folder, tmp_path / "out")
    assert shown in said
    assert said.endswith("; rename it")
    assert row["code"] == "unreadable"
    written = {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert all(name.isprintable() for name in written)


@pytest.mark.parametrize(
    "name", ["x..", "x..%2f..%2fx", "a b　c", "-rf", "別紙（案）", "x.yml", "x.part", "manifest"]
)
def test_a_name_that_is_only_odd_is_an_id(name: str, folder: Path, tmp_path: Path) -> None:
    data, out = (folder / "good.pdf").read_bytes(), tmp_path / "deep" / "out"
    (folder / f"{name}.pdf").write_bytes(data)
    before = {*tmp_path.rglob("*")}
    assert besshi("run", folder, "--out", out).exit_code == 0
    assert_whole(out, f"{name}.pdf"[:-4])
    assert all(out in made.parents for made in {*tmp_path.rglob("*")} - before if made.is_file())


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_loop(path: Path) -> None:
    path.symlink_to(path.with_suffix(".other"))
    path.with_suffix(".other").symlink_to(path)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (make_pipe, "is a pipe, a socket or a device"),
        (lambda path: path.symlink_to("/dev/zero"), "is a pipe, a socket or a device"),
        (lambda path: path.symlink_to("nowhere"), "is a link that leads nowhere"),
        (make_loop, "is a link that leads nowhere"),
    ],
)
@pytest.mark.parametrize("ending", [".pdf", ".yml"])
def test_what_is_no_file_is_never_opened(
    make: Any, what: str, ending: str, folder: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    if ending == ".yml":
        make_pdf(COMMENTS, name="in/bad.pdf")
    make(folder / f"bad{ending}")
    said, row = failed(folder, tmp_path / "out")
    assert f"{folder / 'bad'}{ending}: {what}" in said
    assert row["annex"] == "bad"
    assert row["code"] == ("bad_yml" if ending == ".yml" else "unreadable")


def test_a_pipe_that_is_named_itself(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.pdf")
    result = besshi("run", tmp_path / "x.pdf", "--out", tmp_path / "out")
    assert result.exit_code == 4
    assert "x.pdf: is a pipe" in result.stderr


@pytest.mark.parametrize("command", ["verify", "review", "inspect"])
def test_commands_that_look_at_pdfs_do_not_wait_for_a_pipe(
    command: str, make_pdf: MakePdf, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    path = make_pdf(COMMENTS, name="in/piped.pdf")
    run, out = tmp_path / "run", tmp_path / "seen"
    assert besshi("run", path, "--out", run).exit_code == 0
    path.unlink()
    os.mkfifo(path)
    if command == "inspect":
        assert besshi("inspect", path, "--out", out).exit_code == 1
    elif command == "review":
        result = besshi("review", run, "--pdfs", path.parent, "--out", out)
        assert "no pictures: " in result.stderr
    else:
        result = besshi("verify", run, "--pdfs", path.parent)
        assert (result.exit_code, "a pipe" in result.stdout) == (10, True)


def test_a_folder_that_cannot_be_listed_is_not_taken_for_empty(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner, out = folder / "inner", tmp_path / "out"
    inner.mkdir()
    (folder / "good.pdf").rename(inner / "good.pdf")
    assert besshi("run", folder, "--out", out).exit_code == 0
    scan = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path) == inner:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = besshi("run", folder, "--out", out)
    assert result.exit_code == 1
    assert str(inner) in result.stderr
    assert_whole(out, "good")


def test_a_file_without_an_ending_is_read(folder: Path, tmp_path: Path) -> None:
    inner, out = tmp_path / "a.b", tmp_path / "out"
    inner.mkdir()
    (folder / "good.pdf").rename(inner / "plain")
    (tmp_path / "a.yml").write_text("records: 99\n")  # a stranger's
    assert besshi("run", inner / "plain", "--out", out).exit_code == 0
    assert_whole(out, "plain")


def test_folders_that_lead_in_a_circle_or_out(folder: Path, tmp_path: Path) -> None:
    (folder / "again").symlink_to(folder)
    (folder / "root").symlink_to("/")
    (folder / "x.pdf").mkdir()  # is a folder like any other
    result = besshi("run", folder, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "annexes 1," in result.stderr


def test_a_pdf_that_changes_while_it_is_read(
    folder: Path, make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read once: what is hashed is what is parsed, and the next run sees the rest."""
    make_pdf(COMMENTS, name="in/bad.pdf")
    whole, read_bytes = (folder / "bad.pdf").read_bytes(), Path.read_bytes

    def catch_in_the_middle(path: Path) -> bytes:
        return read_bytes(path)[: len(whole) // 2] if path.name == "bad.pdf" else read_bytes(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", catch_in_the_middle)
        assert besshi("run", folder, "--out", tmp_path / "out").exit_code == 4
    (folder / "bad.pdf").write_bytes(whole + b"\n")
    assert besshi("run", folder, "--out", tmp_path / "out").exit_code == 0
    assert issues_of(tmp_path / "out", "bad") == []
    assert_whole(tmp_path / "out", "bad")
