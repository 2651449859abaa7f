"""A chart of the results as SVG: records right by tool and family, and time against accuracy."""

from __future__ import annotations

from math import log10

from benchmarks.report.tables import list_families, sort_tools
from benchmarks.results import Results, ToolResult

_STYLE = "font-family='sans-serif' font-size='11'"
_NAMES, _CELL, _ROW = 110, 52, 22  # pixels: the tools' names, a cell's width, a row's height
_TOP, _GAP, _SIDE = 86, 70, 320  # pixels: above the rows, between the panels, the lower panel
_TICKS = (0.01, 0.1, 1.0, 10.0)  # CPU seconds a page


def draw_chart(results: Results) -> str:
    """Both panels below each other."""
    tools = dict(sort_tools(results))
    families = list_families()
    width = _NAMES + len(families) * _CELL + 30
    top = _TOP + len(tools) * _ROW + _GAP
    height = top + _SIDE + 50
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' {_STYLE}>\n"
        f"<rect width='{width}' height='{height}' fill='white'/>\n"
        f"{_draw_families(tools, families)}{_draw_times(tools, top, width)}</svg>\n"
    )


def _draw_families(tools: dict[str, ToolResult], families: list[str]) -> str:
    parts = [_text(8, 16, "Records that are right to the letter, by tool and family (test split)")]
    for column, family in enumerate(families):
        x = _NAMES + column * _CELL + _CELL // 2
        parts.append(f"<text transform='translate({x},{_TOP - 8}) rotate(-35)'>{family}</text>\n")
    for row, (name, tool) in enumerate(tools.items()):
        y = _TOP + row * _ROW
        parts.append(_text(_NAMES - 6, y + 15, name, "end"))
        for column, family in enumerate(families):
            share = tool.scores[f"test {family}"]["whole"][0]
            parts.append(_draw_cell(_NAMES + column * _CELL, y, share))
    return "".join(parts)


def _draw_cell(x: int, y: int, share: float) -> str:
    """The darker, the more is right; the number says how much."""
    red, green, blue = (round(255 - share * (255 - dark)) for dark in (8, 81, 156))
    ink = "white" if share > 0.5 else "#333"
    return (
        f"<rect x='{x}' y='{y}' width='{_CELL - 2}' height='{_ROW - 2}' "
        f"fill='rgb({red},{green},{blue})' stroke='#ddd'/>"
        f"{_text(x + _CELL // 2 - 1, y + 14, f'{share:.2f}', 'middle', ink)}"
    )


def _draw_times(tools: dict[str, ToolResult], top: int, width: int) -> str:
    across, bottom = width - _NAMES - 120, top + _SIDE
    least, most = log10(_TICKS[0]), log10(_TICKS[-1])

    def place(seconds: float) -> int:
        return round(_NAMES + (log10(seconds) - least) / (most - least) * across)

    parts = [
        _text(8, top - 24, "CPU seconds a page, and records right (test split, text layer)"),
        f"<rect x='{_NAMES}' y='{top}' width='{across}' height='{_SIDE}' fill='none' "
        "stroke='#888'/>\n",
    ]
    parts += [_text(place(tick), bottom + 16, f"{tick:g} s", "middle") for tick in _TICKS]
    for share in (0.0, 0.5, 1.0):
        parts.append(_text(_NAMES - 6, round(bottom - share * _SIDE + 4), f"{share:g}", "end"))
    labels: list[tuple[int, int]] = []
    for name, tool in tools.items():
        if tool.seconds_per_page is None:
            continue
        x = place(min(max(tool.seconds_per_page, _TICKS[0]), _TICKS[-1]))
        y = round(bottom - tool.scores["test text"]["whole"][0] * _SIDE)
        parts.append(f"<circle cx='{x}' cy='{y}' r='4' fill='#08519c'/>")
        label = _find_room(x + 8, y + 4, labels)
        labels.append(label)
        # A label that gave way to others is tied to its point.
        tie = f"<line x1='{x}' y1='{y}' x2='{label[0] - 1}' y2='{label[1] - 3}' stroke='#aaa'/>\n"
        parts += [tie, _text(*label, name)]
    return "".join(parts)


def _find_room(x: int, y: int, taken: list[tuple[int, int]]) -> tuple[int, int]:
    """Where a label stands: higher up where another one is in the way."""
    while any(abs(x - other_x) < 90 and abs(y - other_y) < 11 for other_x, other_y in taken):
        y -= 11
    return x, y


def _text(x: int, y: int, text: str, anchor: str = "start", fill: str = "black") -> str:
    return f"<text x='{x}' y='{y}' text-anchor='{anchor}' fill='{fill}'>{text}</text>\n"
