"""Items in order, in groups."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")


def group_neighbours(
    items: Iterable[Item], joins: Callable[[list[Item], Item], bool]
) -> list[list[Item]]:
    """Group items that follow each other.

    Args:
        joins: Whether an item belongs to the group of those right before it; else it begins
            another one.
    """
    groups: list[list[Item]] = []
    for item in items:
        if groups and joins(groups[-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups
