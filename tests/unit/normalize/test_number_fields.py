"""Line ends in columns of numbers."""

import pytest

from pipeline.normalize.candidates import find_candidates
from pipeline.normalize.number_fields import weigh_numbers
from tests.support.making import lay_out


@pytest.mark.parametrize(
    ("role", "text", "is_inside"),
    [
        ("number", "意見1", True),
        ("number", "1\n2", False),  # two numbers in one cell
        ("number", "総則1", True),
        ("comment", "意見1", False),
        ("number", "新規\n追加", False),
    ],
)
def test_a_number_that_its_column_broke_is_one(role: str, text: str, is_inside: bool) -> None:
    segmented = lay_out([[text.replace("見", "見\n").replace("則", "則\n")]], [role], [4])
    odds = weigh_numbers(segmented, find_candidates(segmented))
    assert [own < 0 for own in odds] == [is_inside]
