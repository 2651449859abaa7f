"""Headers that mean another role beside certain columns."""

import pytest

from pipeline.segment.headers.header_rows import assign_roles
from pipeline.segment.headers.neighbouring_words import match_neighbours
from pipeline.vocabulary.header_words import match_role


@pytest.mark.parametrize(
    ("headers", "roles"),
    [
        (["照会先", "照会事項", "回答"], [None, "comment", "response"]),
        (["照会先", "意見", "見解"], ["submitter", "comment", "response"]),
        (["協議先", "協議事項", "回答"], [None, "comment", "response"]),
        (["関係課意見", "事務局の考え方"], ["comment", "response"]),
        (["意見", "主管課意見"], ["comment", "response"]),
        (["有識者の所見", "対応"], ["comment", "response"]),
        (["意見", "取組状況"], ["comment", "response"]),
        (["指摘事項", "措置計画"], ["comment", "response"]),
        (["事業名", "取組状況"], ["category", None]),
        (["Comment(original)", "意見(仮訳)", "回答"], ["comment", None, "response"]),
        (["意見(仮訳)", "回答"], ["comment", "response"]),
        (["質問事項", "質問の要旨", "答弁"], ["category", "comment", "response"]),
        (["区分", "指摘事項", "指摘の内容"], ["category", None, "comment"]),
        (["実施事項", "実施内容"], [None, None]),
        (["区分", "内容", "回答"], ["category", "comment", "response"]),
        (["区分", "内容", "備考"], ["category", None, None]),
        (["質問要旨", "答弁要旨", "対応"], ["comment", "response", None]),
        (["Comment", "Response", "Action taken"], ["comment", "response", "disposition"]),
        (["Comment", "Action taken"], ["comment", "response"]),
    ],
)
def test_other_columns_tell_what_a_header_means(
    headers: list[str], roles: list[str | None]
) -> None:
    assert assign_roles(match_neighbours(headers, map(match_role, headers))) == roles
