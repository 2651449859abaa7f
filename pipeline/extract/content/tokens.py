"""A content stream cut into its tokens (PDF 32000-1, 7.2), strings and arrays whole.

One regular expression does it: a lexer that steps from character to character in Python takes
longer than all the rest of a page.
"""

import binascii
import re
from collections.abc import Iterable

_REGULAR = rb"[^\s\x00()<>\[\]{}/%]"
_NUMBER = rb"[+-]*[\d.]+"
_HEX = rb"<[0-9A-Fa-f\s\x00]*>"
_NESTED = 8  # parentheses inside parentheses that need no backslash; texts have one or two


def _string() -> bytes:
    inner = rb"\((?:[^()\\]++|\\.)*+\)"
    for _ in range(_NESTED):
        inner = rb"\((?:[^()\\]++|\\.|" + inner + rb")*+\)"
    return inner


_STRING = _string()
_ARRAY = rb"\[(?:[^\[\]()<>%]++|" + _HEX + rb"|" + _STRING + rb")*+\]"
# An inline image's data end with EI and white space, those in ASCII85 with ~>: the letters EI may
# stand in them.
_HEAD = rb"(?:(?!\sID\s).)*?"
_IMAGE = (
    rb"BI(?=[\s/])" + _HEAD + rb"(?:/(?:A85|ASCII85Decode)\b" + _HEAD + rb"\sID\s.*?~>\s*EI"
    rb"|\sID\s.*?EI(?=\s|\Z))"
)
_TOKEN = re.compile(
    rb"|".join(
        (
            _NUMBER,
            _IMAGE,
            _REGULAR + rb"+",
            rb"/" + _REGULAR + rb"*",
            _HEX,
            _ARRAY,
            _STRING,
            rb"%[^\r\n]*",
            rb"\(.*",  # a string that does not end
            rb"<<|>>|[^\s\x00]",
        )
    ),
    re.DOTALL,
)
_ELEMENT = re.compile(rb"|".join((_NUMBER, _HEX, _STRING)), re.DOTALL)
_SIZE = re.compile(rb"/(?:W|Width)\b.*/(?:H|Height)\b|/(?:H|Height)\b.*/(?:W|Width)\b", re.DOTALL)
_SIGNS = re.compile(rb"^-+(?=-[\d.]+$)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_JOINED = (b"\n", b"\r", b"\r\n")  # a line's end behind a backslash is none
_HEX_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")


def split_tokens(content: bytes) -> list[bytes]:
    """Cut a content stream into tokens; comments are left out.

    An inline image is one token, as are strings and arrays with their brackets.
    """
    tokens: list[bytes] = _TOKEN.findall(content)
    if b"%" in content:
        tokens = [token for token in tokens if token[:1] != b"%"]
    if b"--" in content:  # as some programs write the opposite of a negative number
        tokens = [_SIGNS.sub(b"", token) for token in tokens]
    return tokens


def split_array(token: bytes) -> list[bytes]:
    """The numbers and strings of an array."""
    elements: list[bytes] = _ELEMENT.findall(token)
    return elements


def read_string(token: bytes) -> bytes:
    """The bytes of a string token.

    Raises:
        ValueError: The token is no string.
    """
    if token[:1] == b"<":
        try:
            return binascii.unhexlify(token[1:-1])
        except ValueError:
            digits = b"".join(token[1:-1].replace(b"\x00", b"").split())
            return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    if token[:1] != b"(":
        raise ValueError(f"{token!r} is no string")
    return _ESCAPE.sub(_unescape, token[1:-1]) if b"\\" in token else token[1:-1]


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit() and code[0] < ord("8"):
        return bytes((int(code, 8) & 0xFF,))
    return b"" if code in _JOINED else _ESCAPED.get(code, code)


def read_name(token: bytes) -> str | bytes:
    """A name without its slash, as pdfminer has it in its dictionaries."""
    name = token[1:]
    if b"#" in name:
        name = _HEX_CODE.sub(lambda match: bytes((int(match[1], 16),)), name)
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name


def count_inline_images(tokens: Iterable[bytes]) -> int:
    """How many of the tokens are inline images that have a size."""
    images = (token for token in tokens if token[:2] == b"BI" and len(token) > 2)
    return sum(bool(_SIZE.search(image.split(b"ID", 1)[0])) for image in images)
