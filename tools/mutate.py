"""besshi over PDFs that were changed at random: what hangs, crashes the run, loses a good one.

python -m tools.mutate [N [SEED]]   N mutated PDFs (1,000), the same for the same seed
"""

import contextlib
import io
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pikepdf

from pipeline.files.parquet import read_rows
from tools import ROOT
from tools.hostile.trial import GOOD, SECONDS, run

SOURCES = (
    ROOT / "raw_pdfs" / "ota_annex.pdf",
    ROOT / "tests" / "layouts" / "ota_annex_calc.pdf",
    GOOD,
)
BATCH = 50  # PDFs a run
_GIANT = (b"0", b"-1", b"99999999999", b"1e999", b"NaN", b"4294967295", b"0.0000001", b"/x", b"[")

Mutation = Callable[[random.Random, bytearray], None]


def _cut(dice: random.Random, data: bytearray) -> None:
    del data[dice.randrange(len(data)) :]


def _flip(dice: random.Random, data: bytearray) -> None:
    for _ in range(dice.choice((1, 10, 100))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _drop(dice: random.Random, data: bytearray) -> None:
    start = dice.randrange(len(data))
    del data[start : start + dice.randrange(1, 5000)]


def _double(dice: random.Random, data: bytearray) -> None:
    start = dice.randrange(len(data))
    data[start:start] = data[start : start + dice.randrange(1, 5000)]


def _blank(dice: random.Random, data: bytearray) -> None:
    start = dice.randrange(len(data))
    end = min(len(data), start + dice.randrange(1, 2000))
    data[start:end] = bytes(end - start)


def _renumber(dice: random.Random, data: bytearray) -> None:
    """Put giants and nonsense in the place of some numbers."""
    for _ in range(dice.choice((1, 5, 20))):
        start = dice.randrange(len(data))
        digits = [
            place for place in range(start, min(start + 500, len(data))) if 48 <= data[place] < 58
        ]
        if digits:
            data[digits[0] : digits[0] + 1] = dice.choice(_GIANT)


_MUTATIONS: tuple[Mutation, ...] = (
    _cut,
    _flip,
    _flip,
    _drop,
    _double,
    _blank,
    _renumber,
    _renumber,
)


@dataclass(slots=True)
class Tally:
    """What became of mutated PDFs."""

    files: int = 0
    hangs: list[str] = field(default_factory=list)
    """Batches that took longer than the limits of all their annexes."""
    crashes: list[str] = field(default_factory=list)
    """Batches whose run did not end as it should."""
    losses: list[str] = field(default_factory=list)
    """Batches after which the good annex was not as it is alone, or a bad one is nowhere."""
    bugs: list[str] = field(default_factory=list)
    """Annexes that besshi says it failed in, or whose process died."""
    codes: Counter[str] = field(default_factory=Counter)
    megabytes: int = 0


def make_mutants(count: int, seed: int) -> Iterator[bytes]:
    """PDFs changed at random, half of them with their streams laid open first."""
    dice = random.Random(seed)
    bases = [base for source in SOURCES for base in (source.read_bytes(), _lay_open(source))]
    for _ in range(count):
        data = bytearray(dice.choice(bases))
        dice.choice(_MUTATIONS)(dice, data)
        yield bytes(data)


def _lay_open(source: Path) -> bytes:
    """A PDF without compression: what is changed is what it draws, not how it is packed."""
    made = io.BytesIO()
    with pikepdf.open(source) as pdf:
        pdf.save(
            made,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return made.getvalue()


def try_mutants(count: int, seed: int, keep: Path | None = None, seconds: float = SECONDS) -> Tally:
    """Run besshi over mutated PDFs, a good one in each batch.

    Args:
        count: How many.
        seed: Of the dice.
        keep: A folder for those in which besshi failed; None: they are not kept.
        seconds: The limit of a page.
    """
    tally, mutants = Tally(), enumerate(make_mutants(count, seed))
    with tempfile.TemporaryDirectory() as place:
        alone = _run_alone(Path(place))
        while batch := dict(islice(mutants, BATCH)):
            _try_batch(batch, Path(place), alone, tally, keep, seconds)
            tally.files += len(batch)
    return tally


def _run_alone(place: Path) -> bytes:
    (place / "alone").mkdir()
    shutil.copy(GOOD, place / "alone" / "good.pdf")
    run(place / "alone", place / "alone_out", "good", seconds=60)
    return (place / "alone_out" / "records" / "good.parquet").read_bytes()


def _try_batch(
    batch: dict[int, bytes],
    place: Path,
    alone: bytes,
    tally: Tally,
    keep: Path | None,
    seconds: float,
) -> None:
    folder, out = place / "in", place / "out"
    for path in (folder, out):
        shutil.rmtree(path, ignore_errors=True)
    folder.mkdir()
    shutil.copy(GOOD, folder / "good.pdf")
    names = {f"m{number}": data for number, data in batch.items()}
    for name, data in names.items():
        (folder / f"{name}.pdf").write_bytes(data)
    begun = time.monotonic()
    outcome = run(folder, out, "good", seconds)
    first, last = min(batch), max(batch)
    where = f"{first}–{last}"
    if time.monotonic() - begun > _most_time(len(batch), seconds):
        tally.hangs.append(where)
    if outcome.exit_code not in (0, 4):
        tally.crashes.append(f"{where}: exit {outcome.exit_code}")
        return
    tally.megabytes = max(tally.megabytes, outcome.megabytes)
    rows = read_rows(out / "issues.parquet")
    _count(names, rows, out, tally, keep)
    good = out / "records" / "good.parquet"
    if not good.exists() or good.read_bytes() != alone:
        tally.losses.append(where)


def _most_time(files: int, seconds: float) -> float:
    """Seconds that a batch may take: each page's limit, for PDFs of 16 pages, on 2 processes."""
    return (files + 1) * seconds * 17 / 2


def _count(
    names: dict[str, bytes], rows: list[dict[str, str]], out: Path, tally: Tally, keep: Path | None
) -> None:
    """Note what is said of each PDF of a batch, and of which nothing is there."""
    errors = {row["annex"]: row for row in rows if row["level"] == "error"}
    for name, data in names.items():
        code = errors[name]["code"] if name in errors else "read"
        tally.codes[code] += 1
        if code == "read" and not (out / "records" / f"{name}.parquet").exists():
            tally.losses.append(name)
        if code in ("internal", "crashed"):
            tally.bugs.append(f"{name}: {errors[name]['message']}")
        if keep and code in ("internal", "crashed", "too_slow", "out_of_memory"):
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{name}-{code}.pdf").write_bytes(data)


def main(arguments: list[str]) -> int:
    """Try, and say what came of it; 1 where something hangs, crashes or is lost."""
    count, seed = [*map(int, arguments), *(1000, 1)[len(arguments) :]][:2]
    begun = time.monotonic()
    tally = try_mutants(count, seed, Path("mutants"))
    for told in (*tally.hangs, *tally.crashes, *tally.losses, *tally.bugs):
        print(told)
    print(
        f"{tally.files} mutated PDFs (seed {seed}) in {time.monotonic() - begun:.0f} s: "
        f"hangs {len(tally.hangs)}, crashes {len(tally.crashes)}, losses {len(tally.losses)}; "
        f"besshi's own failures {len(tally.bugs)}; most memory {tally.megabytes} MB\n"
        + ", ".join(f"{code} {number}" for code, number in tally.codes.most_common())
    )
    return int(bool(tally.hangs or tally.crashes or tally.losses or tally.bugs))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
