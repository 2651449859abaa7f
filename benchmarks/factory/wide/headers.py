"""Headers of one to three rows, letter-spaced, with units and notes, other on later pages."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from ..model import Column
from .document import Headed

_SPANS: Mapping[tuple[str, str], tuple[tuple[str, str, str], ...]] = {
    ("comment", "submitter"): (("意見", "内容", "提出者"), ("意見", "意見内容", "提出者"),
                               ("委員からの意見", "内容", "委員名")),
    ("submitter", "comment"): (("意見", "提出者", "内容"), ("ご意見", "提出者", "ご意見の概要")),
    ("original_text", "revision"): (("計画書の記載", "修正前", "修正後"),
                                    ("修正内容", "修正前", "修正後"), ("新旧対照", "旧", "新"),
                                    ("条文", "現行", "改正案")),
    ("revision", "original_text"): (("新旧対照", "改正後", "改正前"), ("条文", "改正案", "現行")),
    ("response", "disposition"): (("市の考え方", "回答", "反映区分"), ("対応", "回答", "対応区分")),
    ("comment", "response"): (("質疑応答", "質問", "回答"), ("意見と対応", "意見内容", "対応方針")),
}  # fmt: skip
"""By the roles of two neighbours: a cell over both, and theirs."""

_ABOVE = ("意見募集の結果", "意見照会の結果", "第２回委員会", "計画（素案）について")

_NOTES: Mapping[str, tuple[str, ...]] = {
    "comment": ("（原文のまま）", "（要約）", "※１"),
    "response": ("（案）", "（担当課）", "※２", "（令和７年３月現在）"),
    "original_text": ("（該当部分）", "（頁・行）"),
    "revision": ("（下線部が修正箇所）", "（案）", "（赤字は修正箇所）"),
    "disposition": ("（※）", "（◎○△×）"),
    "number": ("（順）",),
}


@dataclasses.dataclass(frozen=True)
class HeaderHabits:
    """How the headers of one annex are written."""

    rows: int
    noted: bool
    spaced: bool
    shorter_again: bool
    """Later pages have the lowest cells only, without notes."""

    @classmethod
    def draw(cls, rng: Random) -> HeaderHabits:
        """Habits of one annex."""
        rows = rng.choice((1, 1, 2, 2, 3))
        return cls(
            rows, noted=rng.random() < 0.25, spaced=rng.random() < 0.3,
            shorter_again=rng.random() < 0.2,
        )  # fmt: skip

    def __str__(self) -> str:
        flags = {
            "headers with notes": self.noted, "letter-spaced headers": self.spaced,
            "shorter headers on later pages": self.shorter_again,
        }  # fmt: skip
        return ", ".join(name for name, is_so in flags.items() if is_so)


def headed(rng: Random, columns: Sequence[Column], habits: HeaderHabits) -> tuple[Headed, ...]:
    """The columns under their header cells."""
    paths: list[tuple[str, ...]] = [(column.header,) for column in columns]
    if habits.rows > 1:
        paths = _spanned(rng, columns, paths)
    if habits.rows == 3 and any(len(path) > 1 for path in paths):
        paths = _crowned(rng, paths)
    heads = []
    for column, path in zip(columns, paths, strict=True):
        plain = path[-1]
        shown = _annotated(rng, column.role, plain) if habits.noted else plain
        shown = _spaced(rng, shown) if habits.spaced else shown
        again = (plain,) if habits.shorter_again else (*path[:-1], shown)
        heads.append(Headed.of(column.role, (*path[:-1], shown), again))
    return _told_apart(heads)


def _told_apart(heads: Sequence[Headed]) -> tuple[Headed, ...]:
    """Columns of one header take those above it into their names."""
    names = Counter(head.header for head in heads)
    return tuple(
        dataclasses.replace(head, header="".join(head.path)) if names[head.header] > 1 else head
        for head in heads
    )


def _spanned(
    rng: Random, columns: Sequence[Column], paths: list[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """A cell over one or two pairs of neighbours."""
    spanned, place = list(paths), 0
    while place + 1 < len(columns):
        choices = _SPANS.get((columns[place].role, columns[place + 1].role))
        if choices and rng.random() < 0.8:
            over, left, right = rng.choice(choices)
            spanned[place], spanned[place + 1] = (over, left), (over, right)
            place += 1
        place += 1
    return spanned


def _crowned(rng: Random, paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """One more cell on top: over the first pair and the columns to its right."""
    first = next(place for place, path in enumerate(paths) if len(path) > 1)
    above = rng.choice(_ABOVE)
    return paths[:first] + [(above, *path) for path in paths[first:]]


def _annotated(rng: Random, role: str, header: str) -> str:
    notes = _NOTES.get(role)
    if not notes or rng.random() < 0.4 or "（" in header:
        return header
    return header + ("\n" if rng.random() < 0.5 else "") + rng.choice(notes)


def _spaced(rng: Random, header: str) -> str:
    """A short header with ideographic spaces between its letters."""
    if not 2 <= len(header) <= 4 or not all(char >= "一" for char in header):
        return header
    return ("　" * rng.choice((1, 1, 2))).join(header)
