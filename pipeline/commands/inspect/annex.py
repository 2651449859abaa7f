"""`besshi inspect` from a PDF to pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.batch.discovery import find_annexes
from pipeline.batch.process_pool import Loss, do_apart, work_on
from pipeline.batch.resource_limits import Limits, allow_page
from pipeline.commands.inspect.page_view import PageView
from pipeline.commands.inspect.picture import draw_page
from pipeline.commands.inspect.views import read_views
from pipeline.commands.rendering import render_pages
from pipeline.errors import AnnexError, InputError
from pipeline.files import read_file
from pipeline.files.atomic import write_whole
from pipeline.model import Extracted, Segmented
from pipeline.stages import extract_file, segment_extracted, stop_if_failed


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page that is to be drawn."""

    path: Path
    view: PageView
    out: Path


def inspect_annex(path: Path, pages: Sequence[int], out: Path, limits: Limits) -> Iterator[Path]:
    """Draw pages of an annex, in their order.

    Args:
        path: A PDF.
        pages: Their numbers, from 1; none: all.
        out: The folder to write to.
        limits: Of reading it, and of drawing each page: PDFium draws what besshi does not read.

    Yields:
        The path of each picture, once it is written.

    Raises:
        InputError: There is no such file, or it has no such page.
        AnnexError: The PDF cannot be read, or not be rendered.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name one PDF in it")
    find_annexes([str(path)])  # says what is wrong with the path
    extracted, segmented = do_apart(_read, path, str(path), limits)
    views = read_views(extracted, segmented, _choose(path, extracted, pages))
    for made in work_on(_draw, [_Sheet(path, view, out) for view in views], 1, limits):
        if isinstance(made, Loss):
            raise type(made.error)(f"{path}, page {made.item.view.number}: {made.error}")
        yield made


def _draw(sheet: _Sheet) -> Path:
    try:
        (rendering,) = render_pages(read_file(str(sheet.path)), [sheet.view.number])
    except AnnexError as error:
        raise type(error)(f"{sheet.path}: {error}") from error
    picture = draw_page(rendering, sheet.view)
    written = sheet.out / f"{sheet.path.stem}-p{sheet.view.number:03}.png"
    write_whole(written, partial(picture.save, format="PNG"))
    return written


def _read(path: Path) -> tuple[Extracted, Segmented]:
    extracted = extract_file(path, watch=allow_page)
    segmented = segment_extracted(extracted)
    stop_if_failed(segmented.header)
    return extracted, segmented


def _choose(path: Path, extracted: Extracted, asked: Sequence[int]) -> list[int]:
    there = [page.header.number for page in extracted.pages]
    missing = sorted(set(asked) - set(there))
    if missing:
        raise InputError(
            f"{path}: has no page {', '.join(map(str, missing))}; "
            f"its pages are {there[0]} to {there[-1]}"
        )
    return sorted(set(asked)) or there
