"""Split a content stream into instructions: each operator with the operands before it.

One regular expression does this. A lexer that goes from token to token in Python takes longer than
everything else that is done for a page.
"""

import binascii
import re
from collections.abc import Callable, Iterable

# Listed in full: of a set with classes such as \s in it, `re` asks one part after the other.
_SPACES, _DIGITS = rb" \t\n\r\f\v\x00", rb"0-9.+\-"
_NAME = rb"/[^" + _SPACES + rb"()<>\[\]{}/%]*+"
_HEX = rb"<[0-9A-Fa-f" + _SPACES + rb"]*+>"
# Nesting depth of parentheses without backslash in a string; judgement: texts have one or two.
_NESTING_DEPTH = 4


def _string() -> bytes:
    nested = rb"\((?:[^()\\]++|\\.)*+\)"
    for _ in range(_NESTING_DEPTH):
        nested = rb"\((?:[^()\\]++|\\.|" + nested + rb")*+\)"
    return nested


_STRING = _string()
# Numbers, and arrays around numbers and strings: what most instructions have, and nothing else.
_NUMBERS = rb"[" + _SPACES + _DIGITS + rb"\[\]]*+"
_OPERAND = rb"|".join(
    (
        _HEX,
        _NAME,
        _STRING,
        rb"%[^\r\n]*+",
        rb"\(.*",  # a string that does not end
        rb"[^A-Za-z'\"]",
    )
)
# The data of an inline image end with EI and white space. Data in ASCII85 end with ~>, since they
# may contain the letters EI. Data without an end reach to the end of the content, as strings do.
# The head is limited: otherwise each of many BI would search everything that follows.
# 1000 bytes; judgement: a dozen entries with long names take 300.
_HEAD = rb"(?:(?!\sID\s).){0,1000}?"
_IMAGE = (
    rb"BI(?=[\s/])" + _HEAD + rb"(?:/(?:A85|ASCII85Decode)\b" + _HEAD + rb"\sID\s.*?~>\s*EI"
    rb"|\sID\s(?:.*?EI(?=\s|\Z)|.*))"
)
_INSTRUCTION = re.compile(
    rb"(" + _NUMBERS + rb"(?:(?:" + _OPERAND + rb")" + _NUMBERS + rb")*+)"
    rb"(" + _IMAGE + rb"|d[01]|[A-Za-z'\"][A-Za-z*'\"]*+|\Z)",
    re.DOTALL,
)
_ELEMENT = re.compile(rb"[" + _DIGITS + rb"]++|" + _HEX + rb"|" + _STRING, re.DOTALL)
STRING_STARTS = b"(<"  # a string begins with one of these
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_COMMENT = re.compile(rb"(" + _STRING + rb")|%[^\r\n]*", re.DOTALL)
_SIZE = re.compile(rb"/(?:W|Width)\b.*/(?:H|Height)\b|/(?:H|Height)\b.*/(?:W|Width)\b", re.DOTALL)
# Bytes are looked for by their numbers: for `b"%" in operands` Python raises an error first, and
# clears it, which takes longer than most operators.
_BACKSLASH, _PERCENT = b"\\%"
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_JOINED = (b"\n", b"\r", b"\r\n")  # a line break after a backslash is not part of the string
_NAMES = re.compile(_NAME.replace(b"/", b"/(", 1) + b")")
_HEX_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")

Instruction = tuple[bytes, bytes]
"""The operands as written, with their white space, and the operator."""


def split_instructions(content: bytes) -> list[Instruction]:
    """Split a content stream into instructions. Comments are left out.

    A whole inline image counts as one operator.
    """
    instructions: list[Instruction] = _INSTRUCTION.findall(content)
    if b"%" not in content:
        return instructions
    return [
        (_COMMENT.sub(rb"\1", operands) if _PERCENT in operands else operands, operator)
        for operands, operator in instructions
    ]


def repair_numbers(operands: bytes) -> bytes:
    """Correct malformed numbers in operands: 1.5-3 becomes 1.5 and -3, --5 becomes -5."""
    return b" ".join(_NUMBER.findall(operands))


def read_numbers(operands: bytes, count: int) -> Iterable[float]:
    """Read the last `count` operands as numbers.

    Raises:
        ValueError: One of them is not a number.
    """
    return map(float, operands.split()[-count:])


split_array: Callable[[bytes], list[bytes]] = _ELEMENT.findall
"""Returns the numbers and strings of an array; for a single string, that string."""


def read_shift(element: bytes) -> float:
    """Read a number in an array of strings; a malformed one is the sum of the numbers in it."""
    try:
        return float(element)
    except ValueError:  # such as a hyphen alone
        return sum(map(float, repair_numbers(element).split()), 0.0)


def read_string(element: bytes) -> bytes:
    """Decode a string operand to its bytes."""
    if element[:1] == b"<":
        try:
            return binascii.unhexlify(element[1:-1])
        except ValueError:
            digits = b"".join(element[1:-1].replace(b"\x00", b"").split())
            return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    return _ESCAPE.sub(_unescape, element[1:-1]) if _BACKSLASH in element else element[1:-1]


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if b"0" <= code[:1] <= b"7":
        return bytes((int(code, 8) & 0xFF,))
    return b"" if code in _JOINED else _ESCAPED.get(code, code)


def read_name(operands: bytes) -> str | bytes:
    """Read the last name among operands, without its slash, as in pdfminer's dictionaries.

    Raises:
        ValueError: The operands contain no name.
    """
    names = _NAMES.findall(operands)
    if not names:
        raise ValueError(f"{operands!r} contains no name")
    name: bytes = names[-1]
    if b"#" in name:
        name = _HEX_CODE.sub(lambda match: bytes((int(match[1], 16),)), name)
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name


def is_image(operator: bytes) -> bool:
    """Whether an operator is an inline image that has a width and a height."""
    return operator[:2] == b"BI" and bool(_SIZE.search(operator.split(b"ID", 1)[0]))
