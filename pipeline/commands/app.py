"""The command line: the group of all commands, and what an error does to it.

Messages go to stderr, data to stdout and files. Heavy imports wait until a command needs them.
"""

import logging
import sys
from typing import Any

import click

from pipeline import __version__
from pipeline.commands.annex.command import annex
from pipeline.commands.evaluate.command import evaluate
from pipeline.commands.export.command import export
from pipeline.commands.inspect.command import inspect
from pipeline.commands.review.command import review
from pipeline.commands.run import compact, extract, normalize, run, segment
from pipeline.commands.summary.command import summary
from pipeline.commands.terminal import say
from pipeline.commands.verify.command import verify
from pipeline.errors import INTERRUPTED, BesshiError, Terminated
from pipeline.processes.signals import STOPPED_MESSAGE, treat_sigterm_as_interrupt

SECTIONS = {
    "Read": ("run", "summary", "verify", "compact"),
    "Look": ("review", "inspect", "export"),
    "Keep": ("annex", "evaluate"),
    "Stages of run, one by one": ("extract", "segment", "normalize"),
}
"""What besshi is for, in the order in which somebody meets it, and the commands for it."""


class _Group(click.Group):
    """Lists its commands by what they are for; turns errors into one line and their exit code."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            with formatter.section(section):
                rows = ((name, self.commands[name].get_short_help_str(100)) for name in names)
                formatter.write_dl([(name.ljust(9), said) for name, said in rows])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with treat_sigterm_as_interrupt():
                return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            say(f"besshi: {STOPPED_MESSAGE}")
            sys.exit(stop.exit_code if isinstance(stop, Terminated) else INTERRUPTED)
        except BesshiError as error:
            say(f"besshi: {error}")
            for note in getattr(error, "__notes__", ()):
                say(f"  {note}")
            sys.exit(error.exit_code)
        except BrokenPipeError:  # click's: whoever read stdout has enough
            raise
        except OSError as error:
            say(f"besshi: {error}; check the path, its rights and the free space")
            sys.exit(BesshiError.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="besshi")
def main() -> None:
    """Turn the annex tables of Japanese public administration into data.

    \b
    besshi run letters/ --out results         PDFs to Parquet, one record a comment
    besshi summary results                    what is there, and what to look at
    besshi verify results --pdfs letters/     whether all of it is as it must be
    besshi review results --pdfs letters/     check the records beside their pages
    besshi export results --to xlsx           hand them to somebody who uses Excel
    besshi annex add new.pdf --source URL     take an annex into the project

    `besshi COMMAND --help` says more; docs/commands.md says all.

    \b
    Exit codes:
      0 done                         6 a data file is not as it must be
      1 the system stopped it        7 records differ from what was accepted
      2 wrong arguments              8 a PDF or a truth is missing
      3 nothing to read              9 an annex is no longer recognised
      4 at least one annex failed   10 verify found something wrong
      5 a score missed its floor   130 stopped by Ctrl-C
                                   143 stopped by SIGTERM
    """
    if sys.stderr.isatty():  # a scan takes minutes: someone who watches sees it go on
        logging.basicConfig(format="besshi: %(message)s")
        logging.getLogger("pipeline").setLevel(logging.INFO)


for _command in (
    annex,
    compact,
    evaluate,
    export,
    extract,
    inspect,
    normalize,
    review,
    run,
    segment,
    summary,
    verify,
):
    main.add_command(_command)
