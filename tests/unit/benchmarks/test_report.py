"""The docs say what the results file says."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from benchmarks.report.pages import CHART, PAGES, PARTS, render_pages
from benchmarks.results import digest_set, read_results
from tests.support.pdfs import ROOT

RESULTS = read_results()


def test_the_results_are_of_this_set() -> None:
    assert RESULTS.set == digest_set()
    assert "besshi" in RESULTS.tools, "the set is another one: make compare"
    assert "guard" in RESULTS.tools["besshi"].scores
    assert all("test text" in tool.scores for tool in RESULTS.tools.values())


@pytest.mark.parametrize("page", [*PAGES, CHART])
def test_no_figure_is_copied_by_hand(page: str) -> None:
    """`python -m benchmarks report` writes the pages."""
    assert (ROOT / page).read_text(encoding="utf-8") == render_pages(RESULTS)[page]


def test_every_part_stands_on_a_page() -> None:
    texts = "".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"<!-- results: ([a-z ]+) -->", texts)) == set(PARTS)
    assert texts.count("<!-- results: ") == texts.count("<!-- end of results -->")


def test_the_chart_names_every_tool() -> None:
    chart = ElementTree.fromstring(render_pages(RESULTS)[CHART])
    said = [text.text for text in chart.iter("{http://www.w3.org/2000/svg}text")]
    assert set(RESULTS.tools) <= set(said)
