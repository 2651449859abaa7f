"""Annexes of other engines with two pages on each sheet of paper."""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path
from random import Random

from pypdf import PageObject, PdfReader, PdfWriter, Transformation

from ..model import Annex, Laid


def lay_out_with(engine: str, annex: Annex, rng: Random, path: Path) -> Laid:
    """Lay the annex out with an engine, and put two of its pages on each sheet."""
    module = importlib.import_module(f"..{engine}", __package__)
    with tempfile.TemporaryDirectory(prefix="factory-two-up-") as folder:
        single = Path(folder) / "single.pdf"
        laid = module.lay_out(annex, rng, single)
        scale = rng.choice((0.7071, 0.65, 1.0))
        _impose(single, path, scale)
    layout = laid.layout if isinstance(laid, Laid) else str(laid)
    return Laid(f"two up (x{scale}) of {layout}")


def _impose(single: Path, path: Path, scale: float) -> None:
    pages = PdfReader(single).pages
    width, height = (float(length) * scale for length in pages[0].mediabox[2:])
    writer = PdfWriter()
    for place in range(0, len(pages), 2):
        sheet = PageObject.create_blank_page(width=2 * width, height=height)
        for side, page in enumerate(pages[place : place + 2]):
            move = Transformation().scale(scale).translate(side * width, 0)
            sheet.merge_transformed_page(page, move)
        writer.add_page(sheet)
    writer.write(path)
