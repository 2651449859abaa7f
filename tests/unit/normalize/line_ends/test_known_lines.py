"""Headings that are lines of their own elsewhere."""

import pytest

from pipeline.model import Normalized
from pipeline.normalize import normalize_annex
from tests.support.making import lay_out

_EMS = 12.0
_BODY = "計画の期間を五年とし、毎年度見直しを行うこととした。"


def read(*comments: str) -> Normalized:
    """Normalize a column of 12 characters on a line."""
    return normalize_annex(lay_out([[text] for text in comments], ("comment",), (_EMS,)))


HEADED = [f"{number}　現状と課題\n{_BODY}" for number in (1, 2, 3)]


def test_a_heading_that_is_a_line_elsewhere_is_one_on_a_full_line_too() -> None:
    full = "７．１５．２　現状と課題\n本計画から定める。"
    found = read(*HEADED, full)
    assert found.records[-1].comment == full
    assert found.breaks[-1].twins > 2.0


@pytest.mark.parametrize("heading", ["子育て支援", "現状と課題128ページ"])
def test_no_other_line_is_known(heading: str) -> None:
    """A page goes with its place."""
    found = read(*HEADED, f"７．１５．２　{heading}から定める。")
    assert found.breaks[-1].twins == 0.0
