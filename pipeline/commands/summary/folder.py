"""Summarizes what a run wrote, on one screen."""

from collections import Counter
from pathlib import Path

import pandas as pd

from pipeline.batch.issues_file import ISSUES_FILE
from pipeline.batch.manifest import read_manifest
from pipeline.commands.run_summary import name_annexes
from pipeline.evaluate.report import IN_COLUMNS
from pipeline.files import open_folder
from pipeline.files.parquet import read_rows_if_written, read_table

MAX_LINES = 40
"""Annexes in the summary; judgement: one screen. Of more annexes, the worst are shown."""
_FLAGS = ("continued", "clipped", "low_confidence")
_WORST = ["unaccounted", "low_confidence", "clipped"]


def summarize(folder: Path) -> list[str]:
    """A table with a line for each annex, what was not read, the issues by kind, and the place."""
    files = any((folder / "records").glob("*.parquet"))
    lines = [_show(_annexes(folder))] if files else ["no records"]
    issues = read_rows_if_written(folder / ISSUES_FILE)
    if failed := sorted({issue["annex"] for issue in issues if issue["level"] == "error"}):
        lines.append(f"not read: {name_annexes(failed)}")
    if issues:
        counts = Counter((issue["level"], issue["code"]) for issue in issues)
        kinds = sorted(counts.items())
        listed = ", ".join(f"{count} {code} ({level})" for (level, code), count in kinds)
        lines.append(f"to look at: {listed}; all in {folder / ISSUES_FILE}")
    if count := _count_left_out(folder):
        lines.append(f"left out: {count:,} characters in tables that gave no record")
    lines.append(f"records: {folder / 'records'}/*.parquet")
    return lines


def _count_left_out(folder: Path) -> int:
    """How many characters stand in tables that gave no record."""
    entries = read_manifest(open_folder(str(folder))).values()
    return sum(issue.characters or 0 for entry in entries for issue in entry.issues)


def _annexes(folder: Path) -> pd.DataFrame:
    """A row of numbers for each annex."""
    columns = ["annex", "glyphs", "unaccounted"]
    pages = read_table(folder / "pages", columns).groupby("annex")
    records = read_table(folder / "records", ["annex", "flags"])
    flags = {flag: records["flags"].map(lambda flags, f=flag: f in flags) for flag in _FLAGS}
    found = pd.DataFrame({"annex": records["annex"], "records": 1, **flags}).groupby("annex").sum()
    counted = pd.DataFrame({"pages": pages.size()}).join(found).fillna(0).join(pages.sum())
    return counted.astype(int).rename_axis(None)


def _show(annexes: pd.DataFrame) -> str:
    if len(annexes) > MAX_LINES:
        worst = annexes.sort_values(_WORST, ascending=False, kind="stable").head(MAX_LINES)
        total = annexes.sum().to_frame(f"all {len(annexes)}").T
        annexes = pd.concat([worst, total])
    with pd.option_context(*IN_COLUMNS):
        return annexes.to_string()
