"""Items in groups: neighbours in order, and what links connect."""

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


def group_linked(links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Group numbers that links connect, over any number of links.

    Args:
        links: Pairs of numbers; one that is linked to itself only is a group of its own.

    Returns:
        The groups by their least numbers, and the numbers of each in order.
    """
    parents: dict[int, int] = {}

    def find(number: int) -> int:
        while (parent := parents.setdefault(number, number)) != number:
            parents[number] = number = parents[parent]
        return number

    for one, other in links:
        parents[find(other)] = find(one)
    groups: dict[int, list[int]] = {}
    for number in sorted(parents):
        groups.setdefault(find(number), []).append(number)
    return list(groups.values())
