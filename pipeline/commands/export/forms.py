"""The forms in which records are exported, and where they go."""

from pathlib import Path

FORMS = ("xlsx", "csv", "jsonl", "comments", "package")
FILES = {"xlsx": Path("records.xlsx"), "package": Path("package")}
"""Form → where it goes if no file is named: stdout does not take it."""
