"""An area of a picture."""

from msgspec import Struct

from pipeline.extract.ocr.image.components import Mask


class Region(Struct, frozen=True):
    """An area that no text leaves, in pixels: the inside of a cell, or the page without tables."""

    x0: int
    top: int
    x1: int
    bottom: int

    def cut(self, ink: Mask) -> Mask:
        """The part of some ink that is in it."""
        return ink[self.top : self.bottom, self.x0 : self.x1]
