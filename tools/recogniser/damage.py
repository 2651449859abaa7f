"""Spoil the ink of a line as printers, scanners and fax machines do.

Pictures are in pixels of the scan. The shares and ranges are judgement; those of the levels of a
test are what benchmarks/factory/scans.py does to pages.
"""

from __future__ import annotations

import dataclasses
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.page_image import Grey

_Field = NDArray[np.float32]

_GRAIN = np.random.default_rng(5).normal(0, 1, 1 << 20).astype(np.float32)
"""Noise of standard deviation 1: drawn once, since drawing it is slow."""
# Pixels an em; judgement: the size of type for which the blur's ranges hold.
_REFERENCE_EM = 26


@dataclasses.dataclass(frozen=True, slots=True)
class Damage:
    """What happens to a line; greys are 0-1, 1 white."""

    blur: float = 0.3
    """Standard deviation in pixels."""
    noise: float = 0.004
    """Standard deviation in grey."""
    paper: float = 1.0
    ink: float = 0.05
    quality: int = 0
    """Of JPEG; 0: none."""
    is_bilevel: bool = False
    specks: float = 0.0
    """Share of lines with specks."""
    coarse: float = 1.0
    """Scanned at this share of the size, and made larger again."""


def draw_damage(rng: Random, level: str | None, damage: float, em: float, mild: float) -> Damage:
    """Draw what happens to one line.

    Args:
        rng: The source of chance.
        level: One of `look.LEVELS`; None: the mix.
        damage: How much, 0-1; of the mix only.
        em: Pixels an em.
        mild: Share of the mix that is spoilt little: it has fewer 1-bit scans.
    """
    if level == "clean":
        return Damage()
    if level == "200":
        return Damage(rng.uniform(0.4, 0.75), 0.03, 0.95, 0.15, rng.randint(55, 80))
    if level == "bad":
        return Damage(rng.uniform(0.6, 1.0), 0.05, 0.88, 0.4, rng.randint(38, 50), specks=1.0)
    if level == "bw":
        return Damage(rng.uniform(0.3, 0.7), 0.03, 1.0, 0.0, is_bilevel=True)
    blur = rng.uniform(0, 0.6) if damage < 0.5 else rng.uniform(0.2, 1.15)
    noise = rng.uniform(0, 0.02) if damage < 0.45 else rng.uniform(0.005, 0.085)
    paper = rng.uniform(0.8, 1.0)
    ink = rng.uniform(0, 0.35) if damage < 0.8 else rng.uniform(0.1, 0.55)
    return Damage(
        blur=blur * (em / _REFERENCE_EM) ** 0.5,
        noise=noise * min(1.0, (paper - ink) / 0.6),
        paper=paper,
        ink=ink,
        quality=0 if rng.random() < 0.4 else rng.randint(35, 92),
        is_bilevel=rng.random() < 0.15 * (1 - 0.6 * mild),
        specks=0.15,
        coarse=rng.uniform(0.55, 0.9) if rng.random() < 0.08 else 1.0,
    )


def spread_ink(rng: Random, ink: Grey) -> Grey:
    """Thicken the strokes of one line in six, thin those of one in twelve."""
    kind = rng.random()
    if kind < 0.16:
        shape = rng.choice(((2, 2), (2, 3), (3, 2), (3, 3), (2, 4), (3, 5)))
        return _as_grey(cv2.dilate(ink, np.ones(shape, np.uint8)))
    if kind < 0.24:
        return _as_grey(cv2.erode(ink, np.ones((2, 2), np.uint8)))
    return ink


def spoil(rng: Random, ink: Grey, damage: Damage, is_mix: bool) -> Grey:
    """The grey picture, dark on light, that a scanner gives.

    Args:
        rng: The source of chance.
        ink: (height, width), 255 where there is ink.
        damage: What happens to it.
        is_mix: Strokes grow pale or spread, and the light changes along the line, now and then.
    """
    field: _Field = _coarsen(ink, damage.coarse).astype(np.float32) / np.float32(255)
    if damage.blur > 0.15:
        field = cv2.GaussianBlur(field, (0, 0), damage.blur).astype(np.float32)
    if is_mix and rng.random() < 0.3:
        field = cv2.pow(field, rng.uniform(0.65, 1.6)).astype(np.float32)
    image: _Field = damage.paper - (damage.paper - damage.ink) * field
    if damage.noise > 0.003:
        image += _draw_noise(rng, image.shape, damage, is_mix)
    if is_mix and rng.random() < 0.2:
        ends = rng.uniform(-0.08, 0.05), rng.uniform(-0.08, 0.05)
        image += np.linspace(*ends, image.shape[1], dtype=np.float32)
    if damage.is_bilevel:
        shift = rng.uniform(-0.2, 0.17) if is_mix else rng.uniform(-0.08, 0.08)
        contrast = damage.paper - damage.ink
        image = (image > damage.ink + contrast * (0.5 + shift)).astype(np.float32)
    if rng.random() < damage.specks:
        _add_specks(rng, image)
    if damage.is_bilevel and rng.random() < 0.5:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.6)).astype(np.float32)
    grey = np.clip(np.rint(image * 255), 0, 255).astype(np.uint8)
    return _compress(grey, damage.quality) if damage.quality else grey


def _coarsen(ink: Grey, share: float) -> Grey:
    height, width = ink.shape
    size = max(round(width * share), 2), max(round(height * share), 4)
    if share == 1 or size[1] <= 12:
        return ink
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    return _as_grey(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def _draw_noise(rng: Random, shape: tuple[int, ...], damage: Damage, is_mix: bool) -> _Field:
    size = int(np.prod(shape))
    start = rng.randrange(_GRAIN.size)
    grain = np.take(_GRAIN, np.arange(start, start + size), mode="wrap").reshape(shape)
    if is_mix and damage.noise > 0.04 and rng.random() < 0.4:  # coarser than a pixel
        grain = cv2.blur(grain, (2, 2)).astype(np.float32) * np.float32(1.7)
    return grain * np.float32(damage.noise)


def _add_specks(rng: Random, image: _Field) -> None:
    height, width = image.shape
    for _ in range(rng.randint(1, 2 + width // 40)):
        y, x, size = rng.randrange(height), rng.randrange(width), rng.choice((1, 1, 1, 2))
        image[y : y + size, x : x + size] = rng.choice((0.0, 0.2, 1.0, 1.0))


def _compress(grey: Grey, quality: int) -> Grey:
    _, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _as_grey(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE))


def _as_grey(image: object) -> Grey:
    """OpenCV's type hints allow any number."""
    return np.asarray(image, np.uint8)
