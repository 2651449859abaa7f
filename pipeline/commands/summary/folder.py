"""What a run wrote, in a screen: for the end of `make run`."""

from collections import Counter
from pathlib import Path

import pandas as pd

from pipeline.batch.issues_file import ISSUES
from pipeline.errors import InputError
from pipeline.files.parquet import read_rows, read_table

MAX_LINES = 40  # a screen; of more annexes those are shown that have most to look at
_FLAGS = ("continued", "clipped", "low_confidence")
_WORST = ["unaccounted", "low_confidence", "clipped"]


def summarize(folder: Path) -> str:
    """A line an annex, the issues by kind, and where the files are.

    Raises:
        InputError: The folder is not one that a run wrote.
    """
    files = any((folder / "records").glob("*.parquet"))
    if not files and not (folder / ISSUES).exists():
        raise InputError(f"{folder}: no run has written here; do `besshi run PDF… --out {folder}`")
    lines = [_show(_annexes(folder))] if files else ["no records"]
    issues = read_rows(folder / ISSUES) if (folder / ISSUES).exists() else []
    if issues:
        counts = Counter((issue["level"], issue["code"]) for issue in issues)
        kinds = sorted(counts.items())
        listed = ", ".join(f"{count} {code} ({level})" for (level, code), count in kinds)
        lines.append(f"to look at: {listed}; all in {folder / ISSUES}")
    lines.append(f"records: {folder / 'records'}/*.parquet")
    return "\n".join(lines)


def _annexes(folder: Path) -> pd.DataFrame:
    """A row an annex, all numbers."""
    columns = ["annex", "glyphs", "unaccounted"]
    pages = read_table(folder / "pages", columns).groupby("annex")
    records = read_table(folder / "records", ["annex", "flags"])
    flags = {flag: records["flags"].map(lambda said, f=flag: f in said) for flag in _FLAGS}
    found = pd.DataFrame({"annex": records["annex"], "records": 1, **flags}).groupby("annex").sum()
    counted = pd.DataFrame({"pages": pages.size()}).join(found).fillna(0).join(pages.sum())
    return counted.astype(int).rename_axis(None)


def _show(annexes: pd.DataFrame) -> str:
    if len(annexes) <= MAX_LINES:
        return annexes.to_string()
    worst = annexes.sort_values(_WORST, ascending=False, kind="stable").head(MAX_LINES)
    total = annexes.sum().to_frame(f"all {len(annexes)}").T
    return pd.concat([worst, total]).to_string()
