"""Makers of model objects: lines with the advances of a font, wrapped by rules of our own.

The rules here are simpler than a program's and know no evidence that besshi looks at; layouts
of real programs come from benchmarks/factory.
"""

from collections.abc import Iterator, Sequence

from pipeline.model import (
    AnnexHeader,
    Box,
    Column,
    Field,
    FieldPart,
    Line,
    PageHeader,
    PageOrigin,
    Segmented,
    SegmentedPage,
    Table,
    TableRow,
)

NEVER_FIRST = frozenset("、。，．」』）】？！ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々")
NEVER_LAST = frozenset("「『（【")


def box(x0: float, top: float, x1: float, bottom: float) -> Box:
    return Box(x0, top, x1, bottom)


def advance(character: str, proportional: bool = False) -> float:
    """Width in em: half for ASCII; kana a little narrower where the font is proportional."""
    if character.isascii():
        return 0.5
    return 0.9 if proportional and "ぁ" <= character <= "ヶ" else 1.0


def line(
    text: str,
    x0: float = 0.0,
    top: float = 0.0,
    page: int = 1,
    size: float = 10.0,
    proportional: bool = False,
) -> Line:
    """A physical line as extract would give it; white space at its end becomes its tail."""
    edges = [x0]
    for character in text:
        edges.append(edges[-1] + size * advance(character, proportional))
    shown = text.rstrip()
    return Line(
        text=shown,
        edges=tuple(edges[: len(shown) + 1]),
        gap=0.0,
        top=top,
        bottom=top + size,
        size=size,
        page=page,
        glyphs=len("".join(text.split())),
        tail=text[len(shown) :],
        end=edges[-1],
    )


def wrap(text: str, ems: float, kinsoku: bool, proportional: bool) -> Iterator[str]:
    """Break one logical line as a layout program does: full lines, kinsoku by moving down."""
    rest = text
    while rest:
        cut, width = 0, 0.0
        while cut < len(rest) and width + advance(rest[cut], proportional) <= ems + 1e-6:
            width += advance(rest[cut], proportional)
            cut += 1
        fits = cut
        while kinsoku and 0 < cut < len(rest) and not _may_part(rest[cut - 1], rest[cut]):
            cut -= 1
        cut = cut or fits
        yield rest[:cut]
        rest = rest[cut:]


def _may_part(before: str, after: str) -> bool:
    word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return after not in NEVER_FIRST and before not in NEVER_LAST and not word


def lay_out(
    records: Sequence[Sequence[str]],
    roles: Sequence[str],
    ems: Sequence[float],
    kinsoku: bool = True,
    proportional: bool = False,
    size: float = 10.0,
) -> Segmented:
    """Set records as one table with a column of so many em for each role, on one endless page."""
    rows, top = [], 0.0
    for record in records:
        fields, left, height = [], 0.0, 0.0
        for text, width in zip(record, ems, strict=True):
            wrapped = [
                part
                for logical in text.split("\n")
                for part in wrap(logical, width, kinsoku, proportional)
            ]
            lines = tuple(
                line(part, left + 5, top + 2 + 12 * i, size=size, proportional=proportional)
                for i, part in enumerate(wrapped)
            )
            right = left + size * width + 10
            height = max(height, 12.0 * len(lines) + 4)
            fields.append((left, right, lines))
            left = right
        rows.append(
            TableRow(
                tuple(
                    Field((FieldPart(1, box(a, top, b, top + height), ls),)) for a, b, ls in fields
                )
            )
        )
        top += height
    glyphs = sum(li.glyphs for row in rows for field in row.fields for li in field.lines)
    header = PageHeader(1, 2000, top, PageOrigin.TEXT_LAYER, glyphs, 0)
    columns = tuple(Column(role, role) for role in roles)
    table = Table("題", None, columns, tuple(rows))
    return Segmented(AnnexHeader("made", "0" * 64), (SegmentedPage(header, 1, (), ()),), (table,))
