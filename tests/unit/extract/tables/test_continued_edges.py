"""The column edges of a frame that may go on with the page before."""

from pipeline.extract.tables.continued_edges import continue_edges
from pipeline.extract.tables.rulings import Rulings, Segment


def test_an_edge_inside_another_table_stays_where_it_is_drawn() -> None:
    """A heading row is merged over all columns. Its table's next page has the edges as drawn."""
    own, rows = (38.0, 115.0, 281.0, 478.0, 559.0), (345.0, 620.0, 636.0)
    sides = tuple(Segment(x, rows[0], rows[-1] if x in (38, 559) else rows[1]) for x in own)
    rulings = Rulings(tuple(Segment(y, 38, 559) for y in rows), sides)
    assert continue_edges(False, own, rows, rulings, (38.0, 277.0, 559.0), 5.0) == own
