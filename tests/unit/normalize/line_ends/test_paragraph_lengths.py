"""How many sentences an author puts into a paragraph settles a full line that ends one."""

from pipeline.normalize import normalize_annex
from tests.support.making import lay_out

WIDTH = 24.0
SHORT = "職員が毎日記録している。"
LONG = "関係機関と連携しながら定期的に確認することとし周知する。"
FULL = "担当課の職員が操作の記録を毎日取得し確認している。"[-int(WIDTH) :]
"""A sentence that just fills a line."""
OTHER = "住民の意見を踏まえて見直す。"


def read(text: str, habit: str) -> str | None:
    """The first field of a column whose other fields are written by one habit."""
    others = [[f"{habit}\n{habit}"] for _ in range(9)]
    made = lay_out([[text], *others], ("comment",), (WIDTH,))
    return normalize_annex(made).records[0].comment


def test_a_paragraph_as_long_as_all_others_ends_there() -> None:
    pair = LONG + SHORT
    text = f"{SHORT[:-1]}、{FULL[-(int(WIDTH) - len(SHORT)) :]}{FULL}\n{pair}"
    assert read(text, pair) == text


def test_a_paragraph_is_not_parted_into_shorter_ones_than_the_author_writes() -> None:
    text = FULL + OTHER
    assert read(text, LONG + SHORT) == text


def test_the_same_line_is_parted_where_each_sentence_has_its_own() -> None:
    text = f"{FULL}\n{OTHER}"
    assert read(text, LONG) == text
