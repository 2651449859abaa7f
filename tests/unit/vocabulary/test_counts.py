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
