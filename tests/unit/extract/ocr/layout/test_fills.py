"""Shaded cells in a picture."""

import numpy as np
import pytest

from pipeline.extract.ocr.image.dewarp import no_distortion
from pipeline.extract.ocr.layout.fills import find_shades, whiten_shades
from tests.support.scanned import UNIT


def test_shades_are_found_and_a_shadow_is_not() -> None:
    image = np.linspace(245, 215, 1654)[None, :].repeat(2339, axis=0).astype(np.uint8)
    image[400:500, 200:1450] -= 10
    image[700:760, 200:1450] -= 10
    found = find_shades(image, no_distortion(*image.shape), UNIT)
    assert len(found) == 2
    for (x0, top, x1, _), y in zip(sorted(found, key=lambda f: f[1]), (400, 700), strict=True):
        assert (x0, x1) == pytest.approx((200, 1450), abs=8)
        assert top == pytest.approx(y, abs=8)


def test_type_on_a_noisy_shade_is_as_on_paper() -> None:
    """Else the noise joins the strokes of a line of type to rulings, which are erased."""
    noise = np.random.default_rng(1)
    white = np.clip(noise.normal(255, 6, (600, 900)), 0, 255).astype(np.uint8)
    white[200:300] = np.clip(noise.normal(190, 6, (100, 900)), 0, 255).astype(np.uint8)
    white[240:260, 100:400:8] = 30
    left = whiten_shades(white.copy(), [(2.0, 203.0, 898.0, 297.0)])
    assert left[200:300].mean() > 240
    assert left[240:260, 100:400:8].max() < 60
    assert (left[:190] == white[:190]).all()
    dark = np.full((600, 900), 60, np.uint8)
    assert (whiten_shades(dark.copy(), [(0.0, 0.0, 900.0, 600.0)]) == dark).all()
