"""``python -m benchmarks.factory.written TEXTS.yml OUT``: lay out texts that somebody wrote.

`raw_pdfs` has two such annexes, of offices that do not exist. Their texts are beside this module.
"""

from __future__ import annotations

import argparse
import dataclasses
import logging
from pathlib import Path
from random import Random
from typing import Any

import yaml

from ..annexes import Size
from ..engines import FAMILIES
from ..make import make_with
from ..wide.document import Headed, Prose, Total, WideAnnex, WideTable


def read_annex(path: Path) -> WideAnnex:
    """The annex that a file of texts describes; its id is the file's stem.

    A row is a list with a text for each column. A row that is a text is a heading.
    """
    texts = yaml.safe_load(path.read_text(encoding="utf-8"))
    columns = tuple(Headed.of(role, (header,)) for header, role in texts["columns"].items())
    table = WideTable(
        texts["title"],
        texts["caption"],
        columns,
        tuple(tuple(row) for row in texts["rows"] if isinstance(row, list)),
        totals=_headings(texts["rows"], len(columns)),
    )
    notes = (Prose("note", texts["notes"]),) if "notes" in texts else ()
    description = f"{texts['title']}: {len(table.rows)} records"
    return WideAnnex.of(path.stem, description, (table, *notes))


def _headings(rows: list[Any], width: int) -> tuple[Total, ...]:
    found = []
    records = 0
    for row in rows:
        if isinstance(row, list):
            records += 1
        else:
            found.append(Total(records, (row, *[""] * (width - 1)), centred=False, depth=0))
    return tuple(found)


def main() -> None:
    """Read the arguments and write the annex with its truth."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.factory.written", description=__doc__
    )
    parser.add_argument("texts", type=Path, help="YAML file of texts")
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument(
        "--family", choices=("simple", "wide"), default="wide", help="(%(default)s)"
    )
    parser.add_argument("--engine", default="chromium", help="(%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the look (%(default)s)")
    options = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    annex = read_annex(options.texts)

    def draw(annex_id: str, rng: Random, size: Size) -> WideAnnex:
        return annex

    program = dataclasses.replace(FAMILIES[options.family][options.engine], draw=draw)
    options.out.mkdir(parents=True, exist_ok=True)
    made = make_with(options.out, program, annex.id, f"{annex.id}_s{options.seed}")
    print(made.annex.description, *made.refused, sep="\n    refused: ")


if __name__ == "__main__":
    main()
