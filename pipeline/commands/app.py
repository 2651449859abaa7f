"""The command line: the group of all commands, and how it reports errors.

Messages go to stderr, data to stdout and files. Heavy imports wait until a command needs them.
"""

import sys
from typing import Any

import click

from pipeline import __version__
from pipeline.commands.annex.command import annex
from pipeline.commands.evaluate.command import evaluate
from pipeline.commands.export.command import export
from pipeline.commands.inspect.command import inspect
from pipeline.commands.query.command import query
from pipeline.commands.review.command import review
from pipeline.commands.run import compact, extract, normalize, run, segment
from pipeline.commands.summary.command import summary
from pipeline.commands.terminal import print_message
from pipeline.commands.translated_usage import TranslatedContext, translate_usage_errors
from pipeline.commands.verify.command import verify
from pipeline.errors import INTERRUPTED, BesshiError, Terminated
from pipeline.processes.signals import STOPPED_MESSAGE, treat_sigterm_as_interrupt

SECTIONS = {
    "Read PDFs": ("run", "summary", "verify", "compact"),
    "Look at results": ("review", "inspect", "export", "query"),
    "Keep accepted records": ("annex", "evaluate"),
    "Single stages of run": ("extract", "segment", "normalize"),
}
"""Purpose → its commands, in the order in which a user meets them."""


class _Group(click.Group):
    """Lists its commands by purpose; turns errors into messages and exit codes."""

    context_class = TranslatedContext

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        super().add_command(cmd, name)
        for command in (cmd, *getattr(cmd, "commands", {}).values()):
            command.context_class = TranslatedContext

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            with formatter.section(section):
                rows = ((name, self.commands[name].get_short_help_str(100)) for name in names)
                formatter.write_dl([(name.ljust(9), text) for name, text in rows])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with translate_usage_errors():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with treat_sigterm_as_interrupt(), translate_usage_errors():
                return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            print_message(f"besshi: {STOPPED_MESSAGE}")
            sys.exit(stop.exit_code if isinstance(stop, Terminated) else INTERRUPTED)
        except BesshiError as error:
            print_message(f"besshi: {error}")
            for note in getattr(error, "__notes__", ()):
                print_message(f"  {note}")
            sys.exit(error.exit_code)
        except BrokenPipeError:  # click handles it: whoever read stdout has closed it
            raise
        except OSError as error:
            what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            print_message(f"besshi: {what}; check the path, its permissions and the free space")
            sys.exit(BesshiError.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="besshi")
def main() -> None:
    """Turn the annex tables of Japanese public administration into data.

    \b
    besshi run pdfs/ --out results            read PDFs, write records as Parquet
    besshi summary results                    see what was read and what to look at
    besshi verify results --pdfs pdfs/        check the results for errors
    besshi review results --pdfs pdfs/        compare records with their pages
    besshi export results --to xlsx           write the records for Excel
    besshi query "SELECT …" --records results ask a question in SQL
    besshi annex add new.pdf --source URL     add an annex to the project

    `besshi COMMAND --help` explains a command; docs/commands.md explains all.

    \b
    Exit codes:
      0 success                      6 a data file is malformed
      1 system error                 7 records differ from the accepted ones
      2 wrong arguments              8 a PDF or an accepted truth is missing
      3 nothing to read              9 an annex can no longer be read
      4 at least one annex failed   10 verify found an error
      5 a score below its minimum  130 stopped by Ctrl-C
                                   143 stopped by SIGTERM
    """
    if sys.stderr.isatty():  # show progress: a scan takes minutes
        import logging  # 2 ms, in which it finds nobody who reads

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
    query,
    review,
    run,
    segment,
    summary,
    verify,
):
    main.add_command(_command)
