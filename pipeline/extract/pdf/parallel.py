"""Pages of a long PDF parsed on several processes, ahead of the one that looks at them in order.

What is a table on a page depends on the pages before; what is drawn on it does not.
"""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice

from pipeline.extract.pdf.document import Document
from pipeline.extract.pdf.page_content import Drawing
from pipeline.processes.page_pool import wait_for
from pipeline.processes.parent_death import end_with

# To start the processes and open the PDF in each takes as long as parsing some 60 pages.
_WORTH = 120  # pages
_CHUNK = 8  # pages a call: their glyphs are half a megabyte on their way
_AHEAD = 2  # calls for each process: it does not wait, and memory does not grow with the pages


def read_ahead(data: bytes, jobs: int) -> Iterator[Drawing]:
    """Read a PDF page by page, on other processes where that is faster.

    Args:
        data: The bytes of the file.
        jobs: How many processes.

    Yields:
        Each page's drawing, in order: the same for any number of processes.

    Raises:
        NotAPdfError, EncryptedError, DamagedError: See `Document`.
        CrashedError: A process was ended from outside.
    """
    document = Document(data)
    count = len(document)
    if jobs == 1 or count < _WORTH:
        yield from document.read_drawings(range(1, count + 1))
        return
    chunks = (range(i, min(i + _CHUNK, count + 1)) for i in range(1, count + 1, _CHUNK))
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(data, os.getpid())) as pool:
        try:
            coming = (pool.submit(_read, chunk) for chunk in chunks)
            waiting = deque(islice(coming, jobs * _AHEAD))
            while waiting:
                drawings = wait_for(waiting.popleft())
                waiting.extend(islice(coming, 1))
                yield from drawings
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_DOCUMENT: list[Document] = []
"""In a process of the pool: what it has open."""


def _start(data: bytes, parent: int) -> None:
    end_with(parent)
    _DOCUMENT.append(Document(data))


def _read(numbers: range) -> list[Drawing]:
    return list(_DOCUMENT[0].read_drawings(numbers))
