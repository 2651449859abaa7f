"""The code blocks of the docs, and a clone of the repository in which a reader would run them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.pdfs import ROOT

_FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_PATIENCE = 600  # seconds, for one block on a busy machine
_OURS = ("BESSHI_", "MAKE", "MFLAGS", "PYTEST_", "PYTHON", "VIRTUAL_ENV", "GIT_", "DVC_")
"""How variables begin that come from the tests and not from a reader's shell."""


@dataclass(frozen=True, slots=True)
class Block:
    """A code block: what stands behind its fence, and what is in it."""

    page: str
    line: int
    language: str
    about: str
    """What follows the language: for YAML and JSON the file, for text `output` or `diagram`."""
    code: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def list_pages() -> list[str]:
    """All pages of the repository, README first."""
    pages = [name for name in _tracked() if name.endswith(".md")]
    return sorted(pages, key=lambda name: (name != "README.md", not name.startswith("docs/"), name))


def read_blocks(page: str) -> list[Block]:
    """The code blocks of a page, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [_block(page, text, found) for found in _FENCE.finditer(text)]


def _block(page: str, text: str, found: re.Match[str]) -> Block:
    indent, info, code = found.groups()
    language, _, about = info.strip().partition(" ")
    lines = (line.removeprefix(indent) for line in code.splitlines())
    return Block(page, text.count("\n", 0, found.start()) + 1, language, about, "\n".join(lines))


def _tracked() -> Iterator[str]:
    """The files of the working tree that are in git, or would be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return (name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file())


@dataclass
class Clone:
    """A folder with the repository's files and its environment, and a shell in it."""

    root: Path
    home: Path
    """Of the reader, with stubs of programs that no test can start."""
    said: str = ""
    """What the last command printed."""
    port: int = field(default_factory=lambda: _free_port())

    def copy(self, root: Path) -> "Clone":
        """The same in another folder; its environment is made anew, since it knows its place."""
        shutil.copytree(self.root, root, ignore=shutil.ignore_patterns(".venv"), symlinks=True)
        _make_environment(root)
        return Clone(root, self.home)

    def run(self, block: Block, *command: str) -> None:
        """Give a block to what runs it, as its last argument."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            process = subprocess.Popen(
                [*command, block.code],
                cwd=self.root,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
            try:
                process.wait(_PATIENCE)
            finally:  # what it left running in the background, as a scheduler
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
            output.seek(0)
            self.said = output.read()
        assert process.returncode == 0, (
            f"{block}: exit code {process.returncode}\n{block.code}\n--- it printed:\n{self.said}"
        )

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        own = str(Path(sys.prefix, "bin"))
        path = [folder for folder in kept["PATH"].split(os.pathsep) if folder != own]
        return kept | {
            "PATH": os.pathsep.join([str(self.home / "bin"), *path]),
            "HOME": str(self.home),
            "BESSHI_CACHE": os.environ["BESSHI_CACHE"],
            "ELSEWHERE": str(self.root.parent / f"{self.root.name}-elsewhere"),
            "PORT": str(self.port),
        }


def make_clone(folder: Path, stubs: dict[str, str]) -> Clone:
    """What `git clone` gives, with changes that are not committed yet, and `make setup` done.

    Args:
        folder: Where to; it is empty.
        stubs: Shell scripts that stand for programs, by their names.
    """
    root, home = folder / "besshi", folder / "home"
    for name in _tracked():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, root / name)
    (home / "bin").mkdir(parents=True)
    for name, script in stubs.items():
        (home / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (home / "bin" / name).chmod(0o755)
    (home / ".gitconfig").write_text("[user]\n\tname = A Reader\n\temail = reader@example.jp\n")
    _make_environment(root)
    clone = Clone(root, home)
    git = "git init -q -b main && git add -A && git commit -qm 'The clone'"
    clone.run(Block("the clone", 0, "sh", "", git), "bash", "-euc")
    return clone


def _make_environment(root: Path) -> None:
    """A `.venv` in which everything is as in the environment of this test, at no time."""
    here, made = Path(sys.prefix), root / ".venv"
    (made / "bin").mkdir(parents=True)
    for path in (here / "bin").iterdir():
        _copy_program(path, made / "bin" / path.name, str(here), str(made))
    site = made / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    site.mkdir(parents=True)
    packages = [path for path in sys.path if path.endswith("site-packages")]
    (site / "000_besshi.pth").write_text("\n".join([str(root), *packages]) + "\n")
    # make looks at the times of these: each is younger than what it is made from.
    marks = [path for path in here.iterdir() if path.is_file()]
    for place, path in enumerate(sorted(marks, key=lambda path: path.stat().st_mtime_ns)):
        shutil.copyfile(path, made / path.name)
        time = (made / path.name).stat().st_mtime_ns + place
        os.utime(made / path.name, ns=(time, time))


def _copy_program(path: Path, copy: Path, here: str, made: str) -> None:
    if path.is_symlink():
        copy.symlink_to(path.readlink())
        return
    data = path.read_bytes()
    if data.startswith(b"\x7fELF"):
        copy.symlink_to(path)
    else:
        copy.write_bytes(data.replace(here.encode(), made.encode()))
        shutil.copymode(path, copy)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
