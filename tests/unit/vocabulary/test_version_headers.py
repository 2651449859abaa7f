"""Headers that name versions of one document."""

import pytest

from pipeline.vocabulary.version_headers import match_versions, read_version


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("2024年5月21日版", "2024年5月31日版"),
        ("平成31年4月1日", "令和元年５月１日"),
        ("令和５年度版", "令和６年度版"),
        ("第９版", "第10版"),
        ("Ver.1.9", "Ver.1.10"),
        ("現行方針", "改定方針（案）"),
        ("旧計画の内容", "新計画の内容"),
        ("素案", "計画（案）"),
        ("骨子案", "素案"),
    ],
)
def test_the_older_version_is_the_original(older: str, newer: str) -> None:
    for headers, roles in (
        ([older, newer, "備考"], ["original_text", "revision", None]),
        ([newer, older, "備考"], ["revision", "original_text", None]),
    ):
        found = match_versions(headers, [None] * 3)
        assert [match.role if match else None for match in found] == roles


def test_one_version_or_two_of_one_age_are_none() -> None:
    assert match_versions(["第１版", "備考"], [None, None]) == [None, None]
    assert match_versions(["第１版", "第１版"], [None, None]) == [None, None]
    assert match_versions(["現行方針", "改定計画"], [None, None]) == [None, None]
    assert match_versions(["前回の状況", "今回の状況"], [None, None]) == [None, None]


@pytest.mark.parametrize("word", ["意見", "回答", "番号", "担当課"])
def test_a_word_that_heads_another_column_names_no_versions(word: str) -> None:
    assert match_versions([f"旧{word}", f"新{word}"], [None, None]) == [None, None]


@pytest.mark.parametrize("header", ["1", "2024", "意見", "令和６年度", "５件", "第１章"])
def test_what_names_no_version(header: str) -> None:
    assert read_version(header) is None
