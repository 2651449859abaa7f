"""The Japanese fonts of the machine, and the one that a locked package carries."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_SHARE = Path("/usr/share/fonts")


def carried_font() -> Path:
    """IPAexGothic in the wheel of `matplotlib-fontja`: the same on every machine.

    The package is found and not imported: it would import all of matplotlib.
    """
    package = find_spec("matplotlib_fontja")
    assert package and package.submodule_search_locations, "not installed from requirements.lock"
    return Path(package.submodule_search_locations[0]) / "fonts" / "ipaexg.ttf"


CARRIED: Mapping[str, Path] = {"IPAexGothic": carried_font()}
"""The family that every machine has; seeds that are set in it give the same annexes everywhere."""

SYSTEM_FILES: Mapping[str, Path] = {
    "IPAGothic": _SHARE / "opentype/ipafont-gothic/ipag.ttf",
    "IPAPGothic": _SHARE / "opentype/ipafont-gothic/ipagp.ttf",
    "IPAMincho": _SHARE / "opentype/ipafont-mincho/ipam.ttf",
    "IPAPMincho": _SHARE / "opentype/ipafont-mincho/ipamp.ttf",
    "IPAexGothic": _SHARE / "opentype/ipaexfont-gothic/ipaexg.ttf",
    "IPAexMincho": _SHARE / "opentype/ipaexfont-mincho/ipaexm.ttf",
    "VL Gothic": _SHARE / "truetype/vlgothic/VL-Gothic-Regular.ttf",
    "VL PGothic": _SHARE / "truetype/vlgothic/VL-PGothic-Regular.ttf",
}
"""Families that are plain TrueType files, where Debian's packages put them."""

TRUETYPE_FILES: Mapping[str, Path] = {**SYSTEM_FILES, **CARRIED}
"""What reportlab can embed, of those that are there."""

OPENTYPE_FILES: Mapping[str, Path] = {
    "Noto Sans CJK JP": _SHARE / "opentype/noto/NotoSansCJK-Regular.ttc",
    "Noto Serif CJK JP": _SHARE / "opentype/noto/NotoSerifCJK-Regular.ttc",
}
"""Families with PostScript outlines, for the engines that know them by name."""


def truetype_families() -> tuple[str, ...]:
    """Families that reportlab can embed on this machine; never none."""
    return tuple(name for name, path in TRUETYPE_FILES.items() if path.exists())


MONOSPACED = ("IPAGothic", "IPAMincho")
"""Families whose half-width characters are half as wide as the others."""


def monospaced_families() -> tuple[str, ...]:
    """Those of `MONOSPACED` that reportlab can embed on this machine; perhaps none."""
    return tuple(name for name in MONOSPACED if name in truetype_families())


def families() -> tuple[str, ...]:
    """All families of this machine, for engines that ask fontconfig, which knows no wheels."""
    files = {**SYSTEM_FILES, **OPENTYPE_FILES}
    return tuple(name for name, path in files.items() if path.exists())
