"""Programs for those who work on besshi; `make` starts most of them, and tests use some."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
