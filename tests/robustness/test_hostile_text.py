"""What a PDF or a YAML file says is shown, never obeyed."""

import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pipeline.batch.issues_file import ISSUES_FILE
from pipeline.commands.verify.folder import verify
from pipeline.files.parquet import encode_issues, read_rows
from pipeline.model import Issue
from pipeline.vocabulary.printable import printable_lines
from tests.support.annexes import COMMENTS, HEADER, besshi, ruled_table
from tests.support.effort import counted_calls
from tests.support.pdfs import MakePdf
from tools.hostile.locked import embedded_file, script

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://x","y")'


def test_text_is_kept_as_it_is(make_pdf: MakePdf, tmp_path: Path) -> None:
    """Escaping is for what shows text; the records have what the document says."""
    rows = (HEADER, ("1", SCRIPT, FORMULA), ("2", "{{7*7}} %s ${HOME}", "`id`; rm -rf ../"))
    path = make_pdf(ruled_table(*rows), name="odd.pdf")
    assert besshi("run", path, "--out", tmp_path / "out").exit_code == 0
    records = read_rows(tmp_path / "out" / "records" / "odd.parquet")
    assert [row["comment"] for row in records] == [SCRIPT, "{{7*7}} %s ${HOME}"]
    assert [row["response"] for row in records] == [FORMULA, "`id`; rm -rf ../"]


def test_controls_in_a_header_do_not_reach_the_terminal(make_pdf: MakePdf, tmp_path: Path) -> None:
    header = ("No", "意見内容", "\u202e答回\u200b")
    rows = (header, ("1", "窓口\u202eの待ち時間", "予約制"))
    path = make_pdf(ruled_table(*rows), name="turned.pdf")
    result = besshi("run", path, "--out", tmp_path / "out")
    for said in (result.stderr, besshi("summary", tmp_path / "out").stdout):
        assert printable_lines(said) == said


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a connection or an address fails the test."""

    def refuse(*arguments: Any, **_: Any) -> NoReturn:
        pytest.fail(f"the network was asked for: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.usefixtures("no_network")
def test_no_command_touches_the_network(make_pdf: MakePdf, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    make_pdf(COMMENTS, name="in/good.pdf")
    (folder / "script.pdf").write_bytes(script())
    (folder / "embedded.pdf").write_bytes(embedded_file())
    assert besshi("run", folder, "--out", out).exit_code == 0
    assert besshi("summary", out).exit_code == 0
    assert besshi("compact", out).exit_code == 0
    assert besshi("inspect", folder / "script.pdf", "--out", tmp_path / "seen").exit_code == 0


def test_nothing_that_a_pdf_carries_is_run_or_taken_out(tmp_path: Path) -> None:
    folder, out = tmp_path / "deep" / "in", tmp_path / "deep" / "out"
    folder.mkdir(parents=True)
    (folder / "script.pdf").write_bytes(script())
    (folder / "embedded.pdf").write_bytes(embedded_file())
    assert besshi("run", folder, "--out", out).exit_code == 0
    made = {path for path in tmp_path.rglob("*") if path.is_file() and out not in path.parents}
    assert made == {folder / "script.pdf", folder / "embedded.pdf"}
    assert not [
        path for path in out.rglob("*") if path.is_file() and path.read_bytes() == b"embedded"
    ]


LAUGHS = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)

MOST = 20_000_000
"""Calls that a run with a hostile file may make."""


@pytest.mark.parametrize(
    "content",
    [
        "!!python/object/apply:os.system ['touch hacked']\n",
        "title: !!python/name:os.system ''\n",
        LAUGHS,
        LAUGHS.replace("a11:", "title:"),
        pytest.param("title: " + "[" * 100_000, marks=pytest.mark.slow),
        pytest.param("{" * 100_000, marks=pytest.mark.slow),
        "? " * 5000 + "x\n",
        "&a [*a]\n",
        "title: &a [*a]\n",
        "pages: 1-99999999999\n",
        "title: !!timestamp 2020-99-99\n",
        "title: !!int abc\n",
        "title: !!bool x\n",
        "title: !!binary eA==\n",
        "title: !!set {x}\n",
        'roles: {"\\ud800": comment}\n',
        'title: "\\udc00"\n',
        "\x00\x01",
        "sha256: \x1b[2J\n",
    ],
)
def test_hostile_yaml_costs_its_annex_a_line(
    content: str, make_pdf: MakePdf, tmp_path: Path
) -> None:
    path = make_pdf(COMMENTS, name="bad.pdf")
    path.with_suffix(".yml").write_bytes(content.encode())
    with counted_calls(MOST):
        result = besshi("run", path, "--out", tmp_path / "out")
    assert result.exit_code == 4
    (row,) = read_rows(tmp_path / "out" / "issues.parquet")
    assert row["code"] == "bad_yml", row["message"]
    assert len(row["message"]) < 2500
    assert printable_lines(result.stderr) == result.stderr


def test_an_id_in_a_file_leads_nowhere(make_pdf: MakePdf, tmp_path: Path) -> None:
    """Whoever hands on a folder of results chooses what stands in it."""
    out, path = (
        tmp_path / "deep" / "deeper" / "out",
        tmp_path / "deep" / "deeper" / "out" / ISSUES_FILE,
    )
    assert besshi("run", make_pdf(COMMENTS), "--out", out).exit_code == 0
    issue = Issue("warning", "extract", "x", "x")
    hashes = ("", "")
    path.write_bytes(encode_issues({"../../../evil": [issue]}, hashes))
    result = besshi("review", out, "--out", out.parent / "review")
    assert result.exit_code == 6
    assert "'../../../evil' is not an annex id" in result.stderr
    assert not list(tmp_path.rglob("evil*"))


def test_a_manifest_leads_nowhere(make_pdf: MakePdf, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    make_pdf(COMMENTS, name="in/good.pdf")
    assert besshi("run", folder, "--out", out).exit_code == 0
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    entry = (out / "manifest" / "good.json").read_text(encoding="utf-8")
    evil = entry.replace("records/good.parquet", "../precious.txt").replace("good", "evil")
    (out / "manifest" / "evil.json").write_text(evil, encoding="utf-8")
    (out / "manifest" / "spoilt.json").write_bytes(b'{"annex": "\xff"}')
    assert besshi("run", folder, "--out", out).exit_code == 0
    assert besshi("run", folder, "--out", out, "--force").exit_code == 0
    assert precious.read_text() == "mine"
    named = {finding.file for finding in verify(str(out))}
    assert named == {"manifest/evil.json", "manifest/spoilt.json"}


@pytest.mark.parametrize("annex", ["../../evil", "other"])
def test_a_stage_file_is_named_after_its_annex(
    annex: str, make_pdf: MakePdf, tmp_path: Path
) -> None:
    stage, out = tmp_path / "extract", tmp_path / "deep" / "out"
    assert besshi("extract", make_pdf(COMMENTS), "--out", stage).exit_code == 0
    text = (stage / "made.json").read_text(encoding="utf-8")
    assert '"made"' in text
    (stage / "made.json").write_text(text.replace('"made"', f'"{annex}"'), encoding="utf-8")
    result = besshi("segment", stage, "--out", out)
    assert result.exit_code == 6
    assert f"is the stage file of '{annex}'" in result.stderr
    assert not list(tmp_path.rglob("evil*"))
