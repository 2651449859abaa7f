"""The data dictionary of docs/data.md, from the schemas: ``python -m tools.data_dictionary``."""

import re
from collections.abc import Iterator

import pyarrow as pa

from pipeline.files.parquet import DATASETS, ISSUES
from pipeline.files.parquet.meanings import read_meanings
from tools import ROOT

PAGE = ROOT / "docs" / "data.md"
SCHEMAS = {**DATASETS, "issues": ISSUES}
_HEAD = "| column | type | meaning |\n|---|---|---|\n"
_TABLE = re.compile(re.escape(_HEAD) + r"(\|.*\n)*")


def file_of(dataset: str) -> str:
    """The name of a dataset's files, as the page heads their section."""
    return "issues.parquet" if dataset == "issues" else f"{dataset}/<annex>.parquet"


def render(page: str) -> str:
    """The page with the table of each file's columns as the code has it.

    Raises:
        ValueError: The page has no section, or no table in it, for a file.
    """
    for dataset in SCHEMAS:
        begin = page.index(f"\n## `{file_of(dataset)}`")
        table = _TABLE.search(page, begin)
        if table is None or "\n## " in page[begin + 1 : table.start()]:
            raise ValueError(f"{PAGE}: {file_of(dataset)} has no table of columns")
        rows = "".join(f"{row}\n" for row in _rows(dataset))
        page = page[: table.start()] + _HEAD + rows + page[table.end() :]
    return page


def _rows(dataset: str) -> Iterator[str]:
    meanings = read_meanings()[dataset]
    for column in SCHEMAS[dataset]:
        kind = shown(column.type) + "?" * column.nullable
        yield f"| `{column.name}` | {kind} | {meanings[column.name]} |"


def shown(kind: pa.DataType) -> str:
    """A type as the page writes it."""
    if pa.types.is_map(kind):
        return f"map<{shown(kind.key_type)}, {shown(kind.item_type)}>"
    if pa.types.is_list(kind):
        return f"list<{shown(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{part.name}: {shown(part.type)}' for part in kind)}>"
    return {"double": "float"}.get(str(kind), str(kind))


if __name__ == "__main__":
    PAGE.write_text(render(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
