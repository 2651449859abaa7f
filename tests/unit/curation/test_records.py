"""`records:` of an annex's file: the numbers of records that a person counted."""

import pytest

from tests.support.annex_folder import TWO_TABLES, Folder, prose
from tests.support.annexes import FIRST, HEADER, THIRD, ruled_table


@pytest.mark.parametrize("said", ["5", "[2, 3]", "2, 3", "[2,３]"])
def test_numbers_of_records_that_are_right(said: str, folder: Folder) -> None:
    folder.run(f"records: {said}", *TWO_TABLES)
    assert len(folder.records) == 5


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("6", "records: expected 6 in all, found 5 (table by table: 2, 3)"),
        ("[5]", "records: expected 5 table by table, found 2, 3"),
        ("[3, 2]", "records: expected 3, 2 table by table, found 2, 3"),
        ("[2, 3, 1]", "records: expected 2, 3, 1 table by table, found 2, 3"),
    ],
)
def test_numbers_of_records_that_are_not(said: str, message: str, folder: Folder) -> None:
    found = folder.fail(f"records: {said}", *TWO_TABLES, stage="segment")
    assert found.startswith(f"{message}; look on the pages for rows that are missing")


def test_no_records_are_a_number_too(folder: Folder) -> None:
    folder.run("records: 0", prose)
    assert folder.codes == ["no_comment_table"]
    folder.run("records: []", prose)
    assert folder.codes == ["no_comment_table"]
    message = folder.fail("records: 2", prose, stage="segment")
    assert message.startswith("records: expected 2 in all, found 0 (table by table: no table)")


def test_a_row_that_is_missing_is_shown_beside_the_number(folder: Folder) -> None:
    """The warnings of an annex whose numbers differ say where to look."""
    folder.fail("records: 3", ruled_table(HEADER, FIRST, THIRD), stage="segment")
    assert folder.codes == ["number_gap", "not_as_known"]
