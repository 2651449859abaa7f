"""Headers that name who speaks, and what in words of both sides: 有識者の所見, 当局の受け止め."""

import re
from functools import lru_cache

from pipeline.model import Role
from pipeline.vocabulary.folding import KEPT_HEADERS

PUBLIC = (
    "委員会|審議会|審査会|協議会|議会|部会|組合|委員|議員|市民|町民|村民|区民|県民|都民|住民|国民|保護者|利用者|患者|家族|来館者|来庁者|参加者|参加団体"
    "|市町村|有識者|専門家|第三者|団体|審査員|評価者|モニター|児童|生徒|学生|会員|読者|地元"
)
"""Who comments."""
# 上部から２行目 and 各地区から name no office.
_OFFICE = (
    "当局|当院|当館|当園|当社|本市|本町|本村|本県|本校|事務局|学校|大学|法人|病院|役場|執行部|理事者"
    "|店舗|(?:支|出張|事務|保健|保育)所|市|町|村|(?<!地)区|県|府|都|省|庁|局|(?<![一全上下外細])部|課|室|館|園|校"
)
_SAID = (
    "所見|見解|受け止め|説明|考え方?|思い|声|言葉|返事|メッセージ|一言|感想|評価|判断|主張|発言|反応"
    "|コメント|整理"
)
# No sentence whose line happens to end so: a header is a phrase without clauses.
_SPEAKER = re.compile(
    rf"[^、。はがをにへ]{{0,6}}?(?:"
    rf"(?P<public>{PUBLIC})(?:の(?:{_SAID})|(?:から|より)の?[^のがをにへと]{{0,6}})"
    # Offices give more than words: 市からの補助金.
    rf"|(?P<office>{_OFFICE})長?(?:の(?:{_SAID})|(?:から|より)(?:の(?:{_SAID}))?))"
)


@lru_cache(KEPT_HEADERS)
def read_speaker(header: str) -> Role | None:
    """The text of whoever a header names: comments of the public, responses of an office.

    Args:
        header: Folded, without notes and honorifics.
    """
    found = _SPEAKER.fullmatch(header)
    if found is None:
        return None
    return Role.COMMENT if found["public"] else Role.RESPONSE
