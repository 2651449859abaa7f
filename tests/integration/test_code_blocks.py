"""Every code block of the docs is run, in a clone of the repository, in a reader's order.

A fence says what is in its block:

- `sh`, `python`, `sql`: run from the top of the clone; each command must end with exit code 0.
- `yaml FILE`, `json FILE`: FILE of the clone becomes this, `>> FILE`: gets this too. besshi's own
  reader of such files takes it, and so do the commands of the blocks that follow.
- `yaml + FILE`: a part of FILE, in which the lines marked `# new` are new; `# …` leaves some out.
- `text output`: what the block before it prints; `…` stands for any text.
- `text diagram`: a drawing.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from benchmarks.outputs import read_outputs
from pipeline.curation.annex_spec import parse_annex_spec
from pipeline.curation.corrections import parse_corrections
from pipeline.errors import BesshiError
from pipeline.files import digest
from pipeline.files.truths import read_truth
from tests.support.code_blocks import Block, Clone, list_pages, make_clone, read_blocks
from tests.support.pdfs import ROOT


class Instead(NamedTuple):
    """What a test cannot do as it stands there, and what it does instead."""

    page: str
    said: str
    done: str
    why: str


SERVED = "besshi review{} --serve "
STOPPED = (
    "(timeout --preserve-status --signal=INT 20 besshi review{} --serve --no-open "
    '|| test $? = 130) | grep "^http://127.0.0.1:" '
)
"""Ctrl-C ends the server; tests/integration/test_served_browser.py drives a browser."""
NEW = " parsed/new/plan_2026"

SUBSTITUTED = (
    Instead("README.md", "make test", "make --dry-run test > /dev/null", "it runs this test"),
    Instead("README.md", SERVED.format(NEW), STOPPED.format(NEW), "it ends with Ctrl-C"),
    Instead("docs/review.md", SERVED.format(""), STOPPED.format(""), "it ends with Ctrl-C"),
    Instead("docs/ja/review.md", SERVED.format(""), STOPPED.format(""), "it ends with Ctrl-C"),
    Instead(
        "docs/archive.md",
        "/mnt/share/besshi",
        '"$ELSEWHERE"',
        "a folder that all can reach; `make run` and `dvc push` do what they say",
    ),
    Instead("docs/commands.md", "s3://city/annexes", "raw_pdfs", "a bucket of nobody"),
    Instead("docs/commands.md", "s3://city/parsed", '"$ELSEWHERE"', "a bucket of nobody"),
    Instead("docs/commands.md", "tcp://host:8786", "tcp://127.0.0.1:$PORT", "one machine"),
    Instead(
        "docs/commands.md",
        "dask scheduler ",
        "dask scheduler --host 127.0.0.1 --port $PORT --no-dashboard & ",
        "one machine: in the background, where nobody else listens",
    ),
    Instead("docs/commands.md", "--nworkers 8 ", "--no-dashboard & ", "one machine"),
    Instead("docs/scores.md", "--count 24 ", "--count 2 ", "24 annexes take a minute"),
    Instead("docs/extending.md", "--count 100", "--count 2", "a hundred annexes take minutes"),
    Instead("docs/reliability.md", "make hostile ", "make hostile ARGS=header_alone ", "minutes"),
    Instead("docs/reliability.md", "make mutate ", 'make mutate ARGS="3 1" ', "minutes"),
    Instead("docs/reliability.md", "make fuzz ", "make --dry-run fuzz ", "a minute, installs"),
    Instead(
        "benchmarks/README.md",
        ".venv/bin/python -m benchmarks make",
        f"GIT_DIR='{ROOT}/.git' .venv/bin/python -m benchmarks make",
        "the clone has no history, from which the factory of the set comes",
    ),
    Instead("docs/recogniser.md", "make recogniser ", "make --dry-run recogniser ", "PyTorch"),
    Instead("notebooks/README.md", "make notebooks ", "make --dry-run notebooks ", "no end"),
)
"""All that is not run to the letter. What the notebooks do is run by test_notebooks.py."""

STUBS: dict[str, str] = {}
"""Programs that are not started, as shell scripts that stand for them."""

COMMANDS = {
    "sh": ("bash", "-euo", "pipefail", "-c"),
    "python": (".venv/bin/python", "-c"),
    "sql": (
        ".venv/bin/python",
        "-c",
        "import sys, duckdb; print(duckdb.sql(sys.argv[1]))",
    ),
}
BLOCKS = {page: blocks for page in list_pages() if (blocks := read_blocks(page))}
FIRST = "README.md"
LATER = "## Add an annex"
"""Where in README other pages begin: they are about what its first commands wrote."""


def check_known(clone: Clone, file: Path) -> None:
    parse_annex_spec(str(file), file.read_bytes(), digest(file.with_suffix(".pdf").read_bytes()))


def check_corrections(clone: Clone, file: Path) -> None:
    assert parse_corrections(file.read_bytes())


def check_truth(clone: Clone, file: Path) -> None:
    assert read_truth(file).records


def check_outputs(clone: Clone, file: Path) -> None:
    assert read_outputs(file)


def check_headers(clone: Clone, file: Path) -> None:
    assert yaml.safe_load(file.read_bytes())


READERS: dict[str, Callable[[Clone, Path], None]] = {
    "raw_pdfs/*.yml": check_known,
    "corrections/*.yml": check_corrections,
    "truths/*.json": check_truth,
    "*.jsonl": check_outputs,
    "tests/data/*.yml": check_headers,
}
"""What reads the file of a YAML or JSON block."""


def run_blocks(clone: Clone, blocks: list[Block]) -> None:
    for block in blocks:
        if block.language in COMMANDS:
            clone.run(substitute(block), *COMMANDS[block.language])
        elif block.language in ("yaml", "json"):
            write_file(clone, block)
        elif block.about == "output":
            assert is_printed(block.code, clone.said), f"{block}: it printed:\n{clone.said}"
        else:
            assert (block.language, block.about) == ("text", "diagram"), block


def substitute(block: Block) -> Block:
    code = block.code
    for instead in SUBSTITUTED:
        if instead.page == block.page:
            code = code.replace(instead.said, instead.done)
    return Block(block.page, block.line, block.language, block.about, code)


def write_file(clone: Clone, block: Block) -> None:
    how, _, name = block.about.rpartition(" ")
    assert name, f"{block}: of which file?"
    file = clone.root / name
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if how == "+":
        file.write_text(add_new_lines(before, block), encoding="utf-8")
        return
    file.parent.mkdir(exist_ok=True)
    file.write_text((before if how == ">>" else "") + block.code + "\n", encoding="utf-8")
    (read,) = (read for pattern, read in READERS.items() if Path(name).match(pattern))
    read(clone, file)


def add_new_lines(text: str, block: Block) -> str:
    """The file of which a block shows a part, with what is new there."""
    shown = [line for line in block.code.splitlines() if "# …" not in line]
    old = [line for line in shown if "# new" not in line]
    start = text.index("\n".join(old[:1]) + "\n")
    for line, before in zip(shown[1:], shown, strict=False):
        if "# new" in line:
            at = text.index(before + "\n", start) + len(before) + 1
            text = text[:at] + line + "\n" + text[at:]
        else:
            assert line + "\n" in text[start:], f"{block}: {line}"
    return text


def is_printed(shown: str, said: str) -> bool:
    """Whether a command said this, white space aside."""
    pieces = map(re.escape, " ".join(shown.split()).split("…"))
    return bool(re.fullmatch(".*".join(pieces), " ".join(said.split())))


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    return make_clone(tmp_path_factory.mktemp("clone"), STUBS)


@pytest.fixture(scope="module")
def used(clone: Clone, tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """The clone of somebody who has done what README begins with."""
    mine = clone.copy(tmp_path_factory.mktemp("used") / "besshi")
    run_blocks(mine, [block for block in BLOCKS[FIRST] if not is_later(block)])
    return mine


def is_later(block: Block) -> bool:
    text = (ROOT / FIRST).read_text(encoding="utf-8")
    return block.line > text[: text.index(LATER)].count("\n")


@pytest.mark.slow
def test_the_readme_holds_to_the_letter(used: Clone, tmp_path: Path) -> None:
    mine = used.copy(tmp_path / "besshi")
    run_blocks(mine, [block for block in BLOCKS[FIRST] if is_later(block)])
    text = (ROOT / FIRST).read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    for name in re.findall(r"`([\w*.<>-]+(?:/[\w*.<>-]+)*\.[a-z]+|[\w-]+/[\w/-]+)`", prose):
        places = (mine.root, mine.root / "parsed")
        assert any(any(place.glob(name)) for place in places), f"no {name} in the clone"


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in BLOCKS if page != FIRST])
def test_a_page_holds_to_the_letter(page: str, used: Clone, tmp_path: Path) -> None:
    run_blocks(used.copy(tmp_path / "besshi"), BLOCKS[page])


def test_nothing_is_substituted_that_is_not_there() -> None:
    shown = defaultdict(str)
    for page, blocks in BLOCKS.items():
        shown[page] = "\n".join(block.code for block in blocks if block.language == "sh")
    for instead in SUBSTITUTED:
        assert instead.said in shown[instead.page], instead
    for name in STUBS:
        assert any(name in code for code in shown.values()), name


def test_every_block_says_what_it_is() -> None:
    """Nothing is left out for want of a kind."""
    for block in (block for blocks in BLOCKS.values() for block in blocks):
        if block.language in COMMANDS:
            assert not block.about, block
        elif block.language in ("yaml", "json"):
            name = block.about.rpartition(" ")[2]
            assert "+ " in block.about or any(Path(name).match(p) for p in READERS), block
        else:
            assert (block.language, block.about) in (("text", "output"), ("text", "diagram")), block
        assert block.code.strip(), block
    for page, blocks in BLOCKS.items():
        fences = re.findall(r"^ *```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
        assert len(fences) == 2 * len(blocks), page


def test_what_a_command_prints_is_compared() -> None:
    assert is_printed("a  b\nc", "a b c\n")
    assert is_printed("a … c", "a b b c\n")
    assert not is_printed("a c", "a b c\n")
    assert not is_printed("a", "a b\n")


@pytest.mark.slow
def test_a_command_that_fails_fails_its_block(clone: Clone) -> None:
    for code in ("false\ntrue", "echo $none", "false | cat", "besshi --version"):
        with pytest.raises(AssertionError, match="exit code"):
            run_blocks(clone, [Block("made.md", 1, "sh", "", code)])


@pytest.mark.slow
def test_what_is_wrong_fails_its_block(clone: Clone, tmp_path: Path) -> None:
    mine = clone.copy(tmp_path / "besshi")
    for language, about, code in (
        ("", "", "make run"),
        ("text", "", "make run"),
        ("text", "output", "something else"),
        ("yaml", "", "records: 51"),
        ("yaml", "raw_pdfs/ota_annex.yml", "rekords: 51"),
        ("yaml", "corrections/ota_annex.yml", "- record: 1"),
        ("yaml", "+ pipeline/vocabulary/header_words.yml", "response:\n  - none\n  - 新 # new"),
        ("json", "truths/ota_annex.json", "{}"),
    ):
        with pytest.raises((AssertionError, BesshiError, ValueError)):
            run_blocks(mine, [Block("made.md", 1, language, about, code)])


@pytest.mark.slow
def test_the_clone_is_what_git_has(clone: Clone) -> None:
    assert shutil.which("besshi", path=str(clone.root / ".venv" / "bin"))
    code = "import pipeline; print(pipeline.__file__)"
    run_blocks(
        clone,
        [
            Block("made.md", 1, "python", "", code),
            Block("made.md", 2, "text", "output", f"{clone.root}/pipeline/__init__.py"),
            Block("made.md", 3, "sh", "", "git status --porcelain"),
            Block("made.md", 4, "text", "output", ""),
            Block("made.md", 5, "sql", "", "SELECT 6 * 7 AS answer"),
            Block("made.md", 6, "text", "output", "… answer … 42 …"),
        ],
    )
