"""Pictures of the pages, each made once."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.errors import DamagedError, InputError
from pipeline.inspect.rendering import Rendering, render_pages
from pipeline.review.view import AnnexView, PageView
from pipeline.store import read_source, write_whole

_LOG = logging.getLogger(__name__)
_TAG = 12  # letters of the PDF's SHA-256 in a picture's name: another PDF has other pictures
_LOSSLESS: dict[str, Any] = {
    "lossless": True,
    "method": 2,
}  # drawn type: smaller than lossy, and sharp
_LOSSY: dict[str, Any] = {"quality": 70, "method": 2}  # scans: a tenth of lossless


def find_pdfs(folder: Path) -> Mapping[str, Sequence[Path]]:
    """Annex → the PDFs that have its name, in a folder and the folders below."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*.[pP][dD][fF]")):
        found.setdefault(path.stem, []).append(path)
    return found


def add_pictures(view: AnnexView, run: Path, pdfs: Sequence[Path], out: Path) -> AnnexView:
    """Draw the pages of an annex, those that are not there yet.

    Args:
        view: The annex.
        run: The folder that the run wrote.
        pdfs: Those that have its name.
        out: The folder of pictures.

    Returns:
        The annex with its pictures, or with the reason why it has none.
    """
    if not view.pages:
        return view
    try:
        pdf = _choose(view.annex, pdfs, read_source(run / "records" / f"{view.annex}.parquet"))
        drawn = _draw(view, pdf, out / view.annex)
    except (InputError, DamagedError) as error:
        return replace(view, no_picture=str(error))
    return replace(
        view,
        pages=[replace(page, picture=f"{view.annex}/{drawn[page.number]}") for page in view.pages],
    )


@dataclass(frozen=True, slots=True)
class _Pdf:
    path: Path
    data: bytes
    digest: str


def _choose(annex: str, pdfs: Sequence[Path], digest: str) -> _Pdf:
    """The PDF that was read: boxes over the pages of another one would mislead.

    Raises:
        InputError: It is not there.
    """
    for path in pdfs:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(
                f"{path}: cannot be read ({error.strerror}); check its rights"
            ) from error
        if hashlib.sha256(data).hexdigest() == digest:
            return _Pdf(path, data, digest)
    if not pdfs:
        raise InputError(f"{annex}.pdf is not there; name its folder with --pdfs")
    raise InputError(
        f"{pdfs[0]} is not the PDF that was read (its SHA-256 is another); "
        "run it again, or name the folder of the one that was read with --pdfs"
    )


def _draw(view: AnnexView, pdf: _Pdf, out: Path) -> dict[int, str]:
    """Page → name of its picture."""
    names = {page.number: f"{pdf.digest[:_TAG]}-p{page.number:03}.webp" for page in view.pages}
    pages = {page.number: page for page in view.pages if not (out / names[page.number]).exists()}
    _LOG.info("%s: pages to draw: %d", view.annex, len(pages))
    try:
        for rendering in render_pages(pdf.data, pages):
            _save(rendering, pages[rendering.number], out / names[rendering.number])
    except DamagedError as error:
        raise DamagedError(f"{pdf.path}: {error}") from error
    for old in set(out.glob("*.webp")) - {out / name for name in names.values()}:
        old.unlink()  # of a PDF that was exchanged
    return names


def _save(rendering: Rendering, page: PageView, path: Path) -> None:
    options = _LOSSLESS if page.source == "text_layer" else _LOSSY
    write_whole(path, partial(rendering.image.save, format="WEBP", **options))
