"""Lines that say how to reach an office: a telephone number, a mail or a web address."""

import re

from pipeline.vocabulary.line_marks import ADDRESS, FIRST_RUN, begins_with_address

# Behind a label, a number or an address is all of the line: ＦＡＸ：026-000-0000（直通）.
_LABEL = (
    r"(?:電話(?:番号)?|TEL|ＴＥＬ|FAX|ＦＡＸ|ファク(?:ス|シミリ)|ファックス"
    r"|(?:E|Ｅ)?[-－]?(?:mail|ｍａｉｌ|メール)(?:アドレス)?|URL|ＵＲＬ|HP|ＨＰ|ホームページ)"
    r"[\s:：./]*"
)
_VALUE = r"[\d０-９!-~－‐―]{6,}(?:\s*[（(][^（）()。]*[）)])?"
_CONTACT = re.compile(rf"[・\s]*(?:{_LABEL})+{_VALUE}\s*", re.IGNORECASE)
_JOINTS = ("-", ".", "_")  # mail: kosodate- / 9@city.example.jp is one address
_SCHEME = re.compile(r"https?://|www\.")


def parts_contacts(above: str, below: str) -> bool:
    """Whether a contact line is all of one line, and the next one begins another.

    電話 026-000-0000 / https://www.pref.example.lg.jp/ is two; a wrapped address is one.
    """
    text = above.strip()
    if not (_CONTACT.fullmatch(text) or _is_address(text)):
        return False
    if _CONTACT.match(below):
        return True
    if opens_address(text, below):
        return True
    is_whole = not ADDRESS.search(text) and not text.endswith(_JOINTS)
    return is_whole and begins_with_address(below)


def opens_address(above: str, below: str) -> bool:
    """Whether a web address begins the lower of two lines, and is no part of one above it."""
    return bool(_SCHEME.match(below)) and not above.endswith(("=", "/", "?", "&"))


def _is_address(text: str) -> bool:
    run = FIRST_RUN.fullmatch(text)
    return run is not None and ADDRESS.search(text) is not None
