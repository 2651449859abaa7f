"""`besshi inspect` from a PDF to pictures."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from pipeline.errors import AnnexError, InputError
from pipeline.inspect import draw_page, read_views, render_pages
from pipeline.model import Extracted, Segmented
from pipeline.runner import extract_file, segment_extracted
from pipeline.running.sources import find_annexes
from pipeline.store import write_whole


def inspect_annex(path: Path, pages: Sequence[int], out: Path) -> Iterator[Path]:
    """Draw pages of an annex, in their order.

    Args:
        path: A PDF.
        pages: Their numbers, from 1; none: all.
        out: The folder to write to.

    Yields:
        The path of each picture, once it is written.

    Raises:
        InputError: There is no such file, or it has no such page.
        AnnexError: The PDF cannot be read, or not be rendered.
    """
    extracted, segmented = _read(path)
    numbers = _choose(path, extracted, pages)
    views = read_views(extracted, segmented, numbers)
    try:
        for rendering, view in zip(render_pages(path.read_bytes(), numbers), views, strict=True):
            picture = draw_page(rendering, view)
            written = out / f"{path.stem}-p{view.number:03}.png"
            write_whole(written, partial(picture.save, format="PNG"))
            yield written
    except AnnexError as error:
        raise type(error)(f"{path}: {error}") from error


def _read(path: Path) -> tuple[Extracted, Segmented]:
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name one PDF in it")
    find_annexes([str(path)])  # says what is wrong with the path
    extracted = extract_file(path)
    segmented = segment_extracted(extracted)
    for issue in segmented.issues:
        if issue.level == "error":
            raise AnnexError(issue.message)
    return extracted, segmented


def _choose(path: Path, extracted: Extracted, asked: Sequence[int]) -> list[int]:
    there = [page.number for page in extracted.pages]
    missing = sorted(set(asked) - set(there))
    if missing:
        raise InputError(
            f"{path}: has no page {', '.join(map(str, missing))}; "
            f"its pages are {there[0]} to {there[-1]}"
        )
    return sorted(set(asked)) or there
