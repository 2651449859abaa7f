"""The Japanese fonts of the machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_SHARE = Path("/usr/share/fonts")

TRUETYPE_FILES: Mapping[str, Path] = {
    "IPAGothic": _SHARE / "opentype/ipafont-gothic/ipag.ttf",
    "IPAPGothic": _SHARE / "opentype/ipafont-gothic/ipagp.ttf",
    "IPAMincho": _SHARE / "opentype/ipafont-mincho/ipam.ttf",
    "IPAPMincho": _SHARE / "opentype/ipafont-mincho/ipamp.ttf",
    "IPAexGothic": _SHARE / "opentype/ipaexfont-gothic/ipaexg.ttf",
    "IPAexMincho": _SHARE / "opentype/ipaexfont-mincho/ipaexm.ttf",
    "VL Gothic": _SHARE / "truetype/vlgothic/VL-Gothic-Regular.ttf",
    "VL PGothic": _SHARE / "truetype/vlgothic/VL-PGothic-Regular.ttf",
}
"""Families that are plain TrueType files, which reportlab can embed."""

OPENTYPE_FILES: Mapping[str, Path] = {
    "Noto Sans CJK JP": _SHARE / "opentype/noto/NotoSansCJK-Regular.ttc",
    "Noto Serif CJK JP": _SHARE / "opentype/noto/NotoSerifCJK-Regular.ttc",
}
"""Families with PostScript outlines, for the engines that know them by name."""


def truetype_families() -> tuple[str, ...]:
    """Families that reportlab can embed on this machine."""
    return tuple(name for name, path in TRUETYPE_FILES.items() if path.exists())


def families() -> tuple[str, ...]:
    """All families of this machine, for engines that ask fontconfig."""
    others = tuple(name for name, path in OPENTYPE_FILES.items() if path.exists())
    return truetype_families() + others
