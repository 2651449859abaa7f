"""Parts of ink are the same, whether a page is labelled at once or in bands."""

import cv2
import numpy as np
import pytest

from pipeline.extract.ocr.image.components import Mask, cut_parts, find_parts, find_small


@pytest.fixture
def ink() -> Mask:
    """Specks, and bars of all heights over the borders of bands."""
    random = np.random.default_rng(5)
    ink = np.where(random.random((1500, 300)) < 0.08, 255, 0).astype(np.uint8)
    for x in range(0, 300, 20):
        ink[500 + x // 20 : 514 + x, x : x + 3] = 255
    return ink


def _label(ink: Mask) -> tuple[Mask, Mask, Mask]:
    _, labels, stats, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return labels, stats, middles


def test_small_parts(ink: Mask) -> None:
    labels, stats, _ = _label(ink)
    small = (stats[:, cv2.CC_STAT_WIDTH] <= 4) & (stats[:, cv2.CC_STAT_HEIGHT] <= 6)
    small[0] = False
    assert small.any()
    assert np.array_equal(find_small(ink, (4, 6)) > 0, small[labels])


def test_boxes_and_middles(ink: Mask) -> None:
    _, stats, middles = _label(ink)
    parts = find_parts(ink, 30)
    found = np.column_stack([parts.x0, parts.top, parts.width, parts.height, parts.middles])
    expected = np.hstack([stats[1:, :4], middles[1:]])
    low_found, low = (rows[rows[:, 3] <= 30] for rows in (found, expected))
    assert np.allclose(*(rows[np.lexsort(rows[:, 1::-1].T)] for rows in (low_found, low)))


def test_parts_are_cut_out_whole_and_without_what_their_holes_hold() -> None:
    ink = np.zeros((60, 60), np.uint8)
    ink[5:45, 5:45] = 255
    ink[10:40, 10:40] = 0
    ink[20:30, 20:30] = 255  # in the hole
    frame, island = cut_parts(ink)
    assert frame[0] == np.s_[5:45, 5:45]
    assert int(frame[1].sum()) == 40 * 40 - 30 * 30
    assert island[0] == np.s_[20:30, 20:30]
    assert island[1].all()


def test_no_ink_has_no_parts() -> None:
    assert not list(cut_parts(np.zeros((9, 9), np.uint8)))
