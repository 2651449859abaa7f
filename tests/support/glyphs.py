"""Glyphs on a page."""

from pipeline.model import Box, Glyph


def glyph(text: str, x: float, y: float, size: float = 10.0, direction: int = 0) -> Glyph:
    return Glyph(text, Box(x, y, x + size * len(text), y + size), size, direction)
