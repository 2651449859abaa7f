"""``python -m benchmarks.mistakes WORK FAMILY=FOLDER …``; see README.md."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

from pipeline.files.truths import read_truths
from pipeline.judge import annex as judge
from pipeline.judge.signs import Weights, weights
from pipeline.model import TEXT_ROLES
from pipeline.normalize import calibration as exponents
from pipeline.normalize.record import calibration

from .calibrate import (
    SOURCES,
    Example,
    describe_confidence,
    describe_exponents,
    expect,
    fit_exponents,
    list_examples,
)
from .diagram import draw_reliability
from .fit import JUDGED, Examples, collect, count_named, describe, fit
from .pairs import describe_pairs, fit_pairs
from .right import Reading, read_folder

_JUDGE, _NORMALIZE = Path(judge.__file__).parent, Path(exponents.__file__).parent
_DIAGRAM = Path(__file__).parents[2] / "docs" / "reliability_diagram.svg"
_LEAST = 24  # characters of a text whose lines are mixed


def main() -> None:
    """Read the arguments; fit and write what the judge reads, or measure it."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mistakes", description=__doc__)
    parser.add_argument("work", choices=("pairs", "fit", "measure", "calibrate", "reliability"))
    parser.add_argument("sets", nargs="+", metavar="FAMILY=FOLDER", help="PDFs with truths")
    parser.add_argument("--seed", type=int, default=0, help="of what is planted (%(default)s)")
    options = parser.parse_args()
    folders = {name: Path(folder) for name, _, folder in (s.partition("=") for s in options.sets)}
    if options.work == "pairs":
        natural = _texts([folders.pop("golden")]) if "golden" in folders else []
        odds = fit_pairs(_texts(folders.values()), Random(options.seed), natural)
        (_JUDGE / "pairs.yml").write_text(describe_pairs(odds), encoding="utf-8")
        return
    readings = {name: list(read_folder(folder, name)) for name, folder in folders.items()}
    if options.work in ("calibrate", "reliability"):
        examples = {name: list(list_examples(found)) for name, found in readings.items()}
        _calibrate(examples) if options.work == "calibrate" else _draw(examples)
        return
    if options.work == "fit":
        _fit(readings, options.seed)
    for name, found in readings.items():
        _show(f"{name}, weights as they are", found, weights(), options.seed)


def _calibrate(examples: Mapping[str, Sequence[Example]]) -> None:
    """Fit and write the exponents, and show what those fitted without a family say of it."""
    fitted = {source: fit_exponents(_of_source(examples.values(), source)) for source in SOURCES}
    (_NORMALIZE / "calibration.yml").write_text(describe_exponents(fitted), encoding="utf-8")
    for name, own in examples.items():
        others = [found for other, found in examples.items() if other != name]
        for source in SOURCES:
            unseen = _of_source([own], source)
            if unseen and any(_of_source(others, source)):
                by = fit_exponents(_of_source(others, source))
                print(f"{name}, {source}, fitted without it ({by}):")
                print(f"  {describe_confidence(unseen, expect(unseen, by))}", flush=True)


def _draw(examples: Mapping[str, Sequence[Example]]) -> None:
    """Write the reliability diagram, and show what confidences say."""
    panels = {}
    for source in SOURCES:
        found = _of_source(examples.values(), source)
        confidences = expect(found, calibration(source))
        print(f"{source}: {describe_confidence(found, confidences)}", flush=True)
        rights = [example.is_right for example in found]
        panels[source.replace("_", " ")] = list(zip(confidences, rights, strict=True))
    _DIAGRAM.write_text(draw_reliability(panels), encoding="utf-8")


def _of_source(sets: Iterable[Sequence[Example]], source: str) -> list[Example]:
    return [example for found in sets for example in found if example.source == source]


def _texts(folders: Iterable[Path]) -> list[str]:
    return [
        text
        for folder in folders
        for _, truth in read_truths(folder)
        for table in truth.tables
        for record in table.records
        for role in TEXT_ROLES
        if len(text := record.get(role) or "") >= _LEAST
    ]


def _fit(readings: Mapping[str, Sequence[Reading]], seed: int) -> None:
    """Fit and write the weights, and show what each family says of weights without it."""
    examples = {name: collect(found, Random(seed)) for name, found in readings.items()}
    sets = " ".join(f"{name}=FOLDER" for name in readings)
    command = f"python -m benchmarks.mistakes fit {sets} --seed {seed}"
    whole = sum(examples.values(), Examples.none())
    (_JUDGE / "weights.yml").write_text(describe(fit(whole, JUDGED), command), encoding="utf-8")
    weights.cache_clear()
    for name in readings if len(readings) > 1 else ():
        others = sum((e for n, e in examples.items() if n != name), Examples.none())
        _show(f"{name}, fitted without it", readings[name], fit(others, JUDGED), seed)


def _show(title: str, readings: Sequence[Reading], by: Weights, seed: int) -> None:
    print(f"{title}:")
    for kind, count, named in count_named(readings, by, Random(seed)):
        print(f"  {kind}: {named} of {count} flagged", flush=True)


if __name__ == "__main__":
    main()
