"""Colour spaces: how many numbers a colour has, and whether 0 means ink."""

from typing import Any

from msgspec import Struct
from pdfminer.pdfcolor import PREDEFINED_COLORSPACE
from pdfminer.pdftypes import list_value, stream_value
from pdfminer.psparser import literal_name

_SUBTRACTIVE = ("Separation", "DeviceN", "DeviceCMYK")  # 0 means no ink (PDF 32000-1, 8.6)


class ColorSpace(Struct, frozen=True, eq=False):
    """A colour space."""

    parts: int
    """How many numbers a colour has; 1 for a pattern, which has only a name."""
    subtractive: bool = False
    """0 means no ink, as it does in every space with four components."""
    indexed: bool = False
    """The numbers are indices into a palette."""


def read_color_space(stored: Any) -> ColorSpace | None:
    """Read a colour space; None if besshi does not know its family."""
    family = stored[0] if isinstance(stored, list) else stored
    name = literal_name(family)
    if name == "ICCBased" and isinstance(stored, list) and len(stored) >= 2:
        return _named_space(name, stream_value(stored[1])["N"])
    if name == "DeviceN" and isinstance(stored, list) and len(stored) >= 2:
        return _named_space(name, len(list_value(stored[1])))
    return PREDEFINED.get(name)


def _named_space(name: str, parts: int) -> ColorSpace:
    return ColorSpace(parts, name in _SUBTRACTIVE, name == "Indexed")


PREDEFINED: dict[str | bytes, ColorSpace] = {
    name: _named_space(name, space.ncomponents) for name, space in PREDEFINED_COLORSPACE.items()
}
GRAY, RGB, CMYK = (PREDEFINED[name] for name in ("DeviceGray", "DeviceRGB", "DeviceCMYK"))
PATTERN = PREDEFINED["Pattern"]
