"""What goes to the terminal, where text from files is seen and never obeyed.

Whatever a command prints goes through `say`, `show` or `show_lines`.
"""

import click

from pipeline.vocabulary.printable import printable, printable_lines


def say(message: str) -> None:
    """A message of one line, to stderr."""
    click.echo(printable(message), err=True)


def show(line: str) -> None:
    """One line of what was asked for, to stdout."""
    click.echo(printable(line))


def show_lines(text: str) -> None:
    """Text of several lines that was asked for, to stdout."""
    click.echo(printable_lines(text))
