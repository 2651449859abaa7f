"""Pages that are read from their picture: which, and on how many processes.

The packages that recognition needs are imported only here, and only when the first such page is
met: an annex with a sound text layer costs nothing of it.
"""

import importlib.util
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

from pipeline.extract.ocr.page_choice import SOUND, Verdict, judge
from pipeline.extract.pdf.page_content import Drawing
from pipeline.processes.page_pool import wait_for_result
from pipeline.processes.parent_death import die_with_parent

if TYPE_CHECKING:
    from pipeline.extract.ocr.reader import ScanReader

_PACKAGES = ("cv2", "onnxruntime", "rapidocr")

_WAITING = 4  # pages for each process: none is idle, and a book's are not all in memory

MISSING = (
    "install what reads pictures (pip install 'besshi[ocr]') and run again, "
    "or run OCR over the PDF (for example ocrmypdf) first"
)
"""What to do where a page must be recognised and cannot be."""


def is_installed() -> bool:
    """Whether the packages of the `ocr` extra are there."""
    return all(importlib.util.find_spec(package) is not None for package in _PACKAGES)


def read_pictured(
    data: bytes, drawings: Iterable[Drawing], jobs: int
) -> Iterator[tuple[Drawing, Verdict]]:
    """Replace the drawings of pages that are to be read from their picture.

    Args:
        data: The bytes of the PDF.
        drawings: What its text layer and its paths say, page by page.
        jobs: Processes to recognise on; with one it is done in this one.

    Yields:
        Each page's drawing, in order, and how it was to be read. Where recognition is not
        installed a drawing stays as it is; so does one beside whose text there was none to read.

    Raises:
        DamagedError: A page cannot be rendered.
        CrashedError: A process was ended from outside.
    """
    if not is_installed():
        for drawing in drawings:
            verdict = judge(drawing, lambda: 0.0)
            yield drawing, verdict if verdict.source == "ocr" else SOUND
        return
    with ExitStack() as stack:
        readers = _Readers(data, jobs, stack)
        waiting: deque[tuple[Drawing | Future[Drawing], Verdict]] = deque()
        for drawing in drawings:
            waiting.append(readers.read(drawing))
            # Whoever takes them gives time page by page: none may wait for all others.
            while waiting and (_is_ready(waiting[0][0]) or len(waiting) > _WAITING * jobs):
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _is_ready(drawing: "Drawing | Future[Drawing]") -> bool:
    return isinstance(drawing, Drawing) or drawing.done()


def _done(drawing: "Drawing | Future[Drawing]", verdict: Verdict) -> tuple[Drawing, Verdict]:
    read = drawing if isinstance(drawing, Drawing) else wait_for_result(drawing)
    return read, SOUND if read.source == "text_layer" else verdict


class _Readers:
    """What reads pictures: in this process, or others behind a pool, made when first needed."""

    def __init__(self, data: bytes, jobs: int, stack: ExitStack) -> None:
        self._data, self._jobs, self._stack = data, jobs, stack
        self._reader: ScanReader | None = None
        self._pool: ProcessPoolExecutor | None = None

    def read(self, drawing: Drawing) -> "tuple[Drawing | Future[Drawing], Verdict]":
        verdict = judge(drawing, lambda: self._own().uncovered_ink(drawing))
        if verdict == SOUND:
            return drawing, verdict
        if self._jobs == 1:
            return self._own().read(drawing, verdict.source), verdict
        return self._others().submit(_read, drawing, verdict.source), verdict

    def _own(self) -> "ScanReader":
        if self._reader is None:
            self._reader = _open(self._data)
            self._stack.callback(self._reader.close)
        return self._reader

    def _others(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = self._stack.enter_context(
                ProcessPoolExecutor(
                    self._jobs, initializer=_start, initargs=(self._data, os.getpid())
                )
            )
        return self._pool


def _open(data: bytes) -> "ScanReader":
    from pipeline.extract.ocr.reader import ScanReader

    return ScanReader(data)


_READER: "list[ScanReader]" = []
"""In a process of the pool: its reader."""


def _start(data: bytes, parent: int) -> None:
    die_with_parent(parent)
    _READER.append(_open(data))


def _read(drawing: Drawing, source: str) -> Drawing:
    return _READER[0].read(drawing, source)
