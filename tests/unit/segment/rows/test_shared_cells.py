"""Which records share a group that is printed once, where no ruling ends its cell."""

import pytest
from msgspec.structs import replace

from tests.support.grids import grid, page, segment

HEADER = ["区分", "意見", "回答"]


def groups(*labels: str) -> list[tuple[str, bool]]:
    """The group of each record, and whether it is doubtful."""
    rows = [[label, f"道{n}が狭い。", "広げます。"] for n, label in enumerate(labels)]
    found = segment(page(1, [replace(grid([HEADER, *rows]), inferred=True)]))
    return [(row.fields[0].text, row.confidence < 0.9) for row in found.tables[0].rows]


@pytest.mark.parametrize(
    ("labels", "shared"),
    [
        (("公園", "", "緑", ""), "公園 公園 緑 緑"),
        (("", "公園", "", "緑"), "公園 公園 公園 緑"),
        (("", "公園", "緑", ""), "  公園 緑 "),
    ],
)
def test_a_group_is_printed_beside_its_first_record_or_its_middle(
    labels: tuple[str, ...], shared: str
) -> None:
    found = groups(*labels)
    assert " ".join(text for text, _ in found).split() == shared.split()
    assert [doubtful for _, doubtful in found] == [not label for label in labels]


def test_a_group_goes_on_over_a_page() -> None:
    rows = [["番号", *HEADER], ["1", "公園", "道が狭い。", "広げます。"]]
    below = [["2", "", "橋が古い。", "直します。"]]
    pages = (replace(grid(own, page=n), inferred=True) for n, own in ((1, rows), (2, below)))
    found = segment(*(page(own.page, [own]) for own in pages))
    assert [row.fields[1].text for row in found.tables[0].rows] == ["公園", "公園"]
