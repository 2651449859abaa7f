"""The docs name every column, code, command and option there is, and none that is not."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from pipeline import errors
from pipeline.commands.app import SECTIONS, main
from pipeline.errors import AnnexError, BesshiError
from pipeline.evaluate.scores import Counts
from pipeline.files.parquet.meanings import read_meanings
from pipeline.files.truths import Truth, TruthTable
from pipeline.model import ROLES
from tests.support.documents import COMMANDS, DATA, README, section, table
from tests.support.pdfs import ROOT
from tools import data_dictionary as dictionary

FILES = [dictionary.file_of(name) for name in dictionary.SCHEMAS]


def test_the_data_dictionary_is_that_of_the_schemas() -> None:
    """`python -m tools.data_dictionary` writes it."""
    assert dictionary.render(DATA) == DATA


def test_every_column_has_a_meaning_and_no_other() -> None:
    meanings = read_meanings()
    columns = {name: list(schema.names) for name, schema in dictionary.SCHEMAS.items()}
    assert {name: list(of) for name, of in meanings.items()} == columns
    assert all(text for of in meanings.values() for text in of.values())


def test_no_file_is_documented_that_is_not_written() -> None:
    assert set(re.findall(r"^## `(\S+\.parquet)`", DATA, re.MULTILINE)) == set(FILES)
    for file in FILES:
        assert f"`{file.replace('<annex>', '*')}`" in README


@cache
def issued() -> frozenset[tuple[str, str]]:
    """Code and level of every issue that the code can raise."""
    return frozenset(find_issued())


def find_issued() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    ast.Name("Issue"), [ast.Attribute(attr=level), _, ast.Constant(code), *_]
                ):
                    yield code, level.lower()
                case ast.Call(ast.Name("warn"), [ast.Constant(code), *_]):
                    yield code, "warning"
                case ast.Call(ast.Name("fail_annex" | "fail_job"), [_, _, ast.Constant(code), *_]):
                    yield code, "error"
    for error in (AnnexError, *AnnexError.__subclasses__()):
        yield error.code, "error"


def test_every_code_of_an_issue_is_documented() -> None:
    rows = table(section(DATA, "`issues.parquet`"), "code")
    assert {(code, level) for code, level, _ in rows} == issued()
    assert len(rows) == len({code for code, _, _ in rows})


def constants(
    module: str, function: str, kind: type[ast.AST], package: str = "normalize"
) -> set[str]:
    """The words that stand in nodes of a kind, in one function of a package."""
    path = ROOT / "pipeline" / package / f"{module}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    (body,) = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == function)
    nodes = (n for found in ast.walk(body) if isinstance(found, kind) for n in ast.walk(found))
    texts = (n.value for n in nodes if isinstance(n, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text.isidentifier()}


def flags() -> set[str]:
    """The flags that normalize and judge raise."""
    judged = constants("annex", "_judge_record", ast.Dict, "judge")
    return constants("record", "_flags", ast.Dict) | judged


def test_every_flag_is_documented() -> None:
    documented = {flag for flag, _ in table(DATA, "flag")}
    assert documented == flags()


def test_every_kind_of_revision_is_documented() -> None:
    documented = {kind for kind, _ in table(DATA, "`revision_kind` | the revision")}
    returned = constants("redline", "classify_revision", ast.Return)
    assert documented == returned | constants("redline", "_compare_texts", ast.Return)


def test_the_keys_of_a_truth_file_are_documented() -> None:
    rows = table(section(DATA, "Truth files"), "key")
    documented = {place: {k for k, p, _ in rows if p == place} for place in ("file", "table")}
    assert documented["file"] == set(Truth.__struct_fields__)
    assert documented["table"] == set(TruthTable.__struct_fields__)
    assert not {k for k, p, _ in rows if p == "record"} & set(ROLES)


def test_what_is_known_of_each_pdf_is_documented() -> None:
    documented = [key for key, _ in table(section(DATA, "`raw_pdfs/<annex>.yml`"), "key")]
    for path in sorted((ROOT / "raw_pdfs").glob("*.yml")):
        keys = re.findall(r"^(\w+):", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert keys == [key for key in documented if key in keys], path.name


def commands(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Every command by its whole name: `annex add`."""
    found = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
        else:
            found[before + name] = command
    return found


EVERY = commands(main)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_option_is_documented(name: str) -> None:
    text = section(COMMANDS, f"`besshi {name}")
    options = [p for p in EVERY[name].params if isinstance(p, click.Option)]
    expected = {p.opts[0]: p for p in options}
    documented = (
        {row[0].split()[0].rstrip(","): row for row in table(text, "option")} if expected else {}
    )
    assert list(documented) == list(expected)
    for option, parameter in expected.items():
        shown = parameter.show_default
        default = shown if isinstance(shown, str) else parameter.default if shown else ""
        assert documented[option][1] == str(default), option
    arguments = [p for p in EVERY[name].params if isinstance(p, click.Argument)]
    headline = text.splitlines()[0]
    assert all(
        argument.make_metavar(click.Context(EVERY[name])) in headline for argument in arguments
    )


def test_help_lists_every_command_once() -> None:
    listed = [name for names in SECTIONS.values() for name in names]
    assert sorted(listed) == sorted(main.commands)


def test_no_command_is_documented_that_is_not_there() -> None:
    documented = re.findall(r"^## `besshi ([a-z ]+[a-z])", COMMANDS, re.MULTILINE)
    assert sorted(documented) == sorted(EVERY)
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for name, rest in re.findall(r"besshi ((?:annex )?[a-z]+)\b([^`\n]*)", _code(path)):
            if name in {"annex", "besshi"}:  # the group itself
                continue
            assert name in EVERY, f"{path.name}: besshi {name}"
            known = {o for p in EVERY[name].params for o in p.opts}
            assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"{path.name}: besshi {name}"


def _code(path: Path) -> str:
    """What a page shows as code: blocks, and what stands between backticks."""
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *(f"{code} " for code in re.findall(r"`([^`\n]+)`", text))])


def test_every_score_is_documented() -> None:
    rows = table(section(COMMANDS, "`besshi evaluate"), "score")
    assert [name for name, _ in rows] == list(Counts().scores())


def test_every_exit_code_is_documented() -> None:
    classes = [c for c in vars(errors).values() if isinstance(c, type)]
    raised = {c.exit_code for c in classes if issubclass(c, BesshiError)}
    documented = {int(code) for code, _ in table(COMMANDS, "exit code")}
    assert documented == raised | {0, 2, errors.INTERRUPTED, errors.Terminated.exit_code}
    assert main.help
    listed = re.findall(r"(?:^|  )(\d+) ", main.help.partition("Exit codes:")[2], re.MULTILINE)
    assert set(map(int, listed)) == documented


def test_links_lead_somewhere() -> None:
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"


def codes(parent: type[BesshiError]) -> Iterator[str]:
    yield parent.code
    for child in parent.__subclasses__():
        yield from codes(child)


def test_every_code_has_its_paragraph() -> None:
    """docs/errors.md: each code once, with what to do."""
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    paragraphs = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL))
    headings = re.findall(r"^### `(\w+)`", page, re.MULTILINE)
    expected = {*codes(BesshiError), *(code for code, _ in issued())}
    assert sorted(headings) == sorted(expected)
    assert all("\n→ " in paragraph for paragraph in paragraphs.values())
    for error in (c for c in vars(errors).values() if isinstance(c, type)):
        if issubclass(error, BesshiError) and not issubclass(error, AnnexError):
            assert f"Exit code {error.exit_code}" in paragraphs[error.code], error


def test_the_readme_is_two_screens() -> None:
    assert len(README.splitlines()) <= 130
