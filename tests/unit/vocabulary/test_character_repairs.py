"""Characters that producers of PDFs exchange, and those that stay."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vocabulary.character_repairs import repair_text
from tests.support.pdfs import DATA

UNTOUCHED = yaml.safe_load((DATA / "untouched.yml").read_text("utf-8"))


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_authors_type_stays(text: str) -> None:
    assert repair_text(text) == text


@pytest.mark.parametrize(
    ("found", "made"),
    [
        ("⼈⼝⾏", "人口行"),
        ("市⺠⻑", "市民長"),
        ("システム‧データ", "システム・データ"),
        ("\uf0fe可 \uf0a8否", "☑可 □否"),
        ("市民∕事業者∕（区）", "市民／事業者／（区）"),
        ("有∕", "有／"),
        ("∕１", "／１"),
        ("B\u00ad1、e\u00admail", "B-1、e-mail"),
        ("䛣䛾年䛿䚸䝕䞊䝍䜢見䜜䜀䞉䞉䞉", "この年は䚸データを見れば・・・"),
    ],
)
def test_what_producers_exchanged_is_mapped_back(found: str, made: str) -> None:
    assert repair_text(found) == made


@given(st.text(max_size=40))
def test_repair_is_idempotent_and_keeps_the_length(text: str) -> None:
    assert repair_text(repair_text(text)) == repair_text(text)
    assert len(repair_text(text)) == len(text)
