"""Reads a PDF and draws pictures of its pages."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from pipeline.batch.discovery import find_annexes
from pipeline.batch.page_progress import follow_pages
from pipeline.batch.process_pool import LostItem, run_in_own_process, run_in_processes
from pipeline.batch.resource_limits import Limits
from pipeline.commands.inspect.page_view import PageView
from pipeline.commands.inspect.picture import draw_page
from pipeline.commands.inspect.views import read_views
from pipeline.commands.progress_display import showing_progress
from pipeline.commands.rendering import render_pages
from pipeline.errors import AnnexError, InputError
from pipeline.files import read_file
from pipeline.files.atomic import write_atomically
from pipeline.model import Extracted, Segmented
from pipeline.stages import extract_file, segment_extracted, stop_if_failed


class _PageToDraw(Struct, frozen=True):
    """A page that is to be drawn."""

    path: Path
    view: PageView
    out: Path


def inspect_annex(path: Path, pages: Sequence[int], out: Path, limits: Limits) -> Iterator[Path]:
    """Draw pages of an annex, in their order.

    Args:
        pages: Their numbers, from 1; (): all.
        limits: Of reading the PDF, and of drawing each page: PDFium also draws content that besshi
            does not read.

    Yields:
        The path of each picture, after it is written.

    Raises:
        InputError: There is no such file, or it has no such page.
        AnnexError: The PDF cannot be read or rendered.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name one PDF in it")
    find_annexes([str(path)])  # raises an error if the path is wrong
    with showing_progress("inspect", [path.stem]) as display:
        extracted, segmented = run_in_own_process(_read, path, str(path), limits, display.watch)
    views = read_views(extracted, segmented, _choose_pages(path, extracted, pages))
    for drawn in run_in_processes(
        _draw, [_PageToDraw(path, view, out) for view in views], 1, limits
    ):
        if isinstance(drawn, LostItem):
            raise type(drawn.error)(f"{path}, page {drawn.item.view.number}: {drawn.error}")
        yield drawn


def _draw(page: _PageToDraw) -> Path:
    try:
        (rendering,) = render_pages(read_file(str(page.path)), [page.view.number])
    except AnnexError as error:
        raise type(error)(f"{page.path}: {error}") from error
    picture = draw_page(rendering, page.view)
    written = page.out / f"{page.path.stem}-p{page.view.number:03}.png"
    write_atomically(written, partial(picture.save, format="PNG"))
    return written


def _read(path: Path) -> tuple[Extracted, Segmented]:
    extracted = extract_file(path, on_page=follow_pages(path.stem))
    segmented = segment_extracted(extracted)
    stop_if_failed(segmented.header)
    return extracted, segmented


def _choose_pages(path: Path, extracted: Extracted, asked: Sequence[int]) -> list[int]:
    existing = [page.header.number for page in extracted.pages]
    missing = sorted(set(asked) - set(existing))
    if missing:
        raise InputError(
            f"{path}: has no page {', '.join(map(str, missing))}; "
            f"its pages are {existing[0]} to {existing[-1]}"
        )
    return sorted(set(asked)) or existing
