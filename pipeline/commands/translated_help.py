"""The help of commands in a language whose characters are two columns wide."""

from collections.abc import Iterable, Iterator

import click

from pipeline.commands.translation import translate
from pipeline.vocabulary.printable import measure_width

_GAP = 2
"""Columns between an option and its text; standard: click's own."""

_NO_LINE_START = frozenset("、。，．・：；！？）」』］｝ー")
_NO_LINE_END = frozenset("（「『［｛")
# Characters that a line does not begin or end with; standard: JIS X 4051, section 6.1.


class TranslatedHelp(click.HelpFormatter):
    """click's formatter, which translates what it is given and counts columns, not characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, translate("Usage:") + " ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(translate(heading))

    def write_text(self, text: str) -> None:
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write_paragraph()
            self._write_paragraph(paragraph)

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = _GAP
    ) -> None:
        rows = [*rows]
        left = min(col_max, max(len(term) for term, _ in rows)) + col_spacing
        indent = " " * self.current_indent
        for term, text in rows:
            lines = list(wrap(translate(text), self.width - self.current_indent - left))
            self.write(f"{indent}{term.ljust(left)}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * left}{line}\n")

    def _write_paragraph(self, paragraph: str) -> None:
        kept = paragraph.startswith("\b\n")  # click's sign for lines that are not to be wrapped
        lines = paragraph.removeprefix("\b\n").split("\n")
        if kept:
            lines = [translate(line) for line in lines]
        else:
            lines = list(wrap(translate(" ".join(lines)), self.width - self.current_indent))
        for line in lines:
            self.write(f"{' ' * self.current_indent}{line}\n")


def wrap(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` columns, broken at spaces and beside wide characters."""
    line, columns = "", 0
    for piece in _pieces(text):
        size = measure_width(piece)
        if line and columns + size > width:
            yield line.rstrip()
            line, columns, piece = "", 0, piece.lstrip()
        line, columns = line + piece, columns + size
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """The shortest pieces between which a line may end."""
    piece = ""
    for char in text:
        beside_wide = max(map(measure_width, (char, piece[-1:]))) > 1
        breaks = piece and (char == " " or beside_wide)
        if breaks and char not in _NO_LINE_START and piece[-1] not in _NO_LINE_END:
            yield piece
            piece = ""
        piece += char
    yield piece
