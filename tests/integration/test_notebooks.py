"""The notebooks run from top to bottom on fresh records, and can be read in a diff."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.annexes import COMMENTS, besshi
from tests.support.pdfs import ROOT, MakePdf

if TYPE_CHECKING:
    from nbformat import NotebookNode

# What reads and runs notebooks is imported where it is used: it takes two seconds, which each
# worker of `make check` would spend to leave these tests out.
pytestmark = pytest.mark.slow

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FIGURES = {"01_explore": 4, "02_redline": 1, "03_sql": 0, "04_answers": 2}
TABLES = {"01_explore": "comments_by_table", "03_sql": "without_revision", "04_answers": "answers"}
MOST = 400_000  # bytes of a notebook, which a git host shows and every clone gets


def read(path: Path) -> "NotebookNode":
    import nbformat

    return nbformat.read(path, as_version=4)


def test_all_four_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == list(FIGURES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_and_its_text_have_the_same_cells(path: Path) -> None:
    import jupytext

    notebook, text = read(path), path.with_suffix(".py").read_text(encoding="utf-8")
    pair = jupytext.reads(text, fmt="py:percent")
    cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
    assert cells == [(cell.cell_type, cell.source) for cell in pair.cells]
    assert notebook.metadata.jupytext.formats == "ipynb,py:percent"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_with_small_outputs(path: Path) -> None:
    """As it was run from top to bottom: no cell is left out, none has failed or warned."""
    assert path.stat().st_size < MOST
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    made = [output for cell in cells for output in cell.outputs]
    assert not [o for o in made if o.output_type == "error" or o.get("name") == "stderr"]
    assert sum("image/png" in o.get("data", {}) for o in made) == FIGURES[path.stem]
    assert "execution" not in {key for cell in cells for key in cell.metadata}  # times of day
    assert str(ROOT) not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_with_what_it_answers(path: Path) -> None:
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert "Answers" in first.source


@pytest.fixture(scope="module")
def folder(ota_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with records of the annex of the mission, and the notebooks."""
    from matplotlib import font_manager

    font_manager.get_font_names()  # what matplotlib says when it looks for fonts is said here
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ota_run, root / "parsed")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    return root


def execute(path: Path) -> "NotebookNode":
    from nbclient import NotebookClient

    notebook = read(path)
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    return notebook


def outputs(notebook: "NotebookNode") -> Iterator["NotebookNode"]:
    for cell in notebook.cells:
        yield from cell.get("outputs", ())


@pytest.mark.parametrize("name", FIGURES)
def test_a_notebook_runs_from_top_to_bottom(name: str, folder: Path) -> None:
    """Without a warning: matplotlib warns of characters its font lacks, which show as boxes."""
    made = list(outputs(execute(folder / "notebooks" / f"{name}.ipynb")))
    said = [output.text for output in made if output.output_type == "stream"]
    warned = [o.text for o in made if o.output_type == "stream" and o.name == "stderr"]
    assert warned == []
    figures = [output for output in made if "image/png" in output.get("data", {})]
    assert len(figures) == FIGURES[name]
    assert said or name == "03_sql"
    if name in TABLES:  # Excel shows Japanese in a CSV file that begins so
        table = folder / "notebooks" / f"{TABLES[name]}.csv"
        assert table.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_search_in_sql_finds_words_inside_words(folder: Path) -> None:
    import duckdb

    sources = [cell.source for cell in read(ROOT / "notebooks" / "03_sql.ipynb").cells]
    (macro,) = [source for source in sources if "CREATE OR REPLACE MACRO" in source]
    with duckdb.connect() as db:
        for kind in ("records", "tokens"):
            db.sql(f"CREATE VIEW {kind} AS SELECT * FROM '{folder}/parsed/{kind}/*.parquet'")
        exec(macro, {"db": db})
        found = {row[0] for row in db.sql("SELECT record_id FROM search(['委託'])").fetchall()}
        texts = "concat_ws(' ', original_text, comment, revision, response)"
        rows = db.sql(f"SELECT record_id FROM records WHERE contains({texts}, '委託')").fetchall()
        inside = {
            row[0]
            for row in db.sql("SELECT record_id FROM tokens WHERE surface = '委託先'").fetchall()
        }
    assert found == {row[0] for row in rows}
    assert len(found) > 15
    assert inside <= found


def test_annexes_with_few_columns_are_no_obstacle(
    folder: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    """No submitter, no revision, no title: the notebooks show what there is."""
    shutil.copytree(folder / "notebooks", tmp_path / "notebooks")
    pdf = make_pdf(COMMENTS)
    assert besshi("run", pdf, "--out", tmp_path / "parsed").exit_code == 0
    for name in FIGURES:
        execute(tmp_path / "notebooks" / f"{name}.ipynb")
