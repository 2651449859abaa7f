"""Worker processes end together with the process that started them, however that one ended."""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1  # prctl(2): PR_SET_PDEATHSIG


def die_with_parent(parent: int) -> None:
    """Ask the system to kill this process as soon as the thread that started it is gone.

    A process that was started by a thread of a request therefore ends with that request.
    Otherwise a worker whose run was killed would keep writing while the next run writes too, and
    the processes of a pool would wait forever. Works on Linux only; on other systems a worker ends
    after its annex.

    Args:
        parent: ID of the process that started this one. That process may be gone already.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
