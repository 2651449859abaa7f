"""The page of `dvc plots show` needs no network, and draws each plot."""

import json
import re
from collections.abc import Iterator
from configparser import ConfigParser
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.support.pdfs import ROOT

FOLDER = ROOT / ".dvc"
SCORES = ("record_f1", "whole", "exact", "flat", "break_f1")
TEMPLATES = ("scores", "confidence", "breaks")


def test_dvc_uses_a_page_that_loads_nothing() -> None:
    config = ConfigParser()
    config.read(FOLDER / "config")
    page = (FOLDER / config["plots"]["html_template"]).read_text(encoding="utf-8")
    assert "{plot_divs}" in page
    assert "{scripts}" not in page  # DVC's come from afar
    assert not re.search(r"\b(?:src|href)=", page)


def test_each_plot_has_its_template() -> None:
    plots = yaml.safe_load((ROOT / "dvc.yaml").read_text())["stages"]["evaluate"]["plots"]
    used = {path: about["template"] for plot in plots for path, about in plot.items()}
    assert used == {f"parsed/plots/{name}.csv": name for name in TEMPLATES}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def show(page: Page, template: str, rows: list[dict[str, str]]) -> None:
    """The page as DVC writes it: every value is a text."""
    text = (FOLDER / "plots" / f"{template}.json").read_text(encoding="utf-8")
    text = text.replace('"<DVC_METRIC_DATA>"', json.dumps(rows))
    spec: dict[str, Any] = json.loads(text.replace("<DVC_METRIC_TITLE>", "A title"))
    # as VegaRenderer of dvc-render writes it
    div = (
        f"<div id='x'><script>var spec = {json.dumps(spec)}; vegaEmbed('#x', spec);</script></div>"
    )
    html = (FOLDER / "plots" / "page.html").read_text(encoding="utf-8")
    page.set_content(html.replace("{plot_divs}", div))
    assert page.locator("h2").inner_text() == "A title"


def read_table(page: Page) -> list[list[str]]:
    lines = page.locator("tr").all()
    return [line.locator("th, td").all_inner_texts() for line in lines]


@pytest.mark.browser
def test_the_page_shows_each_annex_and_score(page: Page) -> None:
    rows = [
        {"annex": annex, "rev": rev, **dict.fromkeys(SCORES, "0.5")}
        for rev in ("workspace", "main")
        for annex in ("b", "<a>")
    ]
    show(page, "scores", rows)
    head, *lines = read_table(page)
    assert head == ["annex", "revision", *SCORES]
    places = [["b", "workspace"], ["b", "main"], ["<a>", "workspace"], ["<a>", "main"]]
    assert [line[:2] for line in lines] == places
    assert {text for line in lines for text in line[2:]} == {"0.500"}


@pytest.mark.browser
def test_the_page_shows_line_breaks_by_witness(page: Page) -> None:
    row = {"annex": "a", "decision": "kept", "rev": "workspace"}
    rows = [
        {**row, "witness": "prior", "breaks": "9", "wrong": "3"},
        {**row, "witness": "geometry", "breaks": "18", "wrong": "0"},
    ]
    show(page, "breaks", rows)
    assert read_table(page) == [
        ["annex", "witness", "decision", "revision", "breaks", "wrong"],
        ["a", "prior", "kept", "workspace", "9", "3"],
        ["a", "geometry", "kept", "workspace", "18", "0"],
    ]
    widths = page.locator(".bar i").evaluate_all("(all) => all.map((i) => i.style.width)")
    assert [float(width.rstrip("%")) for width in widths] == pytest.approx(
        [100 / 6, 100 / 3, 0, 100], abs=0.01
    )


@pytest.mark.browser
def test_the_page_shows_whether_confidence_is_right(page: Page) -> None:
    rows = [
        {"source": source, "confidence": "0.9", "right": "0.6", "fields": "40", "rev": rev}
        for source in ("ocr", "text_layer")
        for rev in ("workspace", "main")
    ]
    show(page, "confidence", rows)
    assert page.locator("svg").count() == 2
    circle = page.locator("svg").first.locator("circle").first
    square = page.locator("svg").first.locator("rect").bounding_box()
    box = circle.bounding_box()
    assert square
    assert box
    x = (box["x"] + box["width"] / 2 - square["x"]) / square["width"]
    y = (box["y"] + box["height"] / 2 - square["y"]) / square["height"]
    assert (x, y) == pytest.approx((0.9, 1 - 0.6), abs=0.01)
    assert "40 fields of confidence 0.9, right 0.6" in (circle.text_content() or "")
