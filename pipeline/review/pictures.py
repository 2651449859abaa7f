"""Pictures of the pages, each made once."""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.errors import DamagedError, InputError
from pipeline.inspect.rendering import Rendering, render_pages
from pipeline.review.view import AnnexView, PageView
from pipeline.runner import find_annexes
from pipeline.store import read_source, write_whole

_LOG = logging.getLogger(__name__)
_TAG = 12  # letters of the PDF's SHA-256 in a picture's name: another PDF has other pictures
_LOSSLESS: dict[str, Any] = {
    "lossless": True,
    "method": 2,
}  # drawn type: smaller than lossy, and sharp
_LOSSY: dict[str, Any] = {"quality": 70, "method": 2}  # scans: a tenth of lossless


def find_pdfs(folder: Path) -> Mapping[str, Path]:
    """Annex → its PDF, in a folder and the folders below; none where there is no such folder.

    Raises:
        InputError: Two PDFs have one name.
    """
    if not any(folder.rglob("*.[pP][dD][fF]")):
        return {}
    return {path.stem: path for path in find_annexes([folder])}


def add_pictures(view: AnnexView, run: Path, pdf: Path | None, out: Path) -> AnnexView:
    """Draw the pages of an annex, those that are not there yet.

    Args:
        view: The annex.
        run: The folder that the run wrote.
        pdf: Where its PDF should be; None: there is none.
        out: The folder of pictures.

    Returns:
        The annex with its pictures, or with the reason why it has none.
    """
    if not view.pages:
        return view
    try:
        drawn = _draw(view, run, pdf, out / view.annex)
    except (InputError, DamagedError) as error:
        return replace(view, no_picture=str(error))
    return replace(
        view,
        pages=[replace(page, picture=f"{view.annex}/{drawn[page.number]}") for page in view.pages],
    )


def _draw(view: AnnexView, run: Path, pdf: Path | None, out: Path) -> dict[int, str]:
    """Page → name of its picture."""
    if pdf is None:
        raise InputError(f"{view.annex}.pdf is not there; name its folder with --pdfs")
    data = pdf.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != read_source(run / "records" / f"{view.annex}.parquet"):
        raise InputError(
            f"{pdf} is not the PDF that was read (its SHA-256 is another); "
            "run it again, or name the folder of the one that was read with --pdfs"
        )
    names = {page.number: f"{digest[:_TAG]}-p{page.number:03}.webp" for page in view.pages}
    pages = {page.number: page for page in view.pages if not (out / names[page.number]).exists()}
    _LOG.info("%s: pages to draw: %d", view.annex, len(pages))
    try:
        for rendering in render_pages(data, pages):
            _save(rendering, pages[rendering.number], out / names[rendering.number])
    except DamagedError as error:
        raise DamagedError(f"{pdf}: {error}") from error
    for old in set(out.glob("*.webp")) - {out / name for name in names.values()}:
        old.unlink()  # of a PDF that was exchanged
    return names


def _save(rendering: Rendering, page: PageView, path: Path) -> None:
    options = _LOSSLESS if page.source == "text_layer" else _LOSSY
    write_whole(path, partial(rendering.image.save, format="WEBP", **options))
