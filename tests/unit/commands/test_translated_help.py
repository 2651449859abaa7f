"""The command line in Japanese."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline.commands.app import main
from pipeline.commands.translated_help import wrap
from pipeline.vocabulary.printable import measure_width
from tests.support.annexes import COMMENTS, besshi, contents
from tests.support.pdfs import MakePdf

SENTENCE = re.compile(r"(?:\b[a-z]+ ){4}[a-z]+", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "ja")


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize("path", [*commands()], ids=" ".join)
def test_help_is_in_japanese(path: tuple[str, ...]) -> None:
    lines = besshi(*path, "--help").stdout.splitlines()
    assert [line for line in lines if SENTENCE.search(line)] == []
    assert [line for line in lines if measure_width(line) > 100] == []
    assert lines[0].startswith("使い方: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run",), "エラー: 引数 'PATHS...' がありません。"),
        (("nosuch",), "エラー: 'nosuch' というコマンドはありません。"),
        (("run", "a", "--jobs", "x"), "エラー: '--jobs' の値が正しくありません: "),
        (("run", "a", "--forc"), "'--forc' というオプションはありません。'--force', '--format' の"),
        (("export",), "オプション '--to' がありません。次から選んでください:\n    xlsx,\n"),
        (("run", "nowhere"), "besshi: nowhere: そのようなファイルやフォルダはありません。"),
    ],
)
def test_errors_are_in_japanese(arguments: tuple[str, ...], said: str) -> None:
    assert said in besshi(*arguments).stderr


@pytest.mark.parametrize("group", [(), ("annex",)], ids=" ".join)
def test_a_group_without_a_command_shows_its_help(group: tuple[str, ...]) -> None:
    result = besshi(*group)
    assert result.exit_code == 2
    assert result.stderr == besshi(*group, "--help").stdout


def test_results_are_the_same_in_all_languages(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no PDF")
    paths = (make_pdf(COMMENTS), bad)
    result = besshi("run", *paths, "--out", tmp_path / "ja")
    assert f"エラー: {bad}: PDFではありません。" in result.stderr
    monkeypatch.setenv("LANGUAGE", "en")
    assert "is no PDF" in besshi("run", *paths, "--out", tmp_path / "en").stderr
    assert contents(tmp_path / "ja") == contents(tmp_path / "en")


def test_lines_break_where_japanese_does() -> None:
    text = "表の見出しを（役割として）読む。besshi run を使う。"
    lines = list(wrap(text, 12))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line[0] not in "）。" and line[-1] != "（" for line in lines)
    assert any("besshi" in line for line in lines)
