"""Processes of their own, in this environment and of this folder."""

import subprocess
import sys

from tests.support.pdfs import ROOT


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )


def be_slow() -> None:
    """Let workers of this process be slow with an annex, and deaf to what asks them to end."""
    import pipeline.batch.worker as worker

    worker.START_CODE = worker.START_CODE.replace(
        "main()",
        "import time, pipeline.batch.worker as w; w._answer = lambda *_: time.sleep(600); main()",
    )
    import pipeline.batch.process_pool as pool

    pool.START_CODE = worker.START_CODE
