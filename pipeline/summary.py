"""What a run wrote, in a screen: for the end of `make run`."""

from collections import Counter
from pathlib import Path

import pandas as pd

from pipeline.errors import InputError
from pipeline.store import read_rows


def summarize(folder: Path) -> str:
    """A line an annex, the issues by kind, and where the files are.

    Raises:
        InputError: The folder is not one that a run wrote.
    """
    files = sorted((folder / "records").glob("*.parquet"))
    if not files and not (folder / "issues.parquet").exists():
        raise InputError(f"{folder}: no run has written here; do `besshi run PDF… --out {folder}`")
    lines = [_annexes(folder, files)] if files else ["no records"]
    issues = read_rows(folder / "issues.parquet") if (folder / "issues.parquet").exists() else []
    if issues:
        counts = Counter((issue["level"], issue["code"]) for issue in issues)
        kinds = sorted(counts.items())
        listed = ", ".join(f"{count} {code} ({level})" for (level, code), count in kinds)
        lines.append(f"to look at: {listed}; all in {folder / 'issues.parquet'}")
    lines.append(f"records: {folder / 'records'}/*.parquet")
    return "\n".join(lines)


def _annexes(folder: Path, files: list[Path]) -> str:
    rows = {}
    for file in files:
        records = read_rows(file)
        pages = read_rows(folder / "pages" / file.name)
        rows[file.stem] = {
            "pages": len(pages),
            "records": len(records),
            "continued": sum("continued" in record["flags"] for record in records),
            "clipped": sum("clipped" in record["flags"] for record in records),
            "low_confidence": sum("low_confidence" in record["flags"] for record in records),
            "glyphs": sum(page["glyphs"] for page in pages),
            "unaccounted": sum(page["unaccounted"] for page in pages),
        }
    return pd.DataFrame.from_dict(rows, orient="index").to_string()
