"""Processes that end with the one that started them, whatever ended that."""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1  # prctl(2): PR_SET_PDEATHSIG


def end_with(parent: int) -> None:
    """Let the system kill this process as soon as its parent is gone.

    Else a worker whose run was killed would go on to write while the next run does, and the
    processes of a pool would wait for ever. Linux only; elsewhere a worker ends after its annex.

    Args:
        parent: The process that started this one; it may be gone already.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
