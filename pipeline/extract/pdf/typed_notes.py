"""The looks of typed text that carries none: of form fields and of notes typed on the page.

Viewers set it themselves (PDF 32000-1, 12.7.3.3 and 12.5.6.6), in a font that they choose.
"""

import re
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import LIT, literal_name

from pipeline.extract.pdf.content.actual_text import decode_text
from pipeline.extract.pdf.content.display_list import IDENTITY
from pipeline.extract.pdf.content.resources import Form, read_rect
from pipeline.extract.pdf.text_markup import spell_operators
from pipeline.vocabulary.printable import measure_width

_SIZE = re.compile(rb"(\d+\.?\d*|\.\d+)\s+Tf")
_LARGEST, _SHARE = 12.0, 0.7  # points, and share of the box; judgement: what viewers choose
_MARGIN = 2.0  # points; judgement: as viewers leave
_PITCH, _RISE = 1.15, 0.88  # em; judgement: as viewers set it
_DEEPEST = 32  # fields in fields; judgement: a malformed PDF may have a loop
_SECRET, _SEVERAL = 1 << 13, 1 << 12  # flags of a text field; standard: PDF 32000-1, table 228
_FIRST, _LAST = 1, 94  # CIDs of the half-width characters; standard: Adobe-Japan1
_NAME = "HeiseiKakuGo-W5"
_FONT = {
    "Type": LIT("Font"),
    "Subtype": LIT("Type0"),
    "BaseFont": LIT(_NAME),
    "Encoding": LIT("UniJIS-UTF16-H"),
    "DescendantFonts": [
        {
            "Type": LIT("Font"),
            "Subtype": LIT("CIDFontType0"),
            "BaseFont": LIT(_NAME),
            "CIDSystemInfo": {"Registry": b"Adobe", "Ordering": b"Japan1", "Supplement": 6},
            "FontDescriptor": {"Ascent": 880, "Descent": -120},
            "W": [_FIRST, [500] * _LAST],
        }
    ],
}


def draw_typed(subtype: str, annotation: dict[str, Any]) -> Form | None:
    """Set the text of a note or of a field in its box; None: it has none to show.

    Args:
        annotation: It has no appearance of its own, or an old one.
    """
    text, several = _read_text(subtype, annotation)
    if not text.strip():
        return None
    left, low, right, high = box = read_rect(annotation.get("Rect"))
    if left == right or low == high:  # a field that a form hides has such a box
        return None
    size = _read_size(annotation) or min(_LARGEST, _SHARE * (high - low))
    columns = int(2 * (right - left - 2 * _MARGIN) / size)
    lines = _wrap(text, columns) if several else [text]
    top = high - _MARGIN if several else (low + high + size) / 2
    content: list[float | str] = ["BT", "/Typed", size, "Tf"]
    for place, line in enumerate(lines):
        y = top - size * (_RISE + _PITCH * place)
        content += [1, 0, 0, 1, left + _MARGIN, y, "Tm"]
        content += [f"<{line.encode('utf-16-be').hex()}>", "Tj"]
    stream = spell_operators(*content, "ET").encode()
    return Form(None, stream, IDENTITY, box, {"Font": {"Typed": _FONT}})


def _read_text(subtype: str, annotation: dict[str, Any]) -> tuple[str, bool]:
    """The text, and whether it may have several lines."""
    if subtype == "FreeText":
        return _decode(annotation.get("Contents")), True
    kind, flags = _find(annotation, "FT"), _find(annotation, "Ff")
    flags = flags if isinstance(flags, int) else 0
    if subtype != "Widget" or kind is None or literal_name(kind) not in ("Tx", "Ch"):
        return "", False
    if literal_name(kind) == "Ch":
        return _read_choice(annotation), False
    return "" if flags & _SECRET else _decode(_find(annotation, "V")), bool(flags & _SEVERAL)


def _read_choice(annotation: dict[str, Any]) -> str:
    """What a list shows of its value: it may stand for another text (PDF 32000-1, 12.7.4.4)."""
    value = _find(annotation, "V")
    options = _find(annotation, "Opt")
    for option in map(resolve1, options if isinstance(options, list) else ()):
        if isinstance(option, list) and option and resolve1(option[0]) == value:
            return _decode(option[-1])
    return _decode(value)


def _decode(stored: Any) -> str:
    value = resolve1(stored)
    return decode_text(value) if isinstance(value, bytes) else ""


def _find(annotation: dict[str, Any], name: str) -> Any:
    """An entry of a field, or of one that it is a part of (PDF 32000-1, 12.7.3.1)."""
    field: Any = annotation
    for _ in range(_DEEPEST):
        if not isinstance(field, dict):
            return None
        if name in field:
            return resolve1(field[name])
        field = resolve1(field.get("Parent"))
    return None


def _read_size(annotation: dict[str, Any]) -> float:
    """The size that the field gives; 0: the viewer chooses it."""
    given = _find(annotation, "DA")
    match = _SIZE.search(given) if isinstance(given, bytes) else None
    return float(match[1]) if match else 0.0


def _wrap(text: str, columns: int) -> list[str]:
    """The lines of a text, as wide as so many half-width characters at most."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines.append("")
        taken = 0
        for character in paragraph:
            width = measure_width(character)
            if lines[-1] and taken + width > columns:
                lines.append("")
                taken = 0
            lines[-1] += character
            taken += width
    return lines
