"""Truth files are read in order, and a wrong one is named."""

from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.files.truths import read_truths


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no truth file"),
        ("[]", "is no truth file"),
        ('{"tables": []}', "is no truth file"),
        ('{"annex": "a", "tables": [{"headers": ["No"], "roles": []}]}', "is no truth file"),
        (
            '{"annex": "a", "tables": [{"headers": [], "roles": [], "records": [{"number": 7}]}]}',
            "table 1, record 1: number is 7; write a text in quotes, or null",
        ),
    ],
)
def test_a_wrong_truth_file_is_named(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(DataError) as caught:
        list(read_truths(tmp_path))
    assert str(tmp_path / "a.json") in str(caught.value)
    assert said in str(caught.value)


def test_a_truth_file_that_an_editor_saved_in_its_own_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes('{"annex": "別紙"}'.encode("cp932"))
    with pytest.raises(DataError, match=r"a\.json: is no truth file \(not UTF-8; save it"):
        list(read_truths(tmp_path))


def test_truth_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.json").write_text(f'{{"annex": "{name}"}}')
    (tmp_path / "d.txt").write_text("no truth")
    assert [truth.annex for _, truth in read_truths(tmp_path)] == ["a", "b", "c"]


def test_a_truth_whose_extra_is_no_mapping_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(
        '{"annex": "x", "tables": [{"headers": [], "roles": [], "records": [{"extra": ["a"]}]}]}'
    )
    with pytest.raises(DataError, match=r"table 1, record 1: extra"):
        list(read_truths(tmp_path))
