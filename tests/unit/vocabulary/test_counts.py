"""Texts that count."""

import pytest

from pipeline.vocabulary.counts import counts_records, ends_in_count, is_count, is_figure


@pytest.mark.parametrize("text", ["３件", "1,200通", "12人", "2団体", "５項目"])
def test_every_counter_counts_everywhere(text: str) -> None:
    assert is_count(text) and is_count(f"（{text}）")
    assert is_figure(text)
    assert counts_records(text)


def test_a_heading_may_end_in_a_count() -> None:
    assert ends_in_count("公園（３ 件）") and ends_in_count("公園（計2通）")
    assert not ends_in_count("公園（北部）") and not ends_in_count("３件")


@pytest.mark.parametrize(
    ("text", "figure"), [("－", True), ("12.5％", True), ("件", False), ("…", False), (",", False)]
)
def test_figures_need_no_counter(text: str, figure: bool) -> None:
    assert is_figure(text) is figure
    assert not counts_records(text)


@pytest.mark.parametrize(
    "text", ["②　排出量　2,316㎡③　連携　562㎡", "３年間で562㎡", "2件目の意見1"]
)
def test_a_text_that_begins_and_ends_with_figures_counts_nothing(text: str) -> None:
    """The rest of a record on the next page was taken for a heading and its count, and was lost."""
    assert not is_count(text)
