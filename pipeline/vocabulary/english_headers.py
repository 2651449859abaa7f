"""Find the role of an English header by its head: Response to comments is an answer.

A Japanese phrase has its head at the end (意見に対する回答). An English one has it at the end too,
or before `of`, `to`, `from` and the like: Observations of the secretariat, Type of comment.
"""

import re
from functools import cache, lru_cache

from pipeline.model import EXTRA, Role
from pipeline.vocabulary.folding import KEPT_HEADERS

# Of officials: what they say is an answer, whatever it is called.
_OFFICE = (
    r"(?:agency|author|authority|board|city|commission|council|department|developer|government"
    r"|management|ministry|officer|proponent|secretariat|staff|team)(?:['’]?s['’]?)?"
)
_SAID = r"(?:comments?|considerations?|explanations?|observations?|positions?|remarks?|views?)"
_TEXT = r"(?:clauses?|content|drafts?|language|provisions?|rules?|texts?|versions?|wording)"
_CHANGE = r"(?:amendments?|(?<!ex)changes?|modifications?|revisions?)"
_WHICH = r"(?:numbers?|nos?\.?|ids?|names?|types?)?"
# The better word stands before the other one: that is the column that takes the role.
_HEADS: tuple[tuple[str, str], ...] = (
    (Role.RESPONSE, rf"{_OFFICE}{_SAID}|{_SAID}(?:of|by|from)(?:the)?{_OFFICE}"),
    (Role.RESPONSE, r"responses?|answers?|repl(?:y|ies)|resolutions?|outcomes?"),
    (Role.RESPONSE, r"actionstaken|actiontaken|agreedactions?"),
    (Role.REVISION, rf"(?:amended|final|new|proposed|recommended|revised|suggested){_TEXT}"),
    (Role.REVISION, rf"(?:proposed|recommended|requested|suggested)?{_CHANGE}"),
    (Role.ORIGINAL_TEXT, rf"(?:current|existing|old|original|present|previous){_TEXT}"),
    (Role.ORIGINAL_TEXT, r"(?:sub)?clauses?|provisions?|articles?|polic(?:y|ies)"),
    (
        Role.ORIGINAL_TEXT,
        r"(?:sections?|chapters?|paragraphs?|(?<![a-z])lines?)(?:numbers?|nos?\.?)?",
    ),
    (Role.ORIGINAL_TEXT, r"pages?(?:/|and|,)lines?"),
    (Role.NUMBER, r"(?:comment|issue|item|question|ref|reference|rep|serial)(?:number|no\.?|id|#)"),
    (
        Role.SUBMITTER,
        rf"(?:commenter|consultee|reviewer|respondent|stakeholder|submitter)s?{_WHICH}",
    ),
    (Role.SUBMITTER, r"organi[sz]ations?|mb/nc|bidders?"),
    (Role.CATEGORY, r"types?|categor(?:y|ies)|topics?|themes?|subjects?"),
    (
        Role.COMMENT,
        r"comments?|questions?|opinions?|quer(?:y|ies)|[ei]nquir(?:y|ies)|representations?",
    ),
    (Role.COMMENT, r"submissions?|suggestions?|objections?|concerns?|findings?|recommendations?"),
    (Role.COMMENT, r"issues?|requests?|feedback"),
    (Role.DISPOSITION, r"decisions?|accept(?:ed)?(?:/reject(?:ed)?|(?=\?))\??"),
    (EXTRA, r"dates?|pages?(?:numbers?|nos?\.?)?|remarks?|notes?|reasons?"),
)
# What a record says, and no header: No change, Not accepted, See response to comment 5.
_SAYING = r"no(?!tes?)|see|thank"
_BEHIND = r"of|from|to|on|for|by|in|with|and|or|received|raised|made|[/&,;:-]"
# What every head has: not No, v or p.
_LETTERS = re.compile("[a-z]{3}|mb/nc")


@cache
def _pattern() -> re.Pattern[str]:
    """The pattern of a header: compiled (5 ms) only where one may have a head."""
    # The letters before the head are few: a line of a sentence may end in such a word, too.
    return re.compile(
        rf"(?!{_SAYING})[a-z0-9'’/&.-]{{0,14}}?(?:"
        + "|".join(f"(?P<h{rank}>{words})" for rank, (_, words) in enumerate(_HEADS))
        + rf")(?:(?:{_BEHIND}).{{0,30}})?"
    )


@lru_cache(KEPT_HEADERS)
def read_english(header: str) -> tuple[str, int] | None:
    """The role that the head of an English header names, and its rank; None where none is known.

    Args:
        header: Folded, without white space and notes.
    """
    found = _pattern().fullmatch(header) if _LETTERS.search(header) else None
    if found is None or found.lastgroup is None:
        return None
    rank = int(found.lastgroup[1:])
    return _HEADS[rank][0], rank
