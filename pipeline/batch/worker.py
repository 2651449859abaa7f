"""A process that works for another: calls come in on stdin, answers go out on stdout, pickled."""

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from typing import Any

from pipeline.batch.resource_limits import Limits, begin_annex, end_annex, limit_memory
from pipeline.processes.parent_death import die_with_parent

# How the loader says that there was no memory for a library; it passes on no error number.
_UNMAPPED = "failed to map segment from shared object"

START = (
    "import pickle, sys\n"
    "try: sys.path[:] = pickle.load(sys.stdin.buffer)\n"
    "except EOFError: sys.exit()\n"  # the run was stopped before it said anything
    "from pipeline.batch.worker import main; main()"
)
"""What the process runs: first it is told where the other found its modules."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a call."""

    value: Any = None
    raised: BaseException | None = None


class _WithoutPandas(MetaPathFinder):
    """pyarrow imports pandas (0.2 s, 50 MB) to ask whether a list is one of its own: it is not."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def main() -> None:
    """Answer calls until there are no more."""
    calls = sys.stdin.buffer
    die_with_parent(pickle.load(calls))
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.meta_path.insert(0, _WithoutPandas())
    # Looking for cycles among the glyphs of an annex takes 8 % of its time and finds none.
    gc.set_threshold(100_000, 20, 100)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limits: Limits = pickle.load(calls)
    limit_memory(limits)
    while True:
        try:
            work, item = pickle.load(calls)
        except EOFError:
            return
        begin_annex(limits)
        answer = _answer(work, item)
        end_annex()
        pickle.dump(answer, answers)
        answers.flush()


def _answer(work: Callable[[Any], Any], item: Any) -> Answer:
    try:
        return Answer(work(item))
    except ImportError as error:
        return Answer(raised=MemoryError() if _UNMAPPED in str(error) else error)
    except Exception as error:  # it is the other process that has to know
        return Answer(raised=error)
