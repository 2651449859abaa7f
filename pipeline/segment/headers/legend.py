"""Tell a legend (区分 | 対応の内容 | 件数) from a comment table: it explains marks."""

import re

from pipeline.model import TEXT_ROLES, Grid, Role
from pipeline.segment.headers.header_rows import Header
from pipeline.segment.rows.grid_rows import read_rows
from pipeline.vocabulary.counts import is_figure
from pipeline.vocabulary.dialogue import asks
from pipeline.vocabulary.folding import fold

_LEAST_MARKS = 2  # rows; judgement: one mark alone needs no legend
_MARK = re.compile(r"[^\w\s]|[a-z]|\d{1,2}|[ア-ン]")
_KINDS = (Role.CATEGORY, Role.DISPOSITION)


def is_legend(grid: Grid, header: Header) -> bool:
    """Whether a table says for each mark or class of answers what it means.

    Such a table has no comments. Its classes are all different, and they are marks (Ａ, ◎), or a
    column beside them counts.
    """
    roles = [column.role for column in header.columns]
    kinds = [index for index, role in enumerate(roles) if role in _KINDS]
    if not kinds or header.roles & TEXT_ROLES != {Role.RESPONSE} or header.from_spec:
        return False
    if Role.NUMBER in roles:
        return False
    rows = read_rows(grid, header.edges, header.depth)
    columns = [[fold(row.fields[i].text).lower() for row in rows] for i in range(len(roles))]
    names = columns[kinds[0]]
    differ = len(rows) >= _LEAST_MARKS and len(set(names)) == len(names)
    counted = any(
        role is None and all(map(is_figure, texts))
        for role, texts in zip(roles, columns, strict=True)
    )
    # Where half the texts below an unknown header ask for something, they are comments.
    told = any(
        role is None and 2 * sum(map(asks, texts)) >= len(texts)
        for role, texts in zip(roles, columns, strict=True)
    )
    return differ and not told and (counted or all(map(_MARK.fullmatch, names)))
