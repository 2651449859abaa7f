"""The pages that show results: what stands between two marks is written from the results file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.report.chart import draw_chart
from benchmarks.report.tables import (
    compare_families,
    compare_tools,
    describe_measurement,
    list_left_out,
    show_reliability,
    summarize,
)
from benchmarks.results import Results

ROOT = Path(__file__).parents[2]
CHART = "docs/scores.svg"
PARTS: Mapping[str, Callable[[Results], str]] = {
    "summary": summarize,
    "measurement": describe_measurement,
    "tools": compare_tools,
    "families": compare_families,
    "reliability": show_reliability,
    "left out": lambda _: list_left_out(),
}
"""What may stand between `<!-- results: NAME -->` and `<!-- end of results -->`."""
PAGES = ("README.md", "docs/scores.md", "benchmarks/README.md")
_PART = re.compile(
    r"(?<=<!-- results: )(?P<name>[a-z ]+) -->\n.*?(?=<!-- end of results -->)", re.DOTALL
)


def render_pages(results: Results) -> dict[str, str]:
    """What each page and the chart should say, by path."""

    def render(part: re.Match[str]) -> str:
        name = part["name"]
        return f"{name} -->\n{PARTS[name](results)}\n"

    pages = {name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
    rendered = {name: _PART.sub(render, text) for name, text in pages.items()}
    return {**rendered, CHART: draw_chart(results)}


def write_report(results: Results) -> None:
    """Write the pages and the chart anew."""
    for name, text in render_pages(results).items():
        (ROOT / name).write_text(text, encoding="utf-8")
