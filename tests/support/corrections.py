"""Corrections, and the file of those of an annex."""

from pathlib import Path
from typing import Any

import yaml

from tests.support.annexes import FIRST

ENTRY = {
    "record": "made-t1-r1",
    "field": "comment",
    "found": FIRST[1],
    "right": "窓口の待ち時間がとても長い。",
    "why": "the publisher's errata of 2026-11-01",
    "who": "山田",
}


def write(folder: Path, *entries: dict[str, Any], annex: str = "made") -> Path:
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(list(entries), allow_unicode=True, sort_keys=False)
    (folder / f"{annex}.yml").write_text(text, encoding="utf-8")
    return folder
