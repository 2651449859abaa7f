"""A DuckDB database in memory that sees the datasets of a folder of results, and nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.issues_file import ISSUES_FILE
from pipeline.errors import BesshiError
from pipeline.files.parquet import DATASETS, open_dataset
from pipeline.normalize.tokenizer import analyze
from pipeline.vocabulary.role_names import JAPANESE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_WORD = re.compile(r"\w+")
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "python_enable_replacements": False,
    "lock_configuration": True,
}
"""What SQL may not do: read or write files, reach the network, see variables of this program."""


_BEHIND = {"texts": ("records",), "search": ("records", "tokens"), "places": ("records", "tokens")}
"""View or macro of views.sql → the datasets that it reads."""


@contextmanager
def open_database(folder: Path, sql: str | None = None) -> "Iterator[DuckDBPyConnection]":
    """Open a database with a view for each dataset, `texts`, and the macros of views.sql.

    The view `records` has each role a second time, under its Japanese name. SQL can change the
    database, which is in memory, but no file.

    Args:
        sql: The one query that is to come: the files of datasets that it does not name are not
            opened, and an archive has many. None: it is not known.

    Raises:
        BesshiError: DuckDB is not installed.
        DataError: A file in it is of another besshi.
    """
    try:
        import duckdb
    except ImportError as error:
        raise BesshiError(f"query needs DuckDB ({error}); pip install 'besshi[query]'") from error
    with duckdb.connect(":memory:", config=_CLOSED) as database:
        for kind in (*DATASETS, "issues"):
            # A run that was stopped has written no issues.
            pattern = ISSUES_FILE if kind == "issues" else f"{kind}/*.parquet"
            check = sql is None or kind in _find_datasets(sql)
            dataset = database.from_arrow(open_dataset(kind, sorted(folder.glob(pattern)), check))
            dataset.project(_columns(kind)).create_view(kind)
        database.create_function("short_units", _find_short_units, ["VARCHAR"], "VARCHAR[]")
        database.execute(files(__package__).joinpath("views.sql").read_text("utf-8"))
        yield database


def _find_datasets(sql: str) -> set[str]:
    """The datasets that a query may read, by the words in it."""
    words = {*_WORD.findall(sql.lower())}
    return words.union(*(kinds for name, kinds in _BEHIND.items() if name in words))


def _columns(kind: str) -> str:
    if kind != "records":
        return "*"
    return ", ".join(["*", *(f"{role} AS {name}" for role, name in JAPANESE.items())])


def _find_short_units(text: str) -> list[str]:
    """The normalized forms of a text's short units, as `tokens.units` has them."""
    return [unit for morpheme in analyze(text) for unit in morpheme.units]
