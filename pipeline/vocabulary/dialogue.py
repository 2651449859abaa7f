"""How people ask and how offices answer: the ends of their sentences."""

import re
from functools import lru_cache

from pipeline.vocabulary.folding import fold

_KEPT = 1024  # texts cached; judgement: the cells that a table's roles are learnt from
_SENTENCE = re.compile(r"[^。？?！!]+[。？?！!]?")
_ASKS = re.compile(
    r"(?:[？?]|ほしい(?:です)?|欲しい(?:です)?|べき(?:だ|です|である|ではない(?:か|でしょうか))?"
    r"|べき(?:だ|である)?と(?:考え|思い|感じ)(?:る|ます)|(?:にく|づら)い(?:です)?|何か|いくらか"
    r"|(?:くだ|下)さい|願い(?:します|したい|いたします|致します)?|でしょうか|ませんか|ないか|ですか"
    r"|(?:の|る|た|い|う)か|思(?:う|います|われる)|求め(?:る|ます)|要望(?:する|します)?|[しいりきれえめべ]たい"
    r"|(?:不明確|不十分|残念|反対|賛成|不安)(?:だ|です|である)?)[。！!]?$"
)
_ANSWERS = re.compile(r"(?:ます|ました|ません|です|でした)[）)」』]?。?$")
_REPORTS = re.compile(
    r"(?:する|した|している|される|された|されている|とおり|通り|である|図る|図った|行う|行った|努める|進める"
    r"|めた|えた|定めている|設けている|[しりきめ]たい|ていく|予定|済み?|ない|なし)[）)」』]?。?$"
)
# What an office asks of those who asked is no question.
_REFERS = re.compile(r"(?:参照|ご?覧|確認)(?:して|になって)?(?:くだ|下)さい。?$")


@lru_cache(_KEPT)
def asks(text: str) -> bool:
    """Whether a text asks, wishes or judges in one of its sentences, as comments do."""
    sentences = _SENTENCE.findall(fold(text))
    return any(_ASKS.search(own) and not _REFERS.search(own) for own in sentences)


@lru_cache(_KEPT)
def answers(text: str) -> bool:
    """Whether a text tells something politely, as offices do, and asks for nothing."""
    told = any(_ANSWERS.search(sentence) for sentence in _SENTENCE.findall(fold(text)))
    return told and not asks(text)


@lru_cache(_KEPT)
def reports(text: str) -> bool:
    """Whether a text answers, be it in the plain style (検討したい。): beside comments only.

    A comment in this style may tell or wish something in the same words.
    """
    sentences = _SENTENCE.findall(fold(text))
    told = [bool(_REPORTS.search(own)) for own in sentences]
    asked = any(asks(own) for own, tells in zip(sentences, told, strict=True) if not tells)
    return answers(text) or (any(told) and not asked)
