"""Ink told from paper, whatever the light and the ground."""

import cv2
import numpy as np
import pytest

from pipeline.extract.ocr.image.binarize import (
    find_ink,
    whiten,
    whiten_backgrounds,
    wipe_margins,
)
from tests.support.scanned import DPI


def test_yellow_paper_in_uneven_light_becomes_white() -> None:
    paper = np.linspace(235, 150, 800)[None, :].repeat(600, axis=0)
    paper[300:304, 100:700] *= 0.3
    white = whiten(paper.astype(np.uint8), DPI)
    assert white[:200].min() > 240
    assert white[301:303, 110:690].max() < 60


def test_the_black_around_a_sheet_is_wiped_and_the_text_is_not() -> None:
    image = np.full((800, 600), 255, np.uint8)
    image[:, :40] = 0
    image[780:] = 0
    cv2.putText(image, "Text", (200, 400), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    text = image[350:450, 190:300].copy()
    wiped = wipe_margins(image, DPI)
    assert wiped[:, :40].min() == 255
    assert wiped[780:].min() == 255
    assert np.array_equal(wiped[350:450, 190:300], text)


def test_the_noise_of_the_black_around_a_sheet_is_no_type() -> None:
    """It would be the title of the next table."""
    image = np.full((800, 600), 230, np.uint8)
    cv2.putText(image, "Text", (200, 400), cv2.FONT_HERSHEY_SIMPLEX, 1, 60, 2)
    image[:, :40] = np.random.default_rng(1).integers(0, 5, (100, 5)).repeat(8, 0).repeat(8, 1)
    wiped = wipe_margins(whiten(image, DPI), DPI)
    assert wiped[:, :40].min() == 255
    assert wiped[350:450, 190:300].min() < 100


@pytest.mark.parametrize("ground, pen", [(0, 255), (120, 255), (120, 0)])
@pytest.mark.parametrize("skew", [0.0, 3.0])
def test_type_on_a_dark_ground_becomes_dark_on_white(ground: int, pen: int, skew: float) -> None:
    image = np.full((400, 1200), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1100, 150), ground, -1)
    cv2.putText(image, "Header of a column", (200, 140), cv2.FONT_HERSHEY_SIMPLEX, 1, pen, 2)
    cv2.putText(image, "Body", (200, 300), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    turning = cv2.getRotationMatrix2D((600, 200), skew, 1)
    askew = cv2.warpAffine(image, turning, (1200, 400), borderValue=255)
    back = cv2.invertAffineTransform(turning)
    level = cv2.warpAffine(whiten_backgrounds(askew, DPI), back, (1200, 400), borderValue=255)
    inside = level[105:146, 110:1090]
    assert (inside[:, 500:] > 200).mean() > 0.99  # no type: paper
    typed = image[105:146, 110:600] == pen
    assert (inside[:, :490][typed] < 128).mean() > 0.8
    body = image[250:320, 150:300] == 0
    assert (level[250:320, 150:300][body] < 128).mean() > 0.8


def test_dense_kanji_are_no_type_on_a_dark_ground() -> None:
    image = np.full((400, 600), 255, np.uint8)
    image[100:124, 100:200] = np.where(np.arange(100) % 7 < 5, 0, 255)  # strokes side by side
    assert np.array_equal(whiten_backgrounds(image, DPI), image)


def test_few_white_characters_are_type_on_a_ground_that_is_not_even() -> None:
    image = np.full((400, 2400), 255, np.uint8)
    image[100:150, 100:2300] = np.where(np.arange(2200) % 550 < 200, 20, 45)
    image[115:135, 1150:1154] = image[115:135, 1170:1174] = 255
    level = whiten_backgrounds(image, DPI)
    assert level[115:135, 1150:1154].max() < 80
    assert (level[105:145, 110:1100] > 200).mean() > 0.99


def test_the_frame_of_a_dark_ground_is_no_type_on_it() -> None:
    image = np.full((400, 2400), 255, np.uint8)
    image[96:154, 96:2304] = 0
    image[100:150, 100:2300] = 75
    image[115:135, 1150:1154] = image[115:135, 1170:1174] = 255
    level = whiten_backgrounds(image, DPI)
    assert level[115:135, 1150:1154].max() < 128
    assert level[105:145, 110:1100].min() > 200


def test_a_dark_ground_may_have_a_double_border() -> None:
    """The header of a table was no ground, so that the whole table gave no records."""
    image = np.full((400, 2400), 255, np.uint8)
    image[100:103, 100:2300] = image[105:150, 100:2300] = 0
    image[115:135, 1150:1154] = image[115:135, 1170:1174] = 255
    level = whiten_backgrounds(image, DPI)
    assert level[115:135, 1150:1154].max() < 128
    assert level[110:145, 120:1100].min() > 200


def test_a_double_border_around_a_dark_ground_may_be_grey() -> None:
    """The white along the band was not so white in each of its columns, nor on all sides."""
    image = np.full((400, 2400), 255, np.uint8)
    image[100:174, 100:2300] = 0
    image[102, 100:2300] = np.where(np.arange(2200) % 5, 255, 0)
    image[171, 100:1300] = 255
    image[115:135, 1150:1154] = image[115:135, 1170:1174] = 255
    level = whiten_backgrounds(image, DPI)
    assert level[115:135, 1150:1154].max() < 128
    assert level[110:145, 120:1100].min() > 200


@pytest.mark.parametrize("resolution", [60.0, 72.0, 85.0])
def test_a_dark_ground_on_a_coarse_picture(resolution: float) -> None:
    """Its rim has one ring of pixels: such a page failed."""
    image = np.full((100, 600), 255, np.uint8)
    image[30:60, 20:580] = 0
    image[42:48, 290:293] = 255
    level = whiten_backgrounds(image, resolution)
    assert level[42:48, 291].max() < 128
    assert level[34:40, 40:560].min() > 200


@pytest.mark.parametrize("contrast", [1.0, 0.55])
def test_the_inside_of_a_high_dark_ground_is_no_paper(contrast: float) -> None:
    """On a pale copy, a ground that is dark beside its type is brighter than half of the paper."""
    image = np.full((1200, 1200), 255, np.uint8)
    image[300:520, 100:1100] = 110  # more than an inch
    image[520:1000, 100:103] = image[520:1000, 1097:1100] = 0
    image[340:360, 200:204] = image[480:484, 600:640] = 255
    image = (255 - (255.0 - image) * contrast).astype(np.uint8)
    level = whiten_backgrounds(whiten(image, DPI), DPI)
    assert level[342:358, 201:203].max() < 80
    assert level[481:483, 602:638].max() < 80
    assert level[380:440, 120:1080].min() > 200


def test_type_on_a_noisy_pale_ground_is_as_on_paper() -> None:
    """Else the noise joins the strokes of a line of type to rulings, which are erased."""
    noise = np.random.default_rng(1)
    image = np.clip(noise.normal(255, 4, (600, 900)), 0, 255).astype(np.uint8)
    image[200:300] = np.clip(noise.normal(190, 4, (100, 900)), 0, 255).astype(np.uint8)
    image[240:260, 100:400:8] = 30
    white = whiten(image, DPI)
    assert white[200:300, 450:].min() > 180
    assert white[240:260, 100:400:8].max() < 60


@pytest.mark.parametrize("darkness", [0.1, 0.3, 0.5])
def test_a_ground_that_became_noise_in_black_and_white_is_cleared(darkness: float) -> None:
    """Else no header on a pale ground can be read."""
    image = np.full((600, 900), 255, np.uint8)
    image[200:300][np.random.default_rng(1).random((100, 900)) < darkness] = 0
    image[235:265, 100:400:20] = image[235:265, 101:400:20] = image[235:265, 102:400:20] = 0
    image[400:430, 100:400:8] = 0
    cleared = whiten(image, DPI)
    assert np.mean(cleared[210:290, 450:890] < 140) < 0.01
    assert cleared[240:260, 101:400:20].mean() < 90
    assert (cleared[340:] == image[340:]).all()


def test_the_specks_of_broken_type_are_no_ground() -> None:
    """Else thin strokes and rulings beside them are lost."""
    image = np.full((600, 900), 255, np.uint8)
    image[100:500, 300:302] = 0
    image[200:230:3, 310:340:3] = 0
    assert (whiten(image, DPI) == image).all()


def test_no_pixels_have_no_ink() -> None:
    assert find_ink(np.zeros((20, 0), np.uint8)).shape == (20, 0)


@pytest.mark.parametrize("skew", [0.0, 0.4, 1.0])
def test_the_edges_of_a_dark_ground_are_rulings(skew: float) -> None:
    """Their grey pixels would be dashes here and there; without any, the header has no cells."""
    image = np.full((400, 1600), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1500, 150), 60, -1)
    cv2.putText(image, "Header", (700, 140), cv2.FONT_HERSHEY_SIMPLEX, 1, 255, 2)
    cv2.line(image, (400, 150), (400, 380), 0, 2)
    turning = cv2.getRotationMatrix2D((800, 200), skew, 1)
    askew = cv2.GaussianBlur(
        cv2.warpAffine(image, turning, (1600, 400), borderValue=255), (3, 3), 0
    )
    level = whiten_backgrounds(askew, DPI)
    back = cv2.invertAffineTransform(turning)
    level = cv2.warpAffine(level, back, (1600, 400), borderValue=255)
    for edge in (level[98:103, 110:1490], level[148:153, 110:1490]):
        assert edge.min(axis=0).max() < 128
    for side in (level[110:140, 96:105], level[110:140, 396:405], level[110:140, 1496:1505]):
        assert side.min(axis=1).max() < 128
    assert level[106:145, 108:392].min() > 140
    assert level[106:145, 850:1492].min() > 140
    assert (level[106:145, 650:850] < 128).any()


def test_words_of_bold_type_do_not_part_a_dark_ground() -> None:
    image = np.full((400, 1200), 255, np.uint8)
    image[100:136, 100:1100] = 80
    for x in (115, 500):
        image[105:131, x : x + 120][:, np.arange(120) % 9 < 7] = 255  # thick strokes, set tight
    level = whiten_backgrounds(image, DPI)
    for x in (115, 500):
        assert np.median(level[106:130, x : x + 120]) < 80
    assert (level[104:132, 260:480] > 200).all()


@pytest.mark.parametrize("contrast", [1.0, 0.55])
def test_dense_bold_kanji_are_no_dark_ground(contrast: float) -> None:
    """In a blurred copy, the gaps between their strokes are dark, and their outlines closed."""
    image = np.full((400, 600), 255, np.uint8)
    for x in range(100, 220, 28):
        cv2.rectangle(image, (x, 100), (x + 25, 126), 0, 3)
        for y in (107, 114, 120):
            cv2.line(image, (x, y), (x + 25, y), 0, 2)
        cv2.line(image, (x + 12, 100), (x + 12, 126), 0, 2)
    image = cv2.GaussianBlur(image, (0, 0), 1.0)
    image = whiten((255 - (255.0 - image) * contrast).astype(np.uint8), DPI)
    assert np.array_equal(whiten_backgrounds(image, DPI), image)
