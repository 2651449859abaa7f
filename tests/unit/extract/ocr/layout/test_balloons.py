"""Comments beside the table of a scanned page."""

import cv2
import numpy as np
import pytest

from pipeline.extract import extract_annex
from pipeline.extract.ocr.image.page_image import Picture
from pipeline.extract.ocr.layout.balloons import part_balloons
from pipeline.extract.ocr.layout.page_layout import analyze_scan
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling
from pipeline.extract.ocr.layout.rulings import find_rulings
from pipeline.extract.page_choice import Verdict
from pipeline.model import AnnexHeader, Box, Glyph
from tests.support.scanned import Grey, drawing, ruled

EM = 20.0
WIDTH, HEIGHT = 2200, 2339
BOX = (1650, 690, 2050, 760)


def page(y: int = 720, start: int = 1000, end: int = BOX[0]) -> Grey:
    """The table of `ruled` with a box at its right, and a level line from `start` to `end`."""
    image = ruled(WIDTH, HEIGHT)
    cv2.rectangle(image, BOX[:2], BOX[2:], 0, 2)
    cv2.line(image, (start, y), (end, y), 0, 2)
    return image


def part(image: Grey) -> tuple[list[PixelRuling], list[tuple[float, ...]]]:
    """The rulings that part cells, and the margins."""
    rulings, margins = part_balloons(find_rulings(image, EM), EM, image.shape[1], image.shape[0])
    return [ruling for ruling in rulings if not ruling.is_underline], [*margins]


@pytest.mark.parametrize("mirrored", [False, True])
def test_comments_and_their_connectors_part_nothing(mirrored: bool) -> None:
    image = page()
    if mirrored:
        image = np.ascontiguousarray(image[:, ::-1])
    rulings, margins = part(image)
    plain, _ = part(ruled(WIDTH, HEIGHT))
    assert len(rulings) == len(plain)
    ((x0, top, x1, bottom),) = margins
    side = WIDTH - 1450 if mirrored else 1450
    assert (0 if mirrored else side, 0) == (pytest.approx(x0, abs=3), top)
    assert (side if mirrored else WIDTH, HEIGHT) == (pytest.approx(x1, abs=3), bottom)


def test_a_connector_that_bends_before_its_comment_ends_in_the_margin() -> None:
    rulings, margins = part(page(end=1580))
    assert margins
    assert max(ruling.x1 for ruling in rulings) < 1460


def test_a_connector_that_runs_on_from_a_side_of_cells_is_cut_at_the_table() -> None:
    image = page()
    cv2.line(image, (200, 982), (BOX[0], 982), 0, 2)  # at the height of a row's ruling
    rulings, _ = part(image)
    assert len([ruling for ruling in rulings if ruling.is_horizontal]) == 11
    assert max(ruling.x1 for ruling in rulings) < 1460


def test_a_piece_of_another_connector_parts_nothing() -> None:
    """The rest of it is so faint that it is no ruling."""
    image = page()
    cv2.line(image, (600, 1645), (900, 1645), 0, 2)
    rulings, _ = part(image)
    assert len(rulings) == len(part(ruled(WIDTH, HEIGHT))[0])


def test_the_last_column_is_no_margin_though_a_cell_ends_in_it() -> None:
    image = ruled(WIDTH, HEIGHT)
    for y in range(300, 2001, 170):
        cv2.line(image, (1450, y), (2000, y), 0, 2)
    cv2.line(image, (2000, 300), (2000, 2000), 0, 2)
    cv2.line(image, (1000, 720), (2000, 720), 0, 2)  # a side of a cell is lost at its left
    _, margins = part(image)
    assert margins == []


def test_a_connector_may_run_into_the_words_of_its_comment() -> None:
    """It ends there as it does in the table, which is no comment for that."""
    rulings, margins = part(page(end=1760))
    assert len(margins) == 1
    assert margins[0][0] > 1440
    assert len(rulings) == len(part(ruled(WIDTH, HEIGHT))[0])


def test_glyphs_in_the_margin_are_comments() -> None:
    scale = 200 / 72
    layout = analyze_scan(Picture(1, page(), WIDTH / scale, HEIGHT / scale, scale))
    glyphs = [Glyph("は", Box(x, 255, x + 10, 265), 10.0) for x in (400.0, 620.0)]
    assert [layout.in_margin(glyph.box) for glyph in glyphs] == [False, True]


def test_text_beside_the_table_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in no record, and a column of the table may stand there after all."""
    read = drawing("表", source="ocr", overlays=drawing("外側").glyphs), Verdict("ocr")
    monkeypatch.setattr("pipeline.extract.annex.read_ahead", lambda *_: (1, []))
    monkeypatch.setattr("pipeline.extract.annex.read_pictured", lambda *_: [read])
    (issue,) = extract_annex(AnnexHeader("a", ""), b"").header.issues
    assert (issue.code, issue.page) == ("beside_table", 1)
    assert issue.message.startswith("2 characters")
