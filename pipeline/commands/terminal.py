"""Prints to the terminal, with control characters made visible: a file's text cannot command it.

Commands print through `print_message`, `print_line` and `print_text` only.
"""

import click

from pipeline.commands.translation import translate
from pipeline.vocabulary.printable import printable, printable_lines


def print_message(message: str) -> None:
    """Print a message of one line to stderr, in the user's language."""
    click.echo(printable(translate(message)), err=True)


def print_line(line: str) -> None:
    """Print a line of output to stdout, in the user's language."""
    click.echo(printable(translate(line)))


def print_text(text: str) -> None:
    """Print output of several lines to stdout."""
    click.echo(printable_lines(text))
