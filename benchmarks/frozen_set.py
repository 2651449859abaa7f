"""The frozen set: which annexes it has, how they are made, and what their bytes must be.

`set/annexes.csv` names each annex by family, engine, seed and place, and has the hashes of its PDF
and its truth. Only engines whose every part is a locked Python package can be in it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

ROOT = Path(__file__).parents[1]
SET = ROOT / "benchmarks" / "set" / "annexes.csv"
FACTORY_COMMIT = "9f5cd28"
"""The commit whose factory makes the set; a new version of the set may name a later one."""

FONTS = {
    "IPAGothic": "503af4a8b84d1079b8e2e358dc7f7a7fb8cb7a1f212f35eaef6782dbfc75a55e",
    "IPAPGothic": "a63f6153841e56ec9df1b31a54d98d3f41d8aaa1c3d8df30a33502296f5b8068",
    "IPAMincho": "ab923870b9ea047179c14fa78eede8d3957b6bfed26577253b5f08f75c102a34",
    "IPAPMincho": "75c2fd0b6f3f2b2c56a95b7ac2236034a04e0b83605ffb6d149b6dcbbcfb06fb",
    "IPAexGothic": "3b9955a5e437ffb24c41548e79296fa724822da21ee75dc1b94f6ccdb8f400dd",
}
"""The Japanese families that the set is printed in, and the hash of each file."""
FONT_PACKAGES = "apt-get install fonts-ipafont-gothic fonts-ipafont-mincho"

# Numbers are computed by the instructions that every x86-64 has: faster ones round otherwise, so
# a scan would have other bytes on another processor.
PLAIN_PROCESSOR = {
    "OPENCV_CPU_DISABLE": "SSSE3,SSE4.1,POPCNT,SSE4.2,FP16,FMA3,AVX,AVX2,AVX512-SKX",
    "OPENCV_IPP": "disabled",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3,X86_V4,AVX512_ICL",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F",
}


@dataclass(frozen=True)
class Entry:
    """A row of `set/annexes.csv`."""

    family: str
    engine: str
    seed: int
    place: int
    """Of the annex among those of its seed."""
    scan: str
    """Preset and dots an inch (`bad200`); empty: it has a text layer."""
    split: str
    """`dev` may be looked at while a tool is made, `test` may not."""
    guard: bool
    """It is read in `make test`."""
    pages: int = 0
    records: int = 0
    pdf: str = ""
    """SHA-256."""
    truth: str = ""
    """SHA-256."""

    @property
    def annex(self) -> str:
        """Its id, and the stem of its files."""
        scanned = f"_{self.scan}" if self.scan else ""
        return f"{self.family}_{self.engine}_s{self.seed}_{self.place:03}{scanned}"

    @property
    def group(self) -> str:
        """The line of the tables that counts it: its family, or `scans`."""
        return "scans" if self.scan else self.family


class SetError(RuntimeError):
    """The set cannot be made as it was frozen."""


def read_set(path: Path = SET) -> list[Entry]:
    """The annexes of the set."""
    kinds = {field.name: {"int": int, "bool": lambda text: text == "yes"}.get(field.type, str)
             for field in fields(Entry)}  # fmt: skip
    with path.open(encoding="utf-8", newline="") as file:
        return [Entry(**{k: kinds[k](v) for k, v in row.items()}) for row in csv.DictReader(file)]


def write_set(entries: Iterable[Entry], path: Path = SET) -> None:
    """Write the annexes of a new version of the set."""
    with path.open("w", encoding="utf-8", newline="") as file:
        names = [field.name for field in fields(Entry)]
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        for entry in entries:
            writer.writerow({**asdict(entry), "guard": "yes" if entry.guard else ""})


def restart_on_plain_processor() -> None:
    """Start this program again with `PLAIN_PROCESSOR`, which libraries read as they are loaded."""
    if any(os.environ.get(name) != value for name, value in PLAIN_PROCESSOR.items()):
        os.execve(sys.executable, sys.orig_argv, {**os.environ, **PLAIN_PROCESSOR})


def make_set(entries: Iterable[Entry], folder: Path) -> Iterator[Entry]:
    """Make annexes of the set; those whose files are there already are not made again.

    Yields:
        Each entry with the pages, records and hashes of its files.

    Raises:
        SetError: A font is missing, or is another one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        factory = import_module(_extract_factory(Path(scratch)))
        fonts = import_module(f"{factory.__name__}.fonts")
        _check_fonts(fonts.TRUETYPE_FILES)
        fonts.TRUETYPE_FILES = {name: fonts.TRUETYPE_FILES[name] for name in FONTS}
        for entry in entries:
            pdf = folder / f"{entry.annex}.pdf"
            if not (pdf.exists() and _digest(pdf) == entry.pdf):
                _make(factory.__name__, entry, pdf)
            yield _describe(entry, pdf)


def _extract_factory(scratch: Path) -> str:
    """Put the factory that made the set where it can be imported, and return its name.

    The factory of today may draw other texts. Where git has no history, it is taken all the same:
    the hashes say whether it makes the same annexes.
    """
    archive = _run_git("archive", "--format=zip", FACTORY_COMMIT, "benchmarks/factory")
    if archive.returncode:
        return "benchmarks.factory"
    with zipfile.ZipFile(io.BytesIO(archive.stdout)) as files:
        files.extractall(scratch)
    (scratch / "benchmarks" / "factory").rename(scratch / "frozen_factory")
    sys.path.insert(0, str(scratch))
    return "frozen_factory"


def has_factory() -> bool:
    """Whether git has the commit whose factory makes the set."""
    return not _run_git("cat-file", "-e", f"{FACTORY_COMMIT}:benchmarks/factory").returncode


def _run_git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, check=False)


def _check_fonts(files: Mapping[str, Path]) -> None:
    for name, digest in FONTS.items():
        if not files[name].exists():
            raise SetError(f"the font {name} is not installed; on Debian: {FONT_PACKAGES}")
        if _digest(files[name]) != digest:
            raise SetError(f"{files[name]} is another version of {name} than the set's")


def _make(factory: str, entry: Entry, pdf: Path) -> None:
    make = import_module(f"{factory}.make").make
    scans = import_module(f"{factory}.scans")
    with TemporaryDirectory() as scratch:
        made = make(Path(scratch), entry.family, entry.engine, entry.seed, entry.place).pdf
        if entry.scan:
            preset = entry.scan.rstrip("0123456789")
            resolution = int(entry.scan.removeprefix(preset))
            scanner = replace(scans.PRESETS[preset], resolution=resolution)
            seed = entry.seed + entry.place
            (made,) = scans.scan_folder(made.parent, made.parent / "scan", preset, scanner, seed)
        # pikepdf's wheel brings its own zlib, so the streams are compressed alike everywhere.
        with pikepdf.open(made) as document:
            document.save(pdf, recompress_flate=True, deterministic_id=True)
        shutil.copy(made.with_suffix(".json"), pdf.with_suffix(".json"))


def _describe(entry: Entry, pdf: Path) -> Entry:
    with pikepdf.open(pdf) as document:
        pages = len(document.pages)
    truth = pdf.with_suffix(".json")
    records = sum(len(table["records"]) for table in json.loads(truth.read_bytes())["tables"])
    return replace(entry, pages=pages, records=records, pdf=_digest(pdf), truth=_digest(truth))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_made(wanted: Entry, made: Entry) -> None:
    """Compare a made annex with the frozen one.

    Raises:
        SetError: Its bytes are others; the message says what may be the cause.
    """
    if (made.pdf, made.truth) == (wanted.pdf, wanted.truth):
        return
    raise SetError(
        f"{wanted.annex} is not the frozen one, byte for byte: are the packages of "
        "requirements-dev.lock installed, is the processor an x86-64 one, and does git have "
        f"commit {FACTORY_COMMIT}, whose factory made the set?"
    )
