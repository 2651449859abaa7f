"""Lays out comments for tools that group them by meaning, such as 広聴AI: one row a comment.

Such tools read `comment-id` and `comment-body`, and take all other columns for attributes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.commands.line_formats import encode_csv_rows
from pipeline.vocabulary.heading_forms import read_form

NAMES = ("comment-id", "comment-body", "annex", "section", "submitter", "disposition")
_ITEMS = frozenset("・①●■◆★◎○□◇▼▽▲△☆◯▶►➢") | {"1", "(1)", "ア", "(ア)", "a", "(a)"}
"""Kinds of line beginnings with which an item of a list begins (`read_form`)."""
_ZERO = re.compile(r"^\s*〇")  # the numeral, which many type for the circle


def encode_comments(
    rows: Sequence[Mapping[str, Any]], split: bool
) -> tuple[bytes, tuple[str, ...]]:
    """The comments of records as CSV, without a byte order mark: programs read it.

    A comment that stands in one cell beside several answers is one comment.

    Args:
        split: Whether each item of a list in a comment gets a row of its own.

    Returns:
        The file's content, and warnings: what is not as the records say.
    """
    comments = list(_find_comments(rows))
    table = [
        [
            f"{row['record_id']}-{number}" if number else row["record_id"],
            body,
            row["annex"],
            " › ".join(row["section"]),
            row["submitter"],
            row["disposition"],
        ]
        for row in comments
        for number, body in _cut(row["comment"], split)
    ]
    data, warning = encode_csv_rows(NAMES, table, for_excel=False)
    warnings = [warning] if warning else []
    if left_out := len(rows) - len(comments):
        warnings.append(
            f"{left_out} records are no rows of their own: they have no comment, or share one with "
            "the record before"
        )
    return data, tuple(warnings)


def _find_comments(rows: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The records that have a comment, each comment once."""
    known = set()
    for row in rows:
        if not any(map(str.isalnum, row["comment"] or "")):  # "-" says that there is none
            continue
        places = tuple(tuple(b.values()) for b in row["boxes"] if b["field"] == "comment")
        if places and (row["annex"], places) in known:
            continue
        known.add((row["annex"], places))
        yield row


def _cut(comment: str, split: bool) -> list[tuple[int, str]]:
    """The rows of a comment: their numbers from 1 and their texts; number 0: it is one row."""
    pieces = split_items(comment) if split else [comment]
    return list(enumerate(pieces, start=1)) if len(pieces) > 1 else [(0, comment)]


def split_items(comment: str) -> list[str]:
    """The items of a list in a comment; what stands before the first one is a piece, too.

    The first item says how the others begin: 〇, ・, （１） … Items inside items stay together.
    """
    pieces: list[list[str]] = []
    wanted = None
    for line in comment.split("\n"):
        kind = read_form(_ZERO.sub("○", line)).kind
        if wanted is None and kind in _ITEMS:
            wanted = kind
        if kind == wanted or not pieces:
            pieces.append([])
        pieces[-1].append(line)
    return ["\n".join(lines) for lines in pieces]
