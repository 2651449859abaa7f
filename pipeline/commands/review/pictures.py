"""Pictures of the pages, each made once."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import tee
from pathlib import Path
from typing import Any

from pipeline.batch.process_pool import Loss, work_on
from pipeline.batch.resource_limits import Limits, allow_page
from pipeline.commands.rendering import Rendering, render_pages
from pipeline.commands.review.annex_view import AnnexView
from pipeline.errors import DamagedError, InputError
from pipeline.files import find_files, read_file
from pipeline.files.atomic import write_whole
from pipeline.files.parquet import read_source

_TAG = 12  # letters of the PDF's SHA-256 in a picture's name: another PDF has other pictures
_LOSSLESS: dict[str, Any] = {
    "lossless": True,
    "method": 2,
}  # drawn type: smaller than lossy, and sharp
_LOSSY: dict[str, Any] = {"quality": 70, "method": 2}  # scans: a tenth of lossless


def find_pdfs(folder: Path) -> Mapping[str, Sequence[Path]]:
    """Annex → the PDFs that have its name, in a folder and the folders below.

    Raises:
        OSError: A folder cannot be listed.
    """
    found: dict[str, list[Path]] = {}
    if folder.exists():
        for path in (Path(file.address) for file in find_files(str(folder))):
            if path.suffix.lower() == ".pdf":
                found.setdefault(path.stem, []).append(path)
    return found


@dataclass(frozen=True, slots=True)
class _Album:
    """The pages of an annex of which there are to be pictures."""

    annex: str
    sources: Mapping[int, str]
    """Page → where its text is from."""
    pdfs: Sequence[Path]
    """Those that have the annex's name."""


def add_pictures(
    views: Iterator[AnnexView],
    run: Path,
    pdfs: Mapping[str, Sequence[Path]],
    out: Path,
    limits: Limits,
) -> Iterator[AnnexView]:
    """Draw the pages of annexes, those that are not there yet, in a process with limits.

    Args:
        views: The annexes.
        run: The folder that the run wrote.
        pdfs: Annex → the PDFs that have its name.
        out: The folder of pictures.
        limits: Of each annex.

    Yields:
        Each annex with its pictures, or with the reason why it has none.
    """
    there, again = tee(views)
    albums = (
        _Album(v.annex, {p.number: p.source for p in v.pages}, pdfs.get(v.annex, ())) for v in again
    )
    with closing(work_on(partial(_draw_album, run, out), albums, 1, limits)) as drawn:
        for view, made in zip(there, drawn, strict=True):  # one process: they come in order
            if isinstance(made, Loss):
                made = f"{view.annex}: {made.error}"
            yield _with_pictures(view, made)


def _with_pictures(view: AnnexView, made: dict[int, str] | str) -> AnnexView:
    if isinstance(made, str):
        return replace(view, no_picture=made)
    names = ((page, f"{view.annex}/{made[page.number]}") for page in view.pages)
    return replace(view, pages=[replace(page, picture=name) for page, name in names])


def _draw_album(run: Path, out: Path, album: _Album) -> dict[int, str] | str:
    """Page → the name of its picture; or why there is none."""
    if not album.sources:
        return {}
    try:
        digest = read_source(run / "records" / f"{album.annex}.parquet")
        return _draw(album, _choose(album.annex, album.pdfs, digest), out / album.annex)
    except (InputError, DamagedError) as error:
        return str(error)


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
    if not pdfs:
        raise InputError(f"{annex}.pdf is not there; name its folder with --pdfs")
    unread = ""
    for path in pdfs:
        try:
            data = read_file(str(path))
        except OSError as error:
            unread = f"{path}: cannot be read ({error.strerror}); check its rights"
            continue
        if hashlib.sha256(data).hexdigest() == digest:
            return _Pdf(path, data, digest)
    if unread:
        raise InputError(unread)
    names = " and ".join(map(str, pdfs))
    what = "is not the PDF that was read" if len(pdfs) == 1 else "are not the PDF that was read"
    raise InputError(
        f"{names} {what} (its SHA-256 is another); "
        "run it again, or name the folder of the one that was read with --pdfs"
    )


def _draw(album: _Album, pdf: _Pdf, out: Path) -> dict[int, str]:
    names = {page: f"{pdf.digest[:_TAG]}-p{page:03}.webp" for page in album.sources}
    missing = [page for page, name in names.items() if not (out / name).exists()]
    try:
        for done, rendering in enumerate(render_pages(pdf.data, missing), start=1):
            _save(rendering, album.sources[rendering.number], out / names[rendering.number])
            allow_page(done + 1)
    except DamagedError as error:
        raise DamagedError(f"{pdf.path}: {error}") from error
    for old in set(out.glob("*.webp")) - {out / name for name in names.values()}:
        old.unlink()  # of a PDF that was exchanged
    return names


def _save(rendering: Rendering, source: str, path: Path) -> None:
    options = _LOSSLESS if source == "text_layer" else _LOSSY
    write_whole(path, partial(rendering.image.save, format="WEBP", **options))
