"""Takes a merged part apart again, one annex after the other: as a whole it fills the memory."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

Rows = Mapping[str, list[dict[str, Any]]]
"""Dataset → rows."""


def split_by_annex(streams: Mapping[str, Iterator[dict[str, Any]]]) -> Iterator[tuple[str, Rows]]:
    """The rows of each annex, from streams that are all sorted by annex.

    An annex whose rows do not stand together comes several times, each time with some of them.

    Args:
        streams: Dataset → its rows.

    Raises:
        DataError: A stream cannot be read on.
    """
    groups = {kind: groupby(rows, _annex_of) for kind, rows in streams.items()}
    heads = {kind: next(group, None) for kind, group in groups.items()}
    while names := [head[0] for head in heads.values() if head is not None]:
        annex, rows = min(names), dict[str, list[dict[str, Any]]]()
        for kind, head in heads.items():
            rows[kind] = []
            if head is not None and head[0] == annex:
                rows[kind] = list(head[1])
                heads[kind] = next(groups[kind], None)
        yield annex, rows


def _annex_of(row: Mapping[str, Any]) -> str:
    """The annex of a row; only a record's id says it everywhere (`<annex>-t1-r1`)."""
    annex: str | None = row.get("annex")
    return str(row["record_id"]).rpartition("-t")[0] if annex is None else annex
