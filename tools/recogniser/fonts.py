"""Take the faces of the training lines from the machine's fonts: only what the recogniser reads.

The folder that this writes is a tenth of the fonts' size, so that it can travel to a machine with
a GPU. Hinting and layout tables are left out, since lines are set glyph by glyph.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from benchmarks.factory.fonts import carried_font
from tools.recogniser.charset import CHARACTERS, is_kanji

SHARE = Path("/usr/share/fonts")
_UNITS = 512  # font units an em; judgement: 8 a pixel of the atlas, and half the size of a file
_TABLES = (
    *("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "FFTM", "VDMX", "LTSH"),
    *("hdmx", "kern", "mort", "morx", "feat", "STAT", "meta", "gasp", "EBDT", "EBLC", "EBSC"),
    *("PfEd", "JSTF", "TeX ", "cvar"),
)
"""Tables that setting glyph by glyph does not need."""


@dataclasses.dataclass(frozen=True, slots=True)
class FaceEntry:
    """One face of `faces.toml`."""

    name: str
    file: str
    """Below `SHARE`."""
    package: str
    """The Debian package that has it."""
    style: str
    """gothic, mincho, held or latin."""
    weight: float = 1.0
    kanji: str | None = None
    """The face whose kanji it has too."""

    @property
    def characters(self) -> tuple[str, ...]:
        """What is taken from it."""
        if self.style == "latin":
            return tuple(c for c in CHARACTERS if c < "\x7f")
        return tuple(c for c in CHARACTERS if self.kanji is None or not is_kanji(c))


def read_faces() -> Mapping[str, FaceEntry]:
    """The faces by name, in the order of `faces.toml`."""
    text = Path(__file__).with_name("faces.toml").read_text(encoding="utf-8")
    return {name: FaceEntry(name, **entry) for name, entry in tomllib.loads(text).items()}


def find_faces(root: Path) -> Iterator[tuple[FaceEntry, Path]]:
    """Yield the faces of a machine, with their files.

    IPAexGothic is on each machine, in the wheel of a locked package.

    Args:
        root: The folder of the fonts, `SHARE` or another that packages were unpacked to.
    """
    there: set[str] = set()
    for entry in read_faces().values():
        file = root / entry.file
        if not file.exists() and entry.file.endswith("ipaexg.ttf"):
            entry, file = dataclasses.replace(entry, kanji=None), carried_font()
        if file.exists() and (entry.kanji is None or entry.kanji in there):
            there.add(entry.name)
            yield entry, file


def take_faces(root: Path, folder: Path) -> list[str]:
    """Write each face of a machine to `folder/NAME.otf`.

    Returns:
        The names of the faces that the machine lacks.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = list(find_faces(root))
    for entry, file in found:
        take_face(file, entry.characters, folder / f"{entry.name}.otf")
    return sorted(read_faces().keys() - {entry.name for entry, _ in found})


def take_face(file: Path, characters: tuple[str, ...], target: Path) -> None:
    """Write a font with these characters only."""
    font = TTFont(file, fontNumber=0, lazy=False)
    options = subset.Options()
    options.hinting = options.notdef_outline = options.glyph_names = options.legacy_cmap = False
    options.layout_features, options.name_IDs = [], []
    options.drop_tables += _TABLES
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=map(ord, characters))
    cutter.subset(font)
    if "CFF " in font:
        _ = font["CFF "].cff.topDictIndex[0].CharStrings  # scale_upem misses what is not parsed
    scale_upem(font, _UNITS)
    font.save(target)
