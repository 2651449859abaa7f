"""Pages from a scanner, pictures drawn pixel by pixel, and a recogniser that only counts."""

import dataclasses
import io
from collections.abc import Sequence
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pypdf
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.pdf.page_content import Drawing
from pipeline.model import Box, Glyph

Grey = NDArray[np.uint8]

DPI = 200
UNIT = DPI / 72
TABLE = 8  # page of ota_annex with 674 glyphs


def pages_of(path: Path, *numbers: int) -> bytes:
    out, source = pypdf.PdfWriter(), pypdf.PdfReader(path)
    for number in numbers:
        out.add_page(source.pages[number - 1])
    data = io.BytesIO()
    out.write(data)
    return data.getvalue()


def drawing(text: str = "", **changes: object) -> Drawing:
    glyphs = tuple(Glyph(c, Box(50 + 10 * i, 50, 60 + 10 * i, 60), 10) for i, c in enumerate(text))
    plain = Drawing(1, 595, 842, 0, glyphs, len(glyphs), 0, (), (), pictured=False)
    return replace(plain, **changes)  # type: ignore[arg-type]


def ruled(width: int = 1654, height: int = 2339) -> Grey:
    """A page at 200 dpi with a table of three columns and lines of blobs in its cells."""
    image = np.full((height, width), 255, np.uint8)
    dots = Random(7)
    for y in range(300, 2001, 170):
        cv2.line(image, (200, y), (1450, y), 0, 2)
    for x in (200, 420, 900, 1450):
        cv2.line(image, (x, 300), (x, 2000), 0, 2)
    for top in range(320, 1990, 34):
        if (top - 300) % 170 > 130 or (top - 300) % 170 < 12:
            continue
        for left, right in ((215, 400), (435, 880), (915, 1430)):
            for x in range(left, right - 20, 22):
                for _ in range(3):
                    a, b = dots.randrange(18), dots.randrange(18)
                    cv2.line(image, (x + a, top), (x + b, top + 18), 0, 2)
    return image


def turned(image: Grey, degrees: float) -> Grey:
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderValue=255), np.uint8)


def waves(image: Grey) -> Grey:
    height, width = image.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    moved = y + 6 * np.sin(x / width * 4)
    return np.asarray(cv2.remap(image, x, moved, cv2.INTER_LINEAR, borderValue=255), np.uint8)


def tilt(image: Grey) -> Grey:
    height, width = image.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    off = np.array([(9, 4), (-6, 12), (7, -9), (-8, -5)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, corners + off)
    return np.asarray(
        cv2.warpPerspective(image, matrix, (width, height), borderValue=255), np.uint8
    )


def blobs(image: Grey, x: int, y: int, count: int, size: int = 20) -> None:
    """What a line of kanji looks like from afar: dense in its middle, its edges less so."""
    half = size // 2
    for i in range(count):
        middle = (x + i * round(size * 1.1) + half, y + half)
        cv2.circle(image, middle, half - 1, 0, 2)
        cv2.line(image, (middle[0] - half, middle[1]), (middle[0] + half, middle[1]), 0, 2)
        cv2.line(image, (middle[0], y), (middle[0], y + size - 1), 0, 2)


@dataclasses.dataclass
class Counting:
    """A recogniser that reads 意 for each line and counts what it was asked."""

    asked: int = 0

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        self.asked += len(lines)
        return [
            (Character("意", 2, 2, line.x1 - line.x0 - 2, line.bottom - line.top - 2, 0.99),)
            for line in lines
        ]
