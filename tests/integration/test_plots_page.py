"""The page of `dvc plots show` needs no network."""

import json
import re
from configparser import ConfigParser

import pytest
from playwright.sync_api import Browser

from tests.support.pdfs import ROOT

FOLDER = ROOT / ".dvc"
SCORES = ("record_f1", "whole", "exact", "flat", "break_f1")


def test_dvc_uses_a_page_that_loads_nothing() -> None:
    config = ConfigParser()
    config.read(FOLDER / "config")
    page = (FOLDER / config["plots"]["html_template"]).read_text(encoding="utf-8")
    assert "{plot_divs}" in page
    assert "{scripts}" not in page  # DVC's come from afar
    assert not re.search(r"\b(?:src|href)=", page)


@pytest.mark.browser
def test_the_page_shows_each_annex_and_score(browser: Browser) -> None:
    spec = json.loads((FOLDER / "plots" / "scores.json").read_text(encoding="utf-8"))
    rows = [
        {"annex": annex, "rev": rev, **dict.fromkeys(SCORES, "0.5")}
        for annex in ("b", "<a>")
        for rev in ("workspace", "main")
    ]
    spec |= {"title": "Scores", "data": {"values": rows}}
    # as VegaRenderer of dvc-render writes it
    div = (
        f"<div id='x'><script>var spec = {json.dumps(spec)}; vegaEmbed('#x', spec);</script></div>"
    )
    page = (FOLDER / "plots" / "page.html").read_text(encoding="utf-8")
    shown = browser.new_context(offline=True).new_page()
    shown.set_content(page.replace("{plot_divs}", div))
    assert shown.locator("th").all_inner_texts() == ["annex", "revision", *SCORES]
    lines = [line.locator("td").all_inner_texts() for line in shown.locator("tr").all()[1:]]
    assert [line[:2] for line in lines] == [
        ["<a>", "workspace"],
        ["<a>", "main"],
        ["b", "workspace"],
        ["b", "main"],
    ]
    assert {text for line in lines for text in line[2:]} == {"0.500"}
