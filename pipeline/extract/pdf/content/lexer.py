"""A content stream cut into its instructions: each operator with the operands before it.

One regular expression does it: a lexer that steps from token to token in Python takes longer than
all the rest of a page.
"""

import binascii
import re
from collections.abc import Callable, Iterable

_NAME = rb"/[^\s\x00()<>\[\]{}/%]*+"
_HEX = rb"<[0-9A-Fa-f\s\x00]*+>"
_NESTED = 4  # parentheses inside parentheses that need no backslash; texts have one or two


def _string() -> bytes:
    inner = rb"\((?:[^()\\]++|\\.)*+\)"
    for _ in range(_NESTED):
        inner = rb"\((?:[^()\\]++|\\.|" + inner + rb")*+\)"
    return inner


_STRING = _string()
_OPERAND = rb"|".join(
    (
        rb"[\s\x00\d.+\-\[\]]++",  # numbers, and arrays around numbers and strings
        _HEX,
        _NAME,
        _STRING,
        rb"%[^\r\n]*+",
        rb"\(.*",  # a string that does not end
        rb"[^A-Za-z'\"]",
    )
)
# An inline image's data end with EI and white space, those in ASCII85 with ~>: the letters EI may
# stand in them. Data that do not end reach to the end of the content, as strings do; the head is
# short, or each of many BI would look through all that follows.
_HEAD = rb"(?:(?!\sID\s).){0,1000}?"  # bytes; a dozen entries with long names take 300
_IMAGE = (
    rb"BI(?=[\s/])" + _HEAD + rb"(?:/(?:A85|ASCII85Decode)\b" + _HEAD + rb"\sID\s.*?~>\s*EI"
    rb"|\sID\s(?:.*?EI(?=\s|\Z)|.*))"
)
_INSTRUCTION = re.compile(
    rb"((?:" + _OPERAND + rb")*+)(" + _IMAGE + rb"|d[01]|[A-Za-z'\"][A-Za-z*'\"]*+|\Z)", re.DOTALL
)
_ELEMENT = re.compile(rb"[\d.+\-]+|" + _HEX + rb"|" + _STRING, re.DOTALL)
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_COMMENT = re.compile(rb"(" + _STRING + rb")|%[^\r\n]*", re.DOTALL)
_SIZE = re.compile(rb"/(?:W|Width)\b.*/(?:H|Height)\b|/(?:H|Height)\b.*/(?:W|Width)\b", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_JOINED = (b"\n", b"\r", b"\r\n")  # a line's end behind a backslash is none
_NAMES = re.compile(_NAME.replace(b"/", b"/(", 1) + b")")
_HEX_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")

Instruction = tuple[bytes, bytes]
"""The operands, with white space as it stands, and the operator."""


def split_instructions(content: bytes) -> list[Instruction]:
    """Cut a content stream into instructions. Comments are left out.

    An inline image is an operator as a whole.
    """
    instructions: list[Instruction] = _INSTRUCTION.findall(content)
    if b"%" not in content:
        return instructions
    return [(_COMMENT.sub(rb"\1", operands), operator) for operands, operator in instructions]


def mend_numbers(operands: bytes) -> bytes:
    """Operands that are numbers, put as they should be: 1.5-3 for 1.5 and -3, --5 for -5."""
    return b" ".join(_NUMBER.findall(operands))


def read_numbers(operands: bytes, count: int) -> Iterable[float]:
    """The last operands as numbers.

    Raises:
        ValueError: One is no number.
    """
    return map(float, operands.split()[-count:])


split_array: Callable[[bytes], list[bytes]] = _ELEMENT.findall
"""Gives the numbers and strings of an array, or a string alone."""


def read_string(element: bytes) -> bytes:
    """The bytes of a string as it is written."""
    if element[:1] == b"<":
        try:
            return binascii.unhexlify(element[1:-1])
        except ValueError:
            digits = b"".join(element[1:-1].replace(b"\x00", b"").split())
            return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    return _ESCAPE.sub(_unescape, element[1:-1]) if b"\\" in element else element[1:-1]


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if b"0" <= code[:1] <= b"7":
        return bytes((int(code, 8) & 0xFF,))
    return b"" if code in _JOINED else _ESCAPED.get(code, code)


def read_name(operands: bytes) -> str | bytes:
    """The last name among operands, without its slash, as pdfminer has it in its dictionaries.

    Raises:
        ValueError: There is none.
    """
    names = _NAMES.findall(operands)
    if not names:
        raise ValueError(f"{operands!r} holds no name")
    name: bytes = names[-1]
    if b"#" in name:
        name = _HEX_CODE.sub(lambda match: bytes((int(match[1], 16),)), name)
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name


def is_image(operator: bytes) -> bool:
    """Whether an operator is an inline image that has a size."""
    return operator[:2] == b"BI" and bool(_SIZE.search(operator.split(b"ID", 1)[0]))
