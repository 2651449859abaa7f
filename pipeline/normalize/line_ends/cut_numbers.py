"""Tell whether a line ends inside a number: 令和 / ２年, 第３ / ２条, 11月 / 23日."""

import re

from pipeline.vocabulary.eras import ERA

_ERA_ENDS = re.compile(rf"(?:{ERA})$")
_ERA_GOES_ON = re.compile(r"(?:\d{1,2}|元)年")
_ORDINAL_ENDS = re.compile(r"第[\d一二三四五六七八九十]+$")
_ORDINAL_GOES_ON = re.compile(r"[編章節款条項号](?!目)")
# 第３ / ２条 is one number; 資料３ / ２条 and 12 / 34円 may be two.
_NUMBER_ENDS = re.compile(rf"(?:{ERA}|第|約|\d[,，.．])\d+$")
_NUMBER_GOES_ON = re.compile(r"\d{1,4}(?:年|月|日|条|項|号|円|人|件|％|%|回|か所|億|万|千)")
# One date. A schedule may begin a line with a month (令和６年 / ４月　説明会).
_DATE_ENDS = re.compile(r"\d(?:月|年)$")
_DATE_GOES_ON = re.compile(r"\d{1,2}(?:日|月\d{1,2}日)")
# A year that ends more than itself: 着手は令和９年 / ４月, but 令和９年 / ４月 may be two labels.
_YEAR_ENDS = re.compile(rf"\S\s*(?:(?:{ERA})(?:\d{{1,2}}|元)|\d{{4}})年$")
_MONTH_GOES_ON = re.compile(r"\d{1,2}月(?!\s)")
# One range, fraction, telephone number or amount: P.8～ / P.9, 令和６年～ / 10年, １／ / ３,
# 027-000- / 1111, 前年比△ / ８％.
_RANGE_OPENS = re.compile(r"(?:\d(?:[年月日時頁条]?[～〜~]|[-‐－／/])|\w[△▲])$")
_RANGE_ENDS = re.compile(rf"(?:[pPｐＰ][.．]?|第|{ERA})?\d")
# P.12 / ～13; a time or a day may begin a line so: ４月１日 / ～30日.
_PAGE_ENDS = re.compile(r"[pPｐＰ][.．]?\s?\d+$")
_PAGES_GO_ON = re.compile(r"[～〜~‐－-]\d")
_SIGN_ENDS, _COUNTS_ON = re.compile("[№℡〒§]$"), re.compile(r"\d")
# Behind a sentence a number alone ends no line: …と考えます。６ / （６）の記載は.
_LONE_NUMBER = re.compile(r"[。、]\d{1,2}$")


def is_inside_number(tail: str, head: str) -> bool:
    """Whether one number that counts something stands on both sides of a line end.

    Args:
        tail: The line before, without white space at its end.
        head: The line after, without white space at its start.
    """
    if _ERA_GOES_ON.match(head) and _ERA_ENDS.search(tail):
        return True
    if _ORDINAL_GOES_ON.match(head) and _ORDINAL_ENDS.search(tail):
        return True
    if _SIGN_ENDS.search(tail) and _COUNTS_ON.match(head):
        return True
    if _RANGE_OPENS.search(tail) and _RANGE_ENDS.match(head):
        return True
    if not (tail[-1].isdigit() or tail[-1] in "年月"):
        return False  # true of most lines
    if _PAGES_GO_ON.match(head) and _PAGE_ENDS.search(tail):
        return True
    if _MONTH_GOES_ON.match(head) and _YEAR_ENDS.search(tail):
        return True
    if _LONE_NUMBER.search(tail) or (_DATE_ENDS.search(tail) and _DATE_GOES_ON.match(head)):
        return True
    same_width = tail[-1].isascii() == head[0].isascii()
    return same_width and bool(_NUMBER_ENDS.search(tail) and _NUMBER_GOES_ON.match(head))
