"""From a seed to a PDF with its truth."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from .engines import FAMILIES, Engine
from .model import Annex, LayoutError
from .verify import UnfaithfulError, finish, verify

_LAYOUTS = 6
"""PDFs made for one annex before giving up: a program may clip or lose text."""
_DRAWS = 60
"""Annexes drawn for them: one may have too few columns for its engine, which costs nothing."""


@dataclasses.dataclass(frozen=True)
class Made:
    """An annex that was written, and how."""

    annex: Annex
    pdf: Path
    pages: int
    altered: int
    """Characters that the PDF has under another code point of the same letter."""
    refused: tuple[str, ...]
    """Why earlier attempts were not taken."""


def make(folder: Path, family: str, engine: str, seed: int, place: int) -> Made:
    """Write `<id>.pdf` and `<id>.json`; the same arguments give the same annex and layout.

    Raises:
        UnfaithfulError: no attempt gave a PDF that shows what the truth says.
    """
    annex_id = f"{family}_{engine}_s{seed}_{place:03}"
    return make_with(folder, FAMILIES[family][engine], annex_id, annex_id)


def make_with(folder: Path, program: Engine, annex_id: str, seed: str) -> Made:
    """Write `<id>.pdf` and `<id>.json` with a program.

    Raises:
        UnfaithfulError: as of `make`.
    """
    pdf = folder / f"{annex_id}.pdf"
    refused: list[str] = []
    layouts = 0
    for draw in range(_DRAWS):
        if layouts == _LAYOUTS:
            break
        rng = Random(f"{seed}/{draw}")
        annex = program.prepare(program.draw(annex_id, rng, program.size))
        try:
            laid = program.lay_out(annex, rng, pdf)
        except LayoutError as error:
            refused.append(str(error))
            continue
        layouts += 1
        annex = laid.annex or annex
        try:
            pages, altered = verify(annex, pdf, laid)
            finish(laid, pdf)
        except UnfaithfulError as error:
            pdf.unlink()
            refused.append(f"{laid.layout}: {error}")
            continue
        description = f"{annex.description} on {pages} pages; {laid.layout}"
        annex = dataclasses.replace(annex, description=description)
        truth = json.dumps(annex.truth(), ensure_ascii=False, indent=1)
        pdf.with_suffix(".json").write_text(truth + "\n", encoding="utf-8")
        return Made(annex, pdf, pages, altered, tuple(refused))
    raise UnfaithfulError(f"{annex_id}: " + "; ".join(dict.fromkeys(refused)))


def make_many(
    folder: Path, family: str, engines: Sequence[str], seed: int, count: int
) -> Iterator[Made]:
    """Write so many annexes, the engines in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    for place in range(count):
        yield make(folder, family, engines[place % len(engines)], seed, place)
