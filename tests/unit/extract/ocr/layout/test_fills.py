"""Shaded cells in a picture."""

import numpy as np
import pytest

from pipeline.extract.ocr.image.dewarp import no_distortion
from pipeline.extract.ocr.layout.fills import find_grounds
from tests.support.scanned import DPI

EM = 28.0


def test_shades_are_found_and_a_shadow_is_not() -> None:
    image = np.linspace(245, 215, 1654)[None, :].repeat(2339, axis=0).astype(np.uint8)
    image[400:500, 200:1450] -= 10
    image[700:760, 200:1450] -= 10
    found, _ = find_grounds(image, no_distortion(*image.shape), DPI, [], EM)
    assert len(found) == 2
    for (x0, top, x1, _), y in zip(sorted(found, key=lambda f: f[1]), (400, 700), strict=True):
        assert (x0, x1) == pytest.approx((200, 1450), abs=8)
        assert top == pytest.approx(y, abs=8)
