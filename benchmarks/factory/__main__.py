"""``python -m benchmarks.factory OUT --count N --seed S``: write annexes with their truth."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from .engines import FAMILIES, GROUPS, available_engines
from .make import make_many


def main() -> None:
    """Read the arguments and write the annexes."""
    options = _parser().parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    available = available_engines(options.family)
    wanted = _named(options.engines) if options.engines else available
    missing = [name for name in wanted if name not in available]
    if missing:
        unknown, known = ", ".join(missing), ", ".join(available)
        raise SystemExit(f"engines not installed or not known: {unknown} (have: {known})")
    for made in make_many(options.out, options.family, wanted, options.seed, options.count):
        altered = f" [{made.altered} characters under another code point]" if made.altered else ""
        print(f"{made.annex.id}: {made.annex.description}{altered}", flush=True)
        for reason in made.refused:
            print(f"    refused: {reason}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.factory", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("--count", type=int, default=10, help="annexes to write (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="(%(default)s)")
    parser.add_argument("--engines", help="comma-separated; all that are installed by default")
    parser.add_argument("--family", choices=tuple(FAMILIES), default="simple")
    return parser


def _named(engines: str) -> tuple[str, ...]:
    """The engines of a comma-separated list, group names resolved."""
    names = engines.split(",")
    return tuple(engine for name in names for engine in GROUPS.get(name, (name,)))


if __name__ == "__main__":
    main()
