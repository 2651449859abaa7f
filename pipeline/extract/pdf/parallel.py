"""Parse the pages of a long PDF on several processes, ahead of the process that analyses them.

The tables of a page depend on the pages before it, so pages are analysed in order. What is drawn
on a page does not depend on other pages, so it can be parsed in parallel.
"""

from collections import deque
from collections.abc import Iterator
from itertools import islice

from pipeline.extract.pdf.document import Document
from pipeline.extract.pdf.page_content import Drawing
from pipeline.processes.page_pool import open_pool, read_opened, wait_for_result

# Pages from which processes pay off; judgement: twice the pages (some 60) that one process parses
# while the others start and open the PDF.
MIN_PAGES = 120
# Pages per call; judgement: their glyphs are half a megabyte to transfer.
PAGES_PER_CALL = 8
# Calls queued per process; judgement: no process waits, and memory does not grow with the pages.
_CALLS_PER_PROCESS = 2


def read_ahead(data: bytes, jobs: int) -> tuple[int, Iterator[Drawing]]:
    """Read a PDF page by page, on other processes if that is faster.

    Returns:
        The number of pages, and the drawing of each page, in order. The result does not depend on
        the number of processes.

    Raises:
        NotAPdfError, EncryptedError, DamagedError: See `Document`; the drawings raise them too.
        CrashedError: (from the drawings) Something outside besshi ended a process.
    """
    document = Document(data)
    count = len(document)
    if jobs == 1 or count < MIN_PAGES:
        return count, document.read_drawings(range(1, count + 1))
    return count, _read_on_processes(data, count, jobs)


def _read_on_processes(data: bytes, count: int, jobs: int) -> Iterator[Drawing]:
    chunks = (
        range(i, min(i + PAGES_PER_CALL, count + 1)) for i in range(1, count + 1, PAGES_PER_CALL)
    )
    with open_pool(jobs, Document, data) as pool:
        try:
            calls = (pool.submit(read_opened, _read, chunk) for chunk in chunks)
            queue = deque(islice(calls, jobs * _CALLS_PER_PROCESS))
            while queue:
                drawings = wait_for_result(queue.popleft())
                queue.extend(islice(calls, 1))
                yield from drawings
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _read(document: Document, numbers: range) -> list[Drawing]:
    return list(document.read_drawings(numbers))
