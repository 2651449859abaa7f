"""Draws pictures of the pages; pictures that exist are not drawn again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import tee
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pipeline.batch.page_progress import Watch, follow_pages
from pipeline.batch.process_pool import LostItem, run_in_processes
from pipeline.batch.resource_limits import Limits
from pipeline.commands.rendering import Rendering, render_pages
from pipeline.commands.review.annex_view import AnnexView
from pipeline.errors import DamagedError, InputError
from pipeline.files import digest, find_files, read_file
from pipeline.files.atomic import write_atomically
from pipeline.files.parquet import read_source_hash

_TAG = 12
"""Digits of the PDF's SHA-256 in the name of a picture, so that another PDF has other pictures;
judgement: no two PDFs of one annex share them."""
_LOSSLESS: dict[str, Any] = {
    "lossless": True,
    "method": 2,
}  # for drawn type: smaller than lossy, and sharp
_LOSSY: dict[str, Any] = {"quality": 70, "method": 2}  # for scans: a tenth of the size of lossless


def find_pdfs(folder: Path) -> Mapping[str, Sequence[Path]]:
    """Annex → the PDFs of its name, in a folder and the folders below.

    Raises:
        OSError: A folder cannot be listed.
    """
    found: dict[str, list[Path]] = {}
    if folder.exists():
        for path in (Path(file.address) for file in find_files(str(folder))):
            if path.suffix.lower() == ".pdf":
                found.setdefault(path.stem, []).append(path)
    return found


class _Album(Struct, frozen=True):
    """The pages of an annex that need pictures."""

    annex: str
    origins: Mapping[int, str]
    """Page → what its text was read from (`PageOrigin`)."""
    pdfs: Sequence[Path]
    """The PDFs of the annex's name."""


def add_pictures(
    views: Iterator[AnnexView],
    run: Path,
    pdfs: Mapping[str, Sequence[Path]],
    out: Path,
    limits: Limits,
    watch: Watch,
) -> Iterator[AnnexView]:
    """Draw the missing pictures of annexes in a process with limits.

    Args:
        pdfs: Annex → the PDFs of its name.
        limits: Of each annex.

    Yields:
        Each annex with its pictures, or with the reason why it has none.
    """
    views, views_to_draw = tee(views)
    albums = (
        _Album(v.annex, {p.number: p.source for p in v.pages}, pdfs.get(v.annex, ()))
        for v in views_to_draw
    )
    draw = partial(_draw_album, run, out)
    with closing(run_in_processes(draw, albums, 1, limits, watch)) as drawn:
        for view, names in zip(views, drawn, strict=True):  # a single process keeps the order
            if isinstance(names, LostItem):
                names = f"{view.annex}: {names.error}"
            yield _with_pictures(view, names)


def _with_pictures(view: AnnexView, names: dict[int, str] | str) -> AnnexView:
    """The view with its pictures, or with the reason why there are none (a str)."""
    if isinstance(names, str):
        return replace(view, no_picture=names)
    paths = ((page, f"{view.annex}/{names[page.number]}") for page in view.pages)
    return replace(view, pages=[replace(page, picture=path) for page, path in paths])


def find_pdf(folder: Path, annex: str, pdfs: Sequence[Path]) -> tuple[Path, str]:
    """The PDF that an annex's records were read from, and its SHA-256.

    Raises:
        InputError: It is not there.
    """
    sha256 = read_source_hash(folder / "records" / f"{annex}.parquet")
    return _choose_pdf(annex, pdfs, sha256)[0], sha256


def name_picture(sha256: str, page: int) -> str:
    """The name of the picture of a page.

    Args:
        sha256: Of its PDF.
        page: Its number, from 1.
    """
    return f"{sha256[:_TAG]}-p{page:03}.webp"


def draw_page(pdf: Path, sha256: str, page: int, origin: str, out: Path) -> None:
    """Draw the picture of one page.

    Args:
        sha256: Of its content.
        page: The page's number, from 1.
        origin: What its text was read from (`PageOrigin`).

    Raises:
        InputError: The PDF is another one now.
        DamagedError: PDFium cannot draw the page.
    """
    _, data = _choose_pdf(pdf.stem, [pdf], sha256)
    for rendering in render_pages(data, [page]):
        _save(rendering, origin, out)


def _draw_album(run: Path, out: Path, album: _Album) -> dict[int, str] | str:
    """Page → the name of its picture; or a str that says why there are none."""
    if not album.origins:
        return {}
    try:
        sha256 = read_source_hash(run / "records" / f"{album.annex}.parquet")
        return _draw(album, sha256, out / album.annex)
    except (InputError, DamagedError) as error:
        return str(error)


def _choose_pdf(annex: str, pdfs: Sequence[Path], sha256: str) -> tuple[Path, bytes]:
    """The PDF that the records were read from, and its content: on another one boxes are misplaced.

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
            unread = f"{path}: cannot be read ({error.strerror}); check its permissions"
            continue
        if digest(data) == sha256:
            return path, data
    if unread:
        raise InputError(unread)
    names = " and ".join(map(str, pdfs))
    what = "is not the PDF that was read" if len(pdfs) == 1 else "are not the PDF that was read"
    raise InputError(
        f"{names} {what} (the SHA-256 differs); "
        "run besshi again, or name the folder of the right PDF with --pdfs"
    )


def _draw(album: _Album, sha256: str, out: Path) -> dict[int, str]:
    path, data = _choose_pdf(album.annex, album.pdfs, sha256)
    names = {page: name_picture(sha256, page) for page in album.origins}
    missing = [page for page, name in names.items() if not (out / name).exists()]
    reached = follow_pages(album.annex)
    try:
        for done, rendering in enumerate(render_pages(data, missing), start=1):
            _save(rendering, album.origins[rendering.number], out / names[rendering.number])
            reached(done, len(missing))
    except DamagedError as error:
        raise DamagedError(f"{path}: {error}") from error
    for old in set(out.glob("*.webp")) - {out / name for name in names.values()}:
        old.unlink()  # drawn from another PDF
    return names


def _save(rendering: Rendering, origin: str, path: Path) -> None:
    options = _LOSSLESS if origin == "text_layer" else _LOSSY
    write_atomically(path, partial(rendering.image.save, format="WEBP", **options))
