"""Words that layouts add to a document's own."""

from __future__ import annotations

from collections.abc import Mapping

READINGS: Mapping[str, str] = {
    "避難": "ひなん", "施設": "しせつ", "周知": "しゅうち", "連携": "れんけい",
    "整備": "せいび", "支援": "しえん", "住民": "じゅうみん", "計画": "けいかく",
    "意見": "いけん", "検討": "けんとう", "活用": "かつよう", "情報": "じょうほう",
}  # fmt: skip
"""Furigana by word."""

MEMO = "【内部確認用】公表不可"
"""What stands in a cell, not to be seen."""

SLUG = "keikaku_annex_0423.indd   12   2025/03/14   17:22"
"""What a typesetting program prints outside the crop box."""
