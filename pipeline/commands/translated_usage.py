"""What click itself says, in the user's language."""

import contextlib
from collections.abc import Iterator
from typing import IO, Any

import click
from click.exceptions import NoArgsIsHelpError

from pipeline.commands.terminal import print_lines_of_message, print_message
from pipeline.commands.translated_help import TranslatedHelp
from pipeline.commands.translation import find_language


class TranslatedContext(click.Context):
    """Formats help in the user's language."""

    def make_formatter(self) -> click.HelpFormatter:
        if find_language() == "en":
            return super().make_formatter()
        return TranslatedHelp(width=self.terminal_width, max_width=self.max_content_width)


class _TranslatedUsageError(click.UsageError):
    def show(self, file: IO[Any] | None = None) -> None:
        if self.ctx is not None:
            print_message(self.ctx.get_usage())
            print_message(f"Try '{self.ctx.command_path} -h' for help.")
        print_lines_of_message(f"error: {self.message}")


@contextlib.contextmanager
def translate_usage_errors() -> Iterator[None]:
    """Raise click's errors about arguments in the user's language."""
    try:
        yield
    except NoArgsIsHelpError:  # its message is the help, which is in that language already
        raise
    except click.UsageError as error:
        if find_language() == "en" or isinstance(error, _TranslatedUsageError):
            raise
        raise _TranslatedUsageError(error.format_message(), error.ctx) from error
