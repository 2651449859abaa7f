"""`besshi verify`: everything that a folder of results says, counted once more."""

from pipeline.verifying.audit import Recount
from pipeline.verifying.findings import Finding
from pipeline.verifying.verify import verify

__all__ = ["Finding", "Recount", "verify"]
