"""Edges of shades, which separate rows as rulings do."""

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.pdf.upright_view import Shade
from pipeline.extract.tables.fills import cut_overhanging, find_shade_edges
from pipeline.extract.tables.rulings import Segment
from pipeline.model import Glyph
from tests.support.making import box

GREEN, GREY = (0.9, 0.95, 0.85), (0.97, 0.97, 0.97)


def test_two_shades_of_one_colour_meet_without_an_edge() -> None:
    """A program may draw the ground of a merged cell row by row, as the cells beside differ."""
    shades = [
        Shade(box(0, 100, 400, 150), GREEN),
        Shade(box(0, 150.03, 400, 190), GREEN),
        Shade(box(400, 150.03, 500, 190), GREY),
    ]
    at_seam = [edge for edge in find_shade_edges(shades, 10.0) if 149 < edge.position < 151]
    assert at_seam == [Segment(150.03, 400, 500)]


def test_shades_of_one_colour_with_paper_between_them_have_edges() -> None:
    shades = [Shade(box(0, 100, 400, 150), GREEN), Shade(box(0, 150.8, 400, 190), GREEN)]
    positions = {edge.position for edge in find_shade_edges(shades, 10.0)}
    assert {150.0, 150.8} <= positions


def test_grounds_of_whole_rows_have_edges_though_rows_of_a_group_have_one_colour() -> None:
    """Beside a label whose ground was drawn at once."""
    shades = [
        Shade(box(0, 100, 400, 190), GREEN),
        Shade(box(60, 150, 400, 190), GREEN),
        Shade(box(60, 190, 400, 240), GREEN),
        Shade(box(0, 240, 400, 290), GREY),
    ]
    positions = {edge.position for edge in find_shade_edges(shades, 10.0)}
    assert {100, 150, 190, 240, 290} <= positions


def test_a_ground_that_runs_past_the_last_column_of_a_page_ends_there() -> None:
    """A sheet's merged heading row: its other columns are on another page."""
    shades = [Shade(box(50, 100, 500, 120), GREY)]
    sides = [Segment(x, a, b) for x in (50, 300) for a, b in ((80, 100), (120, 200))]
    behind = [Glyph("後", box(400, 140, 410, 150), 10)]
    assert cut_overhanging(shades, sides, Glyphs.of([]), 10.0)[0].box.x1 == 300
    assert cut_overhanging(shades, sides, Glyphs.of(behind), 10.0) == shades
