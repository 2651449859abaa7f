"""Help, version and arguments of all commands."""

from pathlib import Path

import click
import pytest

from pipeline import __version__
from pipeline.commands.app import main
from tests.support.annexes import besshi
from tests.support.processes import python

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


@pytest.mark.parametrize(
    "arguments",
    [
        ("summary", "{}"),
        ("verify", "{}"),
        ("compact", "{}"),
        ("review", "{}"),
        ("export", "--to", "csv", "{}"),
        ("query", "SELECT 1", "--records", "{}"),
        ("run", "x.pdf", "--corrections", "{}"),
        ("run", "x.pdf", "--out", "{}"),
        ("inspect", "x.pdf", "--out", "{}"),
    ],
)
def test_a_file_is_no_folder(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """A file of corrections that has another name than an annex would change nothing."""
    file = tmp_path / "file"
    file.touch()
    result = besshi(*(argument.format(file) for argument in arguments))
    assert (result.exit_code, f"'{file}' is a file" in result.stderr) == (2, True)


def test_an_empty_path_is_not_this_folder(tmp_path: Path) -> None:
    """As of a variable of the shell that is not set."""
    for arguments in (("", "--out", tmp_path / "out"), ("x.pdf", "--out", "")):
        result = besshi("run", *arguments)
        assert (result.exit_code, "a path is empty" in result.stderr) == (2, True)


def test_version() -> None:
    assert besshi("--version").stdout == f"besshi, version {__version__}\n"
