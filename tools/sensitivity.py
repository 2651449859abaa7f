"""``python -m tools.sensitivity``: move each judged threshold and see which records change.

Each constant that is marked `judgement` is moved by a quarter down and up. With each value the
stages run over annexes of the factory, and their results are compared with those of the value as
it is, and with the truth. The table goes to stdout as Markdown, progress to stderr.
"""

from __future__ import annotations

import argparse
import dataclasses
import logging
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.factory import make
from pipeline.files import truths
from tools.threshold_effects import Effect, Move, list_moves, measure
from tools.thresholds import Threshold, find_thresholds, is_captured

FOR_SCANS = (".ocr.", ".ocr_repair.", ".vocabulary.character_widths")
"""Parts of the names of modules that only recognised pages use."""
WIDE = ("wide", "drawn")
LAYOUTS = (("simple", "drawn"), WIDE, WIDE, ("simple", "flowed"), WIDE, WIDE)
"""Families and engines of the annexes, in turn: those that need nothing but Python packages."""


def main() -> None:
    """Read the arguments, move the thresholds and print the table."""
    options = _parser().parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    judged = [t for t in find_thresholds() if "judgement" in t.marks]
    named = [t for t in judged if options.only in t.full_name]
    chosen = [t for t in named if _is_for_scans(t) == options.scans]
    captured = [t for t in chosen if is_captured(t)]
    moves = [move for t in chosen if t not in captured for move in list_moves(t)]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BESSHI_CACHE"] = f"{folder}/cache"
        annexes = _make_scans if options.scans else _make_annexes
        annexes(Path(folder), options.seed, options.count)
        effects = dict(measure(moves, Path(folder)))
        pages, records = _size(Path(folder))
    print(f"{options.count} annexes of seed {options.seed}: {pages} pages, {records} records.\n")
    _print_table(moves, effects)
    _print_rest(moves, effects, captured)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.sensitivity", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="of the annexes (%(default)s)")
    parser.add_argument("--count", type=int, default=12, help="annexes (%(default)s)")
    parser.add_argument("--only", default="", help="a part of the names of the constants to move")
    parser.add_argument(
        "--scans",
        action="store_true",
        help="move the constants that only recognised pages use, over scans: 10 s a page and value",
    )
    return parser


def _is_for_scans(threshold: Threshold) -> bool:
    return any(part in threshold.module for part in FOR_SCANS)


def _make_annexes(folder: Path, seed: int, count: int) -> None:
    for place in range(count):
        family, engine = LAYOUTS[place % len(LAYOUTS)]
        make(folder, family, engine, seed, place)


def _make_scans(folder: Path, seed: int, count: int) -> None:
    """Scan so many annexes, each of a page or two, in good and in bad quality."""
    from benchmarks.factory.scans import PRESETS, scan_pdf

    place = made = 0
    while made < count:
        annex = make(folder, "wide", "drawn", seed, place)
        place += 1
        if annex.pages > 2 or not any(table.rows for table in annex.annex.tables):
            annex.pdf.unlink()
            continue
        preset = PRESETS["worn" if made % 2 else "scan"]
        annex.pdf.write_bytes(scan_pdf(annex.pdf.read_bytes(), preset, seed + made))
        made += 1


def _size(folder: Path) -> tuple[int, int]:
    """Count the pages and the records of the annexes."""
    from pypdf import PdfReader

    files = sorted(folder.glob("*.pdf"))
    known = (truths.read_truth(file.with_suffix(".json")) for file in files)
    return sum(len(PdfReader(file).pages) for file in files), sum(t.records for t in known)


def _print_table(moves: Sequence[Move], effects: Mapping[Move, Effect]) -> None:
    print("Records / fields / line breaks that change, and by how much the scores rise:\n")
    print("| constant | value | a quarter less | a quarter more |")
    print("|---|---|---|---|")
    rows = {(m.threshold, m.index): m for m in moves}
    pairs = [
        (m, [effects[dataclasses.replace(m, direction=d)] for d in (-1, 1)]) for m in rows.values()
    ]
    pairs.sort(key=lambda pair: max(effect.rank for effect in pair[1]), reverse=True)
    for move, (less, more) in pairs:
        if not (less.is_none and more.is_none):
            module = move.threshold.module.removeprefix("pipeline.")
            print(f"| `{module}.{move.label}` | {move.number:g} | {less} | {more} |")


def _print_rest(
    moves: Sequence[Move], effects: Mapping[Move, Effect], captured: Sequence[Threshold]
) -> None:
    idle = [
        move
        for move in moves
        if move.direction > 0
        and effects[move].is_none
        and effects[dataclasses.replace(move, direction=-1)].is_none
    ]
    print(f"\nThese {len(idle)} change nothing on these annexes:\n")
    for move in idle:
        module = move.threshold.module.removeprefix("pipeline.")
        print(f"- `{module}.{move.label}` = {move.number:g}")
    print("\nThese cannot be moved, since other values are computed from them at import:\n")
    for threshold in captured:
        print(f"- `{threshold.full_name.removeprefix('pipeline.')}` = {threshold.value}")


if __name__ == "__main__":
    main()
