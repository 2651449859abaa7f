"""The tables of the docs, in Markdown, from the results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from benchmarks.frozen_set import Entry, read_set
from benchmarks.results import Results, ToolResult, groups_of
from benchmarks.tools import LEFT_OUT

OWN = "besshi"
SURE = 0.95
"""From here on a confidence is called high; an edge of the classes of reliability."""
_COLUMNS = ("whole", "record_f1", "flat", "break_f1", "cer", "grits")


def describe_measurement(results: Results) -> str:
    """What was measured, with what and how."""
    own = results.tools[OWN]
    return (
        f"Test split of set `{results.set}` ([benchmarks](../benchmarks/README.md)), "
        f"{_count('test')}; besshi at commit `{own.commit}`, {own.date}; `make compare`."
    )


def compare_tools(results: Results) -> str:
    """Each tool on the test split: text layers, scans, time."""
    head = ("tool", *_COLUMNS, "scans: whole", "scans: flat", "CPU s a page", "no answer")
    return _table(head, (_tool_row(n, t) for n, t in sort_tools(results).items()))


def _tool_row(name: str, tool: ToolResult) -> list[str]:
    text, scans = tool.scores["test text"], tool.scores["test scans"]
    value, low, high = text["whole"]
    return [
        f"{name} {tool.version}",
        f"**{value:.3f}** ({low:.3f}–{high:.3f})",
        *(f"{text[score][0]:.3f}" for score in _COLUMNS[1:]),
        f"{scans['whole'][0]:.3f}",
        f"{scans['flat'][0]:.3f}",
        "–" if tool.seconds_per_page is None else f"{tool.seconds_per_page:.2f}",
        str(len(tool.failures) or "–"),
    ]


def compare_families(results: Results) -> str:
    """besshi and the best of the others, family by family."""
    rows = []
    for group in list_families():
        other, value = best_of_others(results, f"test {group}", "whole")
        own = results.tools[OWN].scores[f"test {group}"]["whole"]
        rows.append([
            f"`{group}`" if group != "scans" else group, _count(f"test {group}"),
            f"{own[0]:.3f} ({own[1]:.3f}–{own[2]:.3f})", f"{value:.3f} ({other})" if value else "0",
        ])  # fmt: skip
    return _table(("family", "of the test split", "besshi: whole", "best of the others"), rows)


def list_families() -> list[str]:
    """The families of the set, and `scans`."""
    return list(dict.fromkeys(entry.group for entry in read_set()))


def best_of_others(results: Results, group: str, score: str) -> tuple[str, float]:
    """The tool besides besshi with the highest score, and the score."""
    others = {n: t.scores[group][score][0] for n, t in results.tools.items() if n != OWN}
    best = max(others, key=lambda name: others[name])
    return best, others[best]


def show_reliability(results: Results) -> str:
    """besshi's confidence against the share of right records."""
    own = results.tools[OWN]
    rows = [
        [f"≥ {row.least:g}", str(row.records), f"{row.confidence:.3f}", f"{row.right:.3f}"]
        for row in own.reliability
    ]
    brier = own.scores["test text"]["brier"]
    table = _table(("confidence", "records", "on average", "entirely right"), rows)
    return (
        f"{table}\n\nThe Brier score is {brier[0]:.3f} ({brier[1]:.3f}–{brier[2]:.3f}) for text "
        f"layers, {own.scores['test scans']['brier'][0]:.3f} for scans. 0 is best; who always says "
        "0.5 gets 0.25."
    )


def list_left_out() -> str:
    """The tools that cannot run without network."""
    return _table(("not compared", "why"), (list(row) for row in LEFT_OUT.items()))


def summarize(results: Results) -> str:
    """README's table."""
    own = results.tools[OWN]
    rows = []
    for group, said in (("test text", "PDFs with a text layer"), ("test scans", "scans")):
        other, value = best_of_others(results, group, "whole")
        mean, low, high = own.scores[group]["whole"]
        rows.append([
            f"{said} ({_count(group)})", f"**{mean:.3f}** ({low:.3f}–{high:.3f})",
            f"{value:.3f} ({other})" if value else "0",
        ])  # fmt: skip
    head = (
        "share of records in which every character and line break is right", "besshi",
        f"best of {len(results.tools) - 1} other tools",
    )  # fmt: skip
    sure = [row for row in own.reliability if row.least >= SURE]
    records = sum(row.records for row in sure)
    right = sum(row.right * row.records for row in sure) / max(records, 1)
    return (
        f"{_table(head, rows)}\n\nMeasured on the test split of set `{results.set}` with commit "
        f"`{own.commit}` on {own.date}, by `make compare`; in brackets the 95 % interval. Of "
        f"{records} records of the whole set with a text layer and a `confidence` of {SURE} or "
        f"more, {right:.1%} are entirely right."
    )


def sort_tools(results: Results) -> Mapping[str, ToolResult]:
    """The tools, the best first."""
    return dict(
        sorted(results.tools.items(), key=lambda item: -item[1].scores["test text"]["whole"][0])
    )


def _count(group: str) -> str:
    members: list[Entry] = [entry for entry in read_set() if group in groups_of(entry)]
    annexes = "1 annex" if len(members) == 1 else f"{len(members)} annexes"
    return f"{annexes}, {sum(entry.records for entry in members)} records"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    return "\n".join([_line(columns), "|" + "---|" * len(columns), *_lines(rows)])


def _lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    return map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
