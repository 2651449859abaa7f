"""Processes of their own, in this environment and of this folder."""

import subprocess
import sys

from tests.support.pdfs import ROOT


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
