"""Commands killed at random moments: `python -m tools.kills [KILLS] [--seed SEED]`.

Each round starts a command in an empty folder, or in one that holds what it made of an older
archive (an annex that is gone, one that changed, one that has become unreadable), kills it with
SIGKILL again and again (the process that was started, or it and all that it started), looks whether
what the folder says is whole, lets the command end in peace, and compares every file with an
undisturbed run's, byte for byte.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfgen import canvas

from pipeline.batch.manifest import find_complete, read_manifest
from pipeline.files import LocalFolder, digest
from tests.support.annexes import FIRST, HEADER, SECOND, START, ruled_table
from tools import ROOT

ANNEXES = 4
_ROUND = 4  # kills before a command may end
_POLL = 0.002  # seconds between two looks at the folder


@dataclass(slots=True)
class Command:
    """A command that reads one folder and writes another."""

    name: str
    source: Path
    due: Path
    """What it writes undisturbed."""
    before: Path
    """What it wrote when the archive was another."""
    seconds: float = 0.0
    """How long that takes."""

    def start(self, out: Path) -> "subprocess.Popen[bytes]":
        arguments = [self.name, str(self.source), "--out", str(out), "--jobs", "2"]
        if self.name != "compact":  # one annex cannot be read any more
            arguments.append("--keep-going")
        return subprocess.Popen(
            [*START, *arguments],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


@dataclass(slots=True)
class Tally:
    """What came of it."""

    kills: int = 0
    """Commands that were killed before they had ended."""
    writing: int = 0
    """Of these, those that had begun to write."""
    completed: int = 0
    wrong: list[str] = field(default_factory=list)


def small_archive(folder: Path) -> Path:
    """Some annexes of a page, and what is known of one."""
    folder.mkdir()
    for i in range(ANNEXES):
        sheet = canvas.Canvas(str(folder / f"annex{i}.pdf"), pagesize=(595, 842), invariant=1)
        ruled_table(HEADER, FIRST, SECOND[: i + 1])(sheet)
        sheet.save()
    (folder / "annex0.yml").write_text("records: 2\n", encoding="utf-8")
    return folder


def grow_old(archive: Path) -> None:
    """Let an archive be another one than it was."""
    (archive / "gone.pdf").unlink()
    (archive / "annex1.pdf").write_bytes(b"%PDF-1.7 of which nothing is left")
    (archive / "annex2.pdf").write_bytes((archive / "annex3.pdf").read_bytes())
    (archive / "annex0.yml").write_text("records: 2\ntitle: x\n", encoding="utf-8")


def prepare(archive: Path, folder: Path) -> list[Command]:
    """Every command that writes a folder, each with what it writes when nobody disturbs it."""
    sources = {
        "run": archive,
        "extract": archive,
        "segment": folder / "extract",
        "normalize": folder / "segment",
        "compact": folder / "run",
    }
    commands = [
        Command(name, source, folder / name, folder / "before" / name)
        for name, source in sources.items()
    ]
    shutil.copy(archive / "annex3.pdf", archive / "gone.pdf")
    for command in commands:
        assert command.start(command.due).wait() == 0, command.name
    for command in commands:
        command.before.parent.mkdir(exist_ok=True)
        command.due.rename(command.before)
    grow_old(archive)
    for command in commands:
        began = time.monotonic()
        assert command.start(command.due).wait() == 0, command.name
        command.seconds = time.monotonic() - began
    return commands


def try_command(command: Command, out: Path, kills: int, chance: random.Random) -> Tally:
    """One round.

    Args:
        command: What is killed.
        out: Where it writes; the folder is not there yet.
        kills: How often.
        chance: When, and which of its processes.
    """
    tally = Tally()
    if chance.random() < 0.5:
        shutil.copytree(command.before, out)
    for _ in range(kills):
        process = command.start(out)
        wait_for_moment(command, out, process, chance)
        if process.poll() is not None:
            break
        tally.kills += 1
        tally.writing += any(out.rglob("*"))
        kill(process, whole=chance.random() < 0.5)
        tally.wrong += [f"{command.name}: {what}" for what in find_torn(out)]
    assert command.start(out).wait() == 0, command.name
    tally.completed += 1
    tally.wrong += [f"{command.name}: {what}" for what in compare(out, command.due)]
    return tally


def wait_for_moment(
    command: Command, out: Path, process: "subprocess.Popen[bytes]", chance: random.Random
) -> None:
    """Until a moment of the run; mostly one at which it writes, which is a small part of it."""
    if chance.random() < 0.25:
        time.sleep(chance.uniform(0, command.seconds))
        return
    before, changes = stamp(out), chance.randrange(1, 20)
    while changes and process.poll() is None:
        time.sleep(_POLL)
        after = stamp(out)
        changes -= after != before
        before = after
    time.sleep(chance.uniform(0, 0.01))


def stamp(out: Path) -> list[tuple[str, int]]:
    """What shows that something was written."""
    found = []
    for root, _, names in os.walk(out):
        for name in names:
            try:
                found.append((f"{root}/{name}", Path(root, name).stat().st_size))
            except FileNotFoundError:
                continue
    return sorted(found)


def kill(process: "subprocess.Popen[bytes]", whole: bool) -> None:
    """End a process, and its own processes at the same time or left to themselves."""
    children = list(children_of(process.pid)) if whole else []
    process.kill()
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()


def children_of(pid: int) -> Iterator[int]:
    """The processes that a process has started (Linux)."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return
    yield from map(int, listed.split())


def find_torn(out: Path) -> list[str]:
    """What the manifest says is there whole, and is not."""
    folder = LocalFolder(out)
    entries = read_manifest(folder)
    torn = []
    for annex in find_complete(folder, entries.values()):
        contents = folder.read(list(entries[annex].files))
        for name, written in entries[annex].files.items():
            if digest(contents.get(name, b"")) != written.sha256:
                torn.append(f"{name} is torn")
    return torn


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def compare(out: Path, due: Path) -> list[str]:
    """What differs: files that are missing, too many (as `.part`), or have other bytes."""
    made, right = files(out), files(due)
    return [name for name in sorted({*made, *right}) if made.get(name) != right.get(name)]


def try_all(
    commands: Sequence[Command], folder: Path, kills: int, chance: random.Random
) -> Iterator[Tally]:
    """Rounds until so many commands were killed."""
    done = 0
    while done < kills:
        command = commands[0] if chance.random() < 0.5 else chance.choice(commands[1:])
        # The manifest says where a PDF is, seen from the folder: beside the one it is compared to.
        out = folder / "again"
        shutil.rmtree(out, ignore_errors=True)
        tally = try_command(command, out, min(_ROUND, kills - done), chance)
        done += tally.kills
        yield tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="besshi-kills-") as name:
        archive = small_archive(Path(name, "in"))
        commands = prepare(archive, Path(name))
        total = Tally()
        for tally in try_all(commands, Path(name), asked.kills, random.Random(asked.seed)):
            total.kills += tally.kills
            total.writing += tally.writing
            total.completed += tally.completed
            total.wrong += tally.wrong
            sys.stderr.write(f"\r{total.kills} kills")
    print(
        f"\nkills {total.kills}, of them with files written {total.writing}, "
        f"completed and compared {total.completed}, differences {len(total.wrong)}"
    )
    print("\n".join(total.wrong))
    sys.exit(bool(total.wrong))


if __name__ == "__main__":
    main()
