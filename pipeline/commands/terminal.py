"""Prints to the terminal, with control characters made visible: a file's text cannot command it.

Commands print through the functions below only.
"""

import shutil
import sys

import click

from pipeline.commands.translation import translate
from pipeline.vocabulary.printable import cut_to_width, printable, printable_lines

_ERASE = "\r\x1b[2K"
"""Go to the line's start and empty it; standard: ECMA-48, CR and EL."""
_status: list[str] = []
"""The status line, as long as the terminal shows one."""


def is_terminal() -> bool:
    """Whether messages go to a terminal."""
    return sys.stderr.isatty()


def show_status(line: str) -> None:
    """Show a line on the terminal until the next message or status takes its place."""
    room = shutil.get_terminal_size().columns - 1
    _status[:] = [cut_to_width(printable(translate(line)), room)]
    click.echo(_ERASE + _status[0], err=True, nl=False)


def clear_status() -> None:
    """Take the status line away, if there is one."""
    if _status:
        _status.clear()
        click.echo(_ERASE, err=True, nl=False)


def print_message(message: str) -> None:
    """Print a message of one line to stderr, in the user's language."""
    clear_status()
    click.echo(printable(translate(message)), err=True)


def print_lines_of_message(message: str) -> None:
    """Print a message to stderr whose first line is besshi's own; what follows is quoted."""
    first, *quoted = message.split("\n")
    print_message(first)
    for line in quoted:
        click.echo(printable(line.expandtabs(4)), err=True)


def print_line(line: str) -> None:
    """Print a line of output to stdout, in the user's language."""
    click.echo(printable(translate(line)))


def print_text(text: str) -> None:
    """Print output of several lines to stdout."""
    click.echo(printable_lines(text))
