"""Draws with Pillow on a page and on the margins around it."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from PIL import ImageChops, ImageDraw, ImageFont
from PIL.Image import Image
from PIL.Image import new as new_image

from pipeline.commands.inspect.palette import DESK, Color
from pipeline.commands.rendering import Rendering
from pipeline.model import Box

# Pixels; judgement: large enough to read, small beside the page.
_PADDING = 4
_TEXT = 15
_LEADING = 18
_DASH = 9
_ARROW = 6

Spot = tuple[int, int]
"""A point on the sheet in pixels, (x, y) from its top left."""
Rect = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels of the sheet."""


class Margins(Struct, frozen=True):
    """The margins around the page, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


class Sheet:
    """A rendered page with margins.

    Tints are multiplied into the page, so that type stays black. Labels are put where they cover
    neither reserved areas nor each other.
    """

    def __init__(self, rendering: Rendering, margins: Margins) -> None:
        page = rendering.image
        self._scale = rendering.scale
        self._corner = (margins.left, margins.top)
        size = (
            margins.left + page.width + margins.right,
            margins.top + page.height + margins.bottom,
        )
        self.image: Image = new_image("RGB", size, DESK)
        self.image.paste(page, self._corner)
        self._draw = ImageDraw.Draw(self.image)
        self._font = ImageFont.load_default(_TEXT)  # Pillow's own; it has Latin letters only
        self._taken: list[Rect] = []

    def to_pixels(self, box: Box) -> Rect:
        """The pixels that a box of the page covers on the sheet."""
        x, y = self._corner
        return (
            x + round(box.x0 * self._scale),
            y + round(box.top * self._scale),
            x + round(box.x1 * self._scale),
            y + round(box.bottom * self._scale),
        )

    def fill(self, rect: Rect, color: Color) -> None:
        """Fill a rectangle, except for its last row and column."""
        self.image.paste(color, rect)

    def tint(self, rect: Rect, color: Color) -> None:
        """Multiply a light colour into a rectangle, except for its last row and column."""
        below = self.image.crop(rect)
        if below.width > 0 and below.height > 0:
            self.image.paste(ImageChops.multiply(below, new_image("RGB", below.size, color)), rect)

    def outline(self, rect: Rect, color: Color, width: int = 1) -> None:
        """Draw a frame inside a rectangle."""
        self._draw.rectangle(rect, outline=color, width=width)

    def line(self, points: Sequence[Spot], color: Color, width: int = 1) -> None:
        """Draw a line through points."""
        self._draw.line(points, fill=color, width=width, joint="curve")

    def dashes(self, start: Spot, end: Spot, color: Color) -> None:
        """Draw a dashed line, horizontal or vertical."""
        (x0, y0), (x1, y1) = start, end
        for along in range(0, max(x1 - x0, y1 - y0), 2 * _DASH):
            self.line(
                [
                    (min(x0 + along, x1), min(y0 + along, y1)),
                    (min(x0 + along + _DASH, x1), min(y0 + along + _DASH, y1)),
                ],
                color,
                3,
            )

    def arrow(self, tip: Spot, color: Color) -> None:
        """Draw an arrowhead that points down."""
        x, y = tip
        self._draw.polygon(
            [(x - _ARROW, y - 2 * _ARROW), (x + _ARROW, y - 2 * _ARROW), (x, y)], fill=color
        )

    def reserve(self, rect: Rect) -> None:
        """Keep labels out of a rectangle."""
        self._taken.append(rect)

    def measure(self, text: str) -> tuple[int, int]:
        """Width and height of a label in pixels."""
        lines = text.split("\n")
        width = max(round(self._font.getlength(line)) for line in lines)
        return width + 2 * _PADDING, _LEADING * len(lines) + 2

    def label(
        self, text: str, spots: Iterable[Spot], ink: Color, fill: Color | None = None
    ) -> None:
        """Write a text at the first free spot; if none is free, at the last one.

        Args:
            text: Latin letters; may have several lines.
            spots: Candidates for the label's top left corner.
        """
        width, height = self.measure(text)
        rect = (0, 0, 0, 0)
        for x, y in spots:
            rect = (x, y, x + width, y + height)
            if self._is_free(rect):
                break
        self.reserve(rect)
        if fill is not None:
            self._draw.rounded_rectangle(rect, radius=3, fill=fill)
        for i, line in enumerate(text.split("\n")):
            spot = (rect[0] + _PADDING, rect[1] + i * _LEADING)
            self._draw.text(spot, line, fill=ink, font=self._font)

    def _is_free(self, rect: Rect) -> bool:
        left, top, right, bottom = rect
        if left < 0 or top < 0 or right > self.image.width or bottom > self.image.height:
            return False
        return not any(
            left < x1 and x0 < right and top < y1 and y0 < bottom for x0, y0, x1, y1 in self._taken
        )
