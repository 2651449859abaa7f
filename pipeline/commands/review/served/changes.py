"""What a person changes in a field, and what comes of it."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from pipeline.commands.review.annex_view import RecordView
from pipeline.commands.review.served.doubts import Doubts


class Change(msgspec.Struct, frozen=True):
    """What a person changes in a field."""

    record: str
    field: str
    shown: str
    """The text that the page shows."""
    version: str
    """Of the file of corrections, as the page was told it."""
    who: str
    why: str
    right: str | None = None
    """The right text; None: only line ends change."""
    line_ends: dict[int, bool] = {}
    """Index of a line end → whether the author made it."""


class Changed(Struct, frozen=True):
    """What came of it."""

    version: str
    records: Sequence[RecordView]
    """Those that are not as they were."""
    line_ends: dict[str, list[bool]]
    doubts: Doubts
