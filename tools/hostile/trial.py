"""besshi over hostile files, each beside a good one: how it ends, how long it takes, how much.

python -m tools.hostile.trial [WORD …]   all makers, or those whose names hold one of the words
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.files.parquet import read_rows
from tests.support.annexes import START
from tools import ROOT
from tools.hostile.makers import MAKERS

GOOD = ROOT / "tests" / "layouts" / "ota_annex_writer.pdf"
MEGABYTES = 1000
SECONDS = 5.0  # a page; and once more for the annex
_ENDS = (0, 4)  # exit codes: read, or said what is wrong
# A small process starts besshi: a new process counts the memory of the one that started it as its
# own, and that may be a pytest that holds a gigabyte.
_MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a hostile file."""

    name: str
    exit_code: int
    seconds: float
    """Until the run was over."""
    megabytes: int
    """The most that one process of the run held."""
    codes: tuple[str, ...]
    """Of the issues of the hostile file."""
    said: tuple[str, ...]
    """All that was said of it."""
    whole: bool
    """The good annex beside it has its records."""

    @property
    def ended_well(self) -> bool:
        return self.whole and self.exit_code in _ENDS and "internal" not in self.codes


def try_file(name: str, data: bytes, good: Path = GOOD) -> Outcome:
    """Run besshi over a hostile file beside a good one."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "in")
        folder.mkdir()
        (folder / f"{name}.pdf").write_bytes(data)
        (folder / "good.pdf").write_bytes(good.read_bytes())
        return run(folder, Path(place, "out"), name)


def run(folder: Path, out: Path, name: str, seconds: float = SECONDS) -> Outcome:
    """Run besshi over a folder in which `good.pdf` is the good annex.

    Args:
        folder: Holds PDFs.
        out: To write to.
        name: The annex that is looked at.
        seconds: The limit of a page.
    """
    limits = ("--memory", str(MEGABYTES), "--timeout", str(seconds), "--jobs", "2")
    begun = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", _MEASURE, *START, "run", str(folder), "--out", str(out), *limits],
        capture_output=True,
        env=os.environ | {"BESSHI_CACHE": ""},
    )
    said = ended.stderr.decode(errors="surrogateescape").splitlines()
    issues = out / "issues.parquet"
    rows = read_rows(issues) if issues.exists() else []
    return Outcome(
        name=name,
        exit_code=ended.returncode,
        seconds=time.monotonic() - begun,
        megabytes=int(ended.stdout.split()[-1]) * 1024 // 1_000_000,
        codes=tuple(sorted({row["code"] for row in rows if row["annex"] == name})),
        said=tuple(line for line in said if name in line or "Error" in line),
        whole=(out / "records" / "good.parquet").exists(),
    )


def main(words: Sequence[str]) -> int:
    """Try makers and say what became of them; 1 if one did not end well."""
    outcomes = []
    for name, make in MAKERS.items():
        if words and not any(word in name for word in words):
            continue
        outcome = try_file(name, make())
        outcomes.append(outcome)
        mark = "    " if outcome.ended_well else "BAD "
        told = outcome.said[0][-180:] if outcome.said else ""
        print(
            f"{mark}{name:32} exit {outcome.exit_code}  {outcome.seconds:5.1f} s "
            f"{outcome.megabytes:5} MB  {','.join(outcome.codes)}  {told}",
            flush=True,
        )
    if not outcomes:
        raise SystemExit(f"no hostile file has {' or '.join(words)} in its name")
    print(
        f"{len(outcomes)} files; not well {sum(not o.ended_well for o in outcomes)}; "
        f"most {max(o.megabytes for o in outcomes)} MB, {max(o.seconds for o in outcomes):.0f} s"
    )
    return int(not all(outcome.ended_well for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
