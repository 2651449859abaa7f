"""`besshi query`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.options import FOLDER
from pipeline.commands.results_folder import check_results
from pipeline.commands.terminal import print_lines_of_message, print_message
from pipeline.vocabulary.printable import printable_lines

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMATS = ("table", "csv", "jsonl")
_FAILED = "the query failed:"
"""What DuckDB says, in English and of several lines, follows."""


@click.command()
@click.argument("sql", required=False)
@click.option(
    "--records",
    "folder",
    default="parsed",
    show_default=True,
    type=FOLDER,
    metavar="FOLDER",
    help="Folder that `run` or `compact` wrote.",
)
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(FORMATS),
    help="Format of the output.",
)
@click.option("--shell", is_flag=True, help="Ask for one query after the other.")
def query(sql: str | None, folder: Path, form: str, shell: bool) -> None:
    """Ask a question in SQL (DuckDB) about what a run wrote."""
    if (sql is None) != shell:
        raise click.UsageError("give either a query in quotation marks, or --shell")
    from pipeline.commands.query.database import open_database

    check_results(folder)
    with open_database(folder, sql) as database:
        if sql is not None:
            if (error := _answer(database, sql, form)) is not None:
                raise click.UsageError(error)
            return
        for statement in _read_statements():
            if (error := _answer(database, statement, form)) is not None:
                print_lines_of_message(error)


def _answer(database: "DuckDBPyConnection", sql: str, form: str) -> str | None:
    """Print the result of a query.

    Returns:
        What is wrong with it; None: nothing.
    """
    import duckdb

    from pipeline.commands.query.output import Rows, print_rows

    try:
        result = database.execute(sql)
        if result is None:  # DuckDB found no statement, contrary to its annotations
            return "there is no query"
        names = [column[0] for column in result.description or ()]
        rows = Rows(names, result.fetchall() if names else [])
    except duckdb.Error as error:
        return f"{_FAILED}\n{printable_lines(str(error))}"
    if names:
        print_rows(rows, form)
    return None


def _read_statements() -> Iterator[str]:
    """The statements that a person types, each up to its semicolon; `.quit` or Ctrl-D ends them."""
    is_asked = sys.stdin.isatty()
    if is_asked:
        import readline  # noqa: F401  (lines can be edited, and come again with the arrow keys)

        print_message("End a query with ; (SHOW TABLES; lists the tables, .quit ends).")
    lines: list[str] = []
    while True:
        try:
            line = input("  ...> " if lines else "besshi> ") if is_asked else input()
        except EOFError:
            break
        if not lines and line.strip() in (".quit", ".exit", "exit", "quit"):
            return
        lines.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(lines)
            lines.clear()
    if "".join(lines).strip():
        yield "\n".join(lines)
