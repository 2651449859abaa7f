"""Items in groups."""

from pipeline.model import group_linked


def test_links_connect_numbers_over_any_number_of_links() -> None:
    links = [(4, 9), (2, 7), (7, 4), (1, 1), (3, 5), (5, 3)]
    assert group_linked(links) == [[1], [2, 4, 7, 9], [3, 5]]


def test_a_long_chain_is_one_group() -> None:
    """It would be too deep for a search that calls itself."""
    links = [(number + 1, number) for number in range(20_000)]
    assert group_linked(links) == [list(range(20_001))]
