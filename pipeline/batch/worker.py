"""The code of a worker process: it reads pickled calls from stdin and writes answers to stdout."""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

from msgspec import Struct

from pipeline.batch.page_progress import report_to_pipe
from pipeline.batch.resource_limits import Limits, limit_memory, start_clock, stop_clock
from pipeline.processes.imports import Hidden
from pipeline.processes.parent_death import die_with_parent

_NO_MEMORY_FOR_LIBRARY = ("failed to map segment from shared object", "cannot map zero-fill pages")
"""What the loader says if there is no memory for a library; it gives no error number."""

START_CODE = (
    # The search for reference cycles takes 3 % of 400 pages' time, a tenth of that of the imports,
    # and finds none: make it rare.
    "import gc, pickle, sys\n"
    "gc.set_threshold(1_000_000, 20, 100)\n"
    "try: sys.path[:] = pickle.load(sys.stdin.buffer)\n"
    "except EOFError: sys.exit()\n"  # the run was stopped before it sent anything
    "from pipeline.processes.imports import import_msgspec; import_msgspec()\n"
    "from pipeline.batch.worker import main; main()"
)
"""The code that the process runs: it first receives `sys.path` of the process that started it."""


class Answer(Struct, frozen=True):
    """The result of a call."""

    value: Any = None
    raised: BaseException | None = None
    """What it raised instead of returning a value."""


_UNUSED = {"pandas", *(f"pyarrow.{name}" for name in ("_azurefs", "_gcsfs", "_hdfs", "_s3fs"))}
"""What pyarrow imports where it is there: pandas (0.2 s, 50 MB) to see whether a list is a Series;
file systems (4 ms) that no worker writes to, since `pipeline.files` writes all files."""


_UNREAD = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")
"""Modules that only write documentation into others when they are imported (6 ms)."""


class _Delayed(ModuleType):
    """A module that is imported when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules[self.__name__] is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def _take_pdfminer_as_it_is() -> None:
    """Import pdfminer without its version, which it would look up at once (20 ms, with `email`)."""
    if (spec := find_spec("pdfminer")) is not None:
        sys.modules["pdfminer"] = module_from_spec(spec)


def main() -> None:
    """Answer calls until stdin is closed, then end at once.

    Python would take down one module after the other, which takes 0.1 s and frees nothing that
    the system does not free.
    """
    calls = sys.stdin.buffer
    die_with_parent(pickle.load(calls))
    # What a library prints must not get between the answers: stdout becomes stderr.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.meta_path.insert(0, Hidden(_UNUSED))
    _take_pdfminer_as_it_is()
    sys.modules.update((name, ModuleType(name)) for name in _UNREAD)
    sys.modules["charset_normalizer"] = _Delayed("charset_normalizer")  # pdfminer seldom asks it
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limits: Limits = pickle.load(calls)
    if (pages := pickle.load(calls)) is not None:
        report_to_pipe(pages)
    limit_memory(limits)
    while True:
        try:
            work, item = pickle.load(calls)
        except EOFError:
            os._exit(0)
        start_clock(limits)
        answer = _answer(work, item)
        stop_clock()
        pickle.dump(answer, answers)
        answers.flush()


def _answer(work: Callable[[Any], Any], item: Any) -> Answer:
    try:
        return Answer(work(item))
    except ImportError as error:
        no_memory = any(said in str(error) for said in _NO_MEMORY_FOR_LIBRARY)
        return Answer(raised=MemoryError() if no_memory else error)
    except Exception as error:  # the other process handles it
        return Answer(raised=error)
