"""What a document of family `vertical` says, and how its characters stand in a vertical line."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from random import Random

from ..annexes import Rows, Size, draw_annex, draw_heads
from ..model import EXTRA, Annex, Column, Table
from ..phrases import Habits
from ..subjects import SUBJECTS
from ..texts import Texts
from ..vocabulary import PAIRED_HEADERS

COMPARED = 0.5
"""Share of documents that compare two texts, as ordinances do."""

FONTS = ("IPAGothic", "IPAMincho", "IPAexGothic", "IPAexMincho")
"""Families whose kana are one em high."""

_RUN = re.compile(r"[!-~｡-ﾟ]+(?: [!-~]+)*|.", re.DOTALL)
_FIGURES = re.compile(r"[0-9]+")


@dataclasses.dataclass(frozen=True)
class Run:
    """Characters that stand the same way in a vertical line."""

    kind: str
    """`upright`: one that stands for itself; `abreast`: figures side by side; `sideways`."""
    text: str


def runs(text: str, most: int) -> Iterator[Run]:
    """Split a text into runs.

    Args:
        text: Without line ends.
        most: So many figures at most stand abreast; 0: all figures lie sideways.
    """
    for found in _RUN.finditer(text):
        run = found[0]
        if run.isspace() or not (run[0].isascii() or "｡" <= run[0] <= "ﾟ"):
            yield Run("upright" if run != " " else "sideways", run)
        elif len(run) <= most and _FIGURES.fullmatch(run):
            yield Run("abreast", run)
        else:
            yield Run("sideways", run)


def draw_vertical_annex(annex_id: str, rng: Random, size: Size) -> Annex:
    """A document of one author: comments and answers, or a comparison (新旧対照表)."""
    if rng.random() >= COMPARED:
        return draw_annex(annex_id, rng, size)
    subject = rng.choice(SUBJECTS)
    texts = Texts.by(rng, subject, Habits.draw(rng))
    before, after = rng.choice(PAIRED_HEADERS)
    pair = [Column("original_text", before), Column("revision", after)]
    rng.shuffle(pair)
    others = [Column(EXTRA, rng.choice(("備考", "理由")))] if rng.random() < 0.25 else []
    columns = (*pair, *others)
    count = rng.choice((1, 1, 1, 2))
    tables = [
        Table(title, caption, columns, Rows(rng, texts, columns, size).draw(size.records[1] // 2))
        for title, caption in draw_heads(texts, count)
    ]
    records = sum(len(table.rows) for table in tables)
    return Annex(annex_id, f"{subject.plan}: {records} records compared", tuple(tables))
