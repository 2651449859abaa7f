"""The rows of one table while a mistake is planted: their texts, and where these stand."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import TEXT_ROLES, Box, Field, FieldPart, Line

Fields = dict[str, str]
Places = dict[str, Field]
"""Field → where it stands on the pages."""


class Rows(Struct):
    """The rows of one table while a mistake is planted, and what is wrong in them then."""

    fields: list[Fields]
    places: list[Places]
    copied: list[int]
    """For each row, the row whose record it is made from."""
    wrong: set[tuple[int, str]] = field(default_factory=set)
    lost: list[Line] = field(default_factory=list)
    """Lines that are in no row any more, and stay on the page."""

    def set(self, row: int, name: str, text: str, *, on_page: bool = True) -> None:
        """Change a text.

        Args:
            row: Its row.
            name: Its field.
            text: The new text.
            on_page: Whether the page's lines spell the new text too, as if they were read so.
        """
        if self.fields[row][name] == text:
            return
        self.fields[row][name] = text
        self.wrong.add((row, name))
        if on_page:
            self.spell(row, name)

    def spell(self, row: int, name: str) -> None:
        """Let the page's lines spell the text of a field."""
        if name in self.places[row]:
            self.places[row][name] = _spell(self.places[row][name], self.fields[row][name])

    def turn_lines(self, row: int, name: str) -> bool:
        """Let the first two lines of a field follow each other upwards; False: it has one."""
        place = self.places[row].get(name)
        if place is None or not place.parts or len(place.parts[0].lines) < 2:
            return False
        part = place.parts[0]
        first, second, *others = part.lines
        heights = {"top": first.top, "bottom": first.bottom}
        first = replace(first, top=second.top, bottom=second.bottom)
        turned = replace(part, lines=(first, replace(second, **heights), *others))
        self.places[row][name] = Field((turned, *place.parts[1:]))
        return True

    def overprint(self, row: int, name: str) -> None:
        """Let the lines of a field stand over each other."""
        place = self.places[row].get(name, Field(()))
        self.places[row][name] = Field(
            tuple(
                replace(p, lines=tuple(replace(line, overprinted=True) for line in p.lines))
                for p in place.parts
            )
        )

    def insert(self, row: int, fields: Fields, places: Places, copied: int) -> None:
        """Insert a row of which every field is wrong."""
        self.fields.insert(row, fields)
        self.places.insert(row, places)
        self.copied.insert(row, copied)
        self.wrong = {(p + (p >= row), n) for p, n in self.wrong} | {(row, n) for n in fields}

    def remove(self, row: int) -> tuple[Fields, Places]:
        """Remove a row."""
        self.copied.pop(row)
        return self.fields.pop(row), self.places.pop(row)


def texts_of(fields: Fields, least: int = 1) -> list[str]:
    """The fields of running text with so many characters at least."""
    return [name for name, text in fields.items() if name in TEXT_ROLES and len(text) >= least]


def join_places(upper: Field, lower: Field) -> Field:
    """The place of two fields that are read as one cell."""
    if not upper.parts or not lower.parts:
        return upper if upper.parts else lower
    above, below = upper.parts[-1], lower.parts[0]
    if above.page != below.page or above.box == below.box:
        return Field(tuple(dict.fromkeys((*upper.parts, *lower.parts))))
    whole = replace(
        above, box=Box.around([above.box, below.box]), lines=(*above.lines, *below.lines)
    )
    return Field((*upper.parts[:-1], whole, *lower.parts[1:]))


def cut_place(place: Field, share: float) -> tuple[Field, Field]:
    """The places of two cells where one is cut by a ruling; `share` of it is the upper one."""
    if not place.parts:
        return place, place
    part = place.parts[-1]
    y = part.box.top + share * part.box.height
    lines = [line for line in part.lines if (line.top + line.bottom) / 2 < y]
    upper = replace(part, box=replace(part.box, bottom=y), lines=tuple(lines))
    lower = replace(part, box=replace(part.box, top=y), lines=part.lines[len(lines) :])
    return Field((*place.parts[:-1], upper)), Field((lower,))


def _spell(place: Field, text: str) -> Field:
    """The same place with lines that spell another text."""
    parts = place.parts
    count = max(1, sum(len(part.lines) for part in parts))
    size = -(-len(text) // count)
    spelled: list[FieldPart] = []
    rest = text
    for part in parts:
        lines: list[Line] = []
        for line in part.lines:
            lines.append(replace(line, text=rest[:size]))
            rest = rest[size:]
        spelled.append(replace(part, lines=tuple(lines)))
    return Field(tuple(spelled))


def empty_place(place: Field) -> Field:
    """The same cells without their lines."""
    return Field(tuple(replace(part, lines=()) for part in place.parts))


def lines_of(places: Sequence[Field]) -> list[Line]:
    """The lines of some fields."""
    return [line for place in places for line in place.lines]
