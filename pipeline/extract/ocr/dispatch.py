"""Send the pages that need recognition to the OCR engine, on one or more processes.

The packages that recognition needs are imported only here, and only for the first page that needs
them: an annex with a sound text layer does not pay for them.
"""

import importlib.util
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extract.page_choice import USE_TEXT_LAYER, Verdict, choose_source
from pipeline.extract.pdf.page_content import Drawing
from pipeline.processes.memory import release_dictionary
from pipeline.processes.page_pool import open_pool, read_opened, wait_for_result

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from pipeline.extract.ocr.reader import ScanReader

_PACKAGES = ("cv2", "onnxruntime")

# Pages queued per process; judgement: no process is idle, and a long PDF does not fill the memory.
_PAGES_PER_PROCESS = 4

MISSING = (
    "install what reads pictures (pip install 'besshi[ocr]') and run again, "
    "or run OCR over the PDF (for example ocrmypdf) first"
)
"""Advice for a page that needs recognition while the `ocr` extra is not installed."""


def is_installed() -> bool:
    """Whether the packages of the `ocr` extra are installed."""
    return all(importlib.util.find_spec(package) is not None for package in _PACKAGES)


def read_pictured(
    data: bytes, drawings: Iterable[Drawing], jobs: int, wanted: Callable[[int], bool]
) -> Iterator[tuple[Drawing, Verdict]]:
    """Replace the drawings of pages that need recognition, if their numbers are wanted at all.

    With one job, this process recognises them. A drawing stays unchanged if recognition is not
    installed, or if it found no text besides the text layer.

    Yields:
        The drawing of each page, in order, and the decision how to read it.

    Raises:
        DamagedError: A page cannot be rendered.
        CrashedError: Something outside besshi ended a process.
    """
    if not is_installed():
        for drawing in drawings:
            needed = wanted(drawing.number)
            verdict = choose_source(drawing, lambda: 0.0) if needed else USE_TEXT_LAYER
            yield drawing, verdict if verdict.source == "ocr" else USE_TEXT_LAYER
        return
    with ExitStack() as stack:
        readers = _ReaderPool(data, jobs, stack)
        queue: deque[tuple[Drawing | Future[Drawing], Verdict]] = deque()
        for drawing in drawings:
            needed = wanted(drawing.number)
            queue.append(readers.read(drawing) if needed else (drawing, USE_TEXT_LAYER))
            # The caller has a time limit for each page, so no page may wait for all others.
            while queue and (_is_ready(queue[0][0]) or len(queue) > _PAGES_PER_PROCESS * jobs):
                yield _collect(*queue.popleft())
        while queue:
            yield _collect(*queue.popleft())


def _is_ready(drawing: "Drawing | Future[Drawing]") -> bool:
    return isinstance(drawing, Drawing) or drawing.done()


def _collect(drawing: "Drawing | Future[Drawing]", verdict: Verdict) -> tuple[Drawing, Verdict]:
    read = drawing if isinstance(drawing, Drawing) else wait_for_result(drawing)
    return read, USE_TEXT_LAYER if read.source == "text_layer" else verdict


class _ReaderPool:
    """Reads pictures in this process or in a process pool; both are created on first use."""

    def __init__(self, data: bytes, jobs: int, stack: ExitStack) -> None:
        self._data, self._jobs, self._stack = data, jobs, stack

    def read(self, drawing: Drawing) -> "tuple[Drawing | Future[Drawing], Verdict]":
        verdict = choose_source(drawing, lambda: self._reader.measure_uncovered_ink(drawing))
        if verdict == USE_TEXT_LAYER:
            return drawing, verdict
        if self._jobs == 1:
            return self._reader.read(drawing, verdict.source), verdict
        return self._pool.submit(read_opened, _read, drawing, verdict.source), verdict

    @cached_property
    def _reader(self) -> "ScanReader":
        release_dictionary()  # the annexes before have read most of it: the peak is here
        reader = _open(self._data)
        self._stack.callback(reader.close)
        return reader

    @cached_property
    def _pool(self) -> "ProcessPoolExecutor":
        return self._stack.enter_context(open_pool(self._jobs, _open, self._data))


def _open(data: bytes) -> "ScanReader":
    from pipeline.extract.ocr.reader import ScanReader

    return ScanReader(data)


def _read(reader: "ScanReader", drawing: Drawing, source: str) -> Drawing:
    return reader.read(drawing, source)
