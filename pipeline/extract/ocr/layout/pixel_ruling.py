"""A ruling on the picture of a page."""

from msgspec import Struct
from msgspec.structs import replace


class PixelRuling(Struct, frozen=True):
    """A ruling on the straightened picture, in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int
    ink_start: int
    """Where its ink begins, across it: before its top or left if it is uneven or double."""
    ink_end: int
    """Where its ink ends, across it."""
    is_certain: bool = False
    """It is a ruling even if it meets no other: unbroken with white below, or all alone."""
    is_underline: bool = False
    """Type stands on it all along: it parts cells only where it touches their sides."""
    pitch: int = 0
    """The step from dot to dot of a dotted ruling: its last dot is so near to what it touches."""

    @property
    def is_horizontal(self) -> bool:
        """Whether it is horizontal."""
        return self.x1 - self.x0 >= self.bottom - self.top

    @property
    def length(self) -> int:
        """Its longer side."""
        return max(self.x1 - self.x0, self.bottom - self.top)


def transpose(ruling: PixelRuling) -> PixelRuling:
    """The ruling on the picture with rows and columns exchanged."""
    return replace(ruling, x0=ruling.top, top=ruling.x0, x1=ruling.bottom, bottom=ruling.x1)
