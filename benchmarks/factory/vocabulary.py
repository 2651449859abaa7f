"""Header words by role: the contract's own, and a few near ones that any reader would accept."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from .model import EXTRA, Column

CONTRACT_HEADERS: Mapping[str, tuple[str, ...]] = {
    "number": ("No", "№", "番号", "項番", "通番", "意見番号"),
    "category": ("分類", "区分", "章", "項目", "大項目", "種別"),
    "original_text": (
        "評価書該当箇所", "該当箇所", "評価書の記載箇所", "現行", "修正前", "改正前",
        "訂正前", "旧", "旧版", "誤", "原案", "原文", "変更前",
    ),
    "comment": (
        "意見内容", "ご意見の概要", "意見の要旨", "意見等", "指摘事項", "質問", "コメント",
    ),
    "submitter": ("意見提出者", "提出者", "委員名", "指摘者", "質問者"),
    "revision": (
        "評価書修正箇所", "修正箇所", "修正後", "改正後", "訂正後", "新", "新版", "正",
        "改正案", "修正案", "変更後", "修正内容",
    ),
    "response": (
        "主管課意見", "回答", "市の考え方", "区の見解", "対応", "対応方針",
        "所管課の回答", "事務局の考え方",
    ),
    "disposition": ("反映区分", "対応区分", "修正の有無", "反映状況"),
}  # fmt: skip

NEAR_HEADERS: Mapping[str, tuple[str, ...]] = {
    "number": ("No.", "意見No.", "整理番号"),
    "comment": ("ご意見", "意見の概要", "ご意見の要旨", "委員からの意見", "質問・意見"),
    "submitter": ("発言者", "意見者"),
    "revision": ("修正後の記載", "改正後（案）"),
    "response": (
        "市の回答",
        "県の考え方",
        "町の考え方",
        "本市の考え方",
        "区の考え方",
        "担当課回答",
    ),
    "disposition": ("反映の有無", "計画への反映"),
}
"""Not in the contract's examples, but of the same meaning beyond doubt."""

EXTRA_HEADERS: tuple[str, ...] = ("備考", "理由", "ページ", "頁", "担当課", "受付日", "提出方法")

PAIRED_HEADERS: tuple[tuple[str, str], ...] = (
    ("現行", "改正案"),
    ("改正前", "改正後"),
    ("修正前", "修正後"),
    ("変更前", "変更後"),
    ("旧", "新"),
    ("原案", "修正案"),
    ("旧版", "新版"),
)
"""Original and revision, as a table that compares the two names them."""

CORRECTION_HEADERS: tuple[tuple[str, str], ...] = (("訂正前", "訂正後"), ("誤", "正"))

DISPOSITIONS: tuple[tuple[str, ...], ...] = (
    ("◎", "○", "△", "×"),
    ("○", "△", "－"),
    ("Ａ", "Ｂ", "Ｃ", "Ｄ"),
    ("有", "無"),
    ("修正あり", "修正なし"),
    ("反映", "一部反映", "参考", "その他"),
    ("①", "②", "③", "④"),
)

NEAR_SHARE = 0.12
"""Share of headers drawn from `NEAR_HEADERS` where the role has any."""


def draw_column(rng: Random, role: str) -> Column:
    """A column of this role with a header of the vocabulary."""
    if role == EXTRA:
        return Column(EXTRA, rng.choice(EXTRA_HEADERS))
    near = NEAR_HEADERS.get(role, ())
    words = near if near and rng.random() < NEAR_SHARE else CONTRACT_HEADERS[role]
    return Column(role, rng.choice(words))
