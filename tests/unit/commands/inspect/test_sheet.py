"""Labels cover nothing."""

from functools import partial

import pytest
from PIL import Image

from pipeline.commands.inspect.page_view import PageView
from pipeline.commands.inspect.palette import PAPER
from pipeline.commands.inspect.picture import draw_page
from pipeline.commands.inspect.sheet import Margins, Sheet
from pipeline.commands.rendering import Rendering
from tests.support.pdfs import OTA
from tests.support.pictures import colored, inside, page_of, pixels, render


def test_a_label_covers_nothing_while_there_is_room() -> None:
    rendering = Rendering(1, Image.new("RGB", (200, 100), PAPER), 1.0)
    sheet = Sheet(rendering, Margins(0, 0, 0, 0))
    write = partial(sheet.label, ink=PAPER, fill=(0, 0, 0))
    sheet.reserve((0, 0, 200, 30))
    write("one", [(10, 20), (-5, 40), (10, 31)])
    write("two", [(10, 31), (100, 31)])
    drawn = colored(pixels(sheet.image), PAPER)
    assert drawn[:31].all()
    assert not drawn[32:48, 12:14].any()
    assert not drawn[32:48, 102:104].any()
    write("three", [(10, 31), (0, 0)])
    assert not colored(pixels(sheet.image), PAPER)[:20, :20].all()


@pytest.mark.slow
def test_labels_of_a_whole_annex_cover_no_type(ota_views: list[PageView]) -> None:
    """Where type was black it is still dark, on every page."""
    for view in ota_views:
        rendering = render(OTA, view.number)
        black = pixels(rendering.image).max(axis=-1) < 20
        drawn = page_of(draw_page(rendering, view), rendering)
        for mark in view.lines:
            rows, columns = inside(mark.box, rendering)
            type_there = black[rows, columns]
            type_there[[0, -1]] = type_there[:, [0, -1]] = False  # the frame itself
            assert (drawn[rows, columns][type_there].max(axis=-1) < 120).all(), mark
