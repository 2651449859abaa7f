"""Queries see the datasets and nothing else, and a search misses nothing."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from reportlab.pdfgen import canvas

from pipeline.commands.app import main
from pipeline.commands.query.database import open_database
from pipeline.commands.query.output import Rows, draw_table
from pipeline.files.parquet import DATASETS, ISSUES, read_rows
from pipeline.model import ROLES
from pipeline.vocabulary.role_names import JAPANESE
from tests.support.annexes import HEADER, besshi, ruled_table
from tests.support.pdfs import MakePdf

TEXTS = (
    ("1", "委託先の監督が不十分。", "委託事業者を監督します。"),
    ("2", "再委託の取扱いを知りたい。", "検討します。"),
    ("3", "駐輪場が足りない。", "増設を検討します。"),
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("query")
    sheet = canvas.Canvas(str(folder / "plan.pdf"), pagesize=(595, 842))
    ruled_table(("No", "意見", "備考"), *TEXTS)(sheet)
    sheet.save()
    assert besshi("run", folder / "plan.pdf", "--out", folder / "parsed").exit_code == 0
    yield folder / "parsed"


def ask(run: Path, sql: str) -> list[tuple[object, ...]]:
    with open_database(run) as database:
        return database.execute(sql).fetchall()


def lines(run: Path, sql: str) -> list[dict[str, object]]:
    result = besshi("query", sql, "--records", run, "--format", "jsonl")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_dataset_is_a_view_with_its_columns(run: Path) -> None:
    for kind, schema in {**DATASETS, "issues": ISSUES}.items():
        columns = [row["column_name"] for row in lines(run, f"DESCRIBE {kind}")]
        names = [*schema.names, *JAPANESE.values()] if kind == "records" else schema.names
        assert columns == names
    assert set(JAPANESE) == set(ROLES)
    shown = {row["name"] for row in lines(run, "SHOW TABLES")}
    assert shown == {*DATASETS, "issues", "texts"}


def test_a_record_is_as_in_its_file(run: Path) -> None:
    (stored, *_) = read_rows(run / "records" / "plan.parquet")
    (found, *_) = lines(
        run,
        f"SELECT * EXCLUDE ({', '.join(JAPANESE.values())}) FROM records",
    )
    assert found == stored
    (named,) = lines(run, "SELECT 番号, 意見 FROM records LIMIT 1")
    assert named == {"番号": "1", "意見": TEXTS[0][1]}


def test_a_word_is_found_inside_others_and_in_other_spellings(run: Path) -> None:
    places = ask(run, "SELECT field, found FROM places('委託') ORDER BY record_id, field")
    assert places == [("comment", "委託先"), ("備考", "委託"), ("comment", "委託")]
    (place,) = ask(run, "SELECT before, found, after FROM places('取り扱い')")
    assert place == ("再委託の", "取扱い", "を知りたい。")
    assert ask(run, "SELECT found FROM places('十分')") == [("不十分",)]  # no unit of it
    assert ask(run, "SELECT found FROM places('委託の取扱い')") == [("委託の取扱い",)]
    assert ask(run, "SELECT * FROM places('図書館')") == []


def test_every_place_of_a_text_is_found(run: Path) -> None:
    """Whatever the tokenizer makes of it."""
    words = {
        text[start : start + 2]
        for _, *texts in TEXTS
        for text in texts
        for start in range(len(text) - 2)
    }
    queries = (f"(SELECT '{word}' FROM places('{word}') LIMIT 1)" for word in sorted(words))
    assert {word for (word,) in ask(run, " UNION ALL ".join(queries))} == words


def test_a_search_wants_all_words_and_ranks(run: Path) -> None:
    found = lines(run, "FROM search('委託　監督')")
    assert [row["record_id"] for row in found] == ["plan-t1-r1"]
    assert found[0]["fields"] == ["comment", "備考"]
    assert found[0]["times"] == 4
    assert found[0]["passage"] == "【委託先】の監督が不十分。"
    assert [row["record_id"] for row in lines(run, "FROM search('検討')")] == [
        "plan-t1-r2",
        "plan-t1-r3",
    ]
    assert lines(run, "FROM search('委託 駐輪場')") == []
    assert lines(run, "FROM search(' ')") == []


@pytest.mark.parametrize(
    "sql",
    [
        "COPY records TO '{}/x.csv'",
        "ATTACH '{}/x.db'",
        "EXPORT DATABASE '{}/x'",
        "INSTALL httpfs",
        "SELECT * FROM '{}/x.parquet'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM 'https://example.jp/x.parquet'",
        "SET enable_external_access = true",
    ],
)
def test_sql_reaches_neither_files_nor_the_network(sql: str, run: Path, tmp_path: Path) -> None:
    result = besshi("query", sql.format(tmp_path), "--records", run)
    assert result.exit_code == 2
    assert "Permission Error" in result.stderr or "locked" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_query_is_a_wrong_argument(run: Path) -> None:
    result = besshi("query", "SELECT nothing FROM records", "--records", run)
    assert result.exit_code == 2
    assert 'the query failed:\nBinder Error: Referenced column "nothing"' in result.stderr
    assert besshi("query", "--records", run).exit_code == 2
    assert besshi("query", "SELECT 1", "--shell", "--records", run).exit_code == 2


@pytest.mark.parametrize("sql", ["", " ;", "/* no query */"])
def test_no_query_is_a_wrong_argument(sql: str, run: Path) -> None:
    result = besshi("query", sql, "--records", run)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no query" in result.stderr


def test_a_text_in_an_error_cannot_command_the_terminal(run: Path) -> None:
    result = besshi("query", "SELECT error(chr(27) || '[2J')", "--records", run)
    assert r"Invalid Input Error: \x1b[2J" in result.stderr


def test_the_lines_of_an_error_stay_lines_and_words_of_duckdb(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "ja")
    result = besshi("query", "SELECT * FROM nothing", "--records", run)
    said = result.stderr.splitlines()
    assert "エラー: 問い合わせに失敗しました:" in said
    assert "Catalog Error: Table with name nothing does not exist!" in said


def test_csv_is_for_spreadsheets(run: Path) -> None:
    sql = "SELECT 意見, '=1+1' AS sum, -5 AS less, section, NULL AS none FROM records LIMIT 1"
    result = besshi("query", sql, "--records", run, "--format", "csv")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    names, values = csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig")))
    assert names == ["意見", "sum", "less", "section", "none"]
    assert values == [TEXTS[0][1], "'=1+1", "-5", "[]", ""]
    assert "begin like formulas" in result.stderr


def test_what_json_does_not_have(run: Path) -> None:
    (row,) = lines(run, "SELECT 'nan'::DOUBLE AS n, DATE '2026-11-28' AS day, 1.5 AS x")
    assert row == {"n": None, "day": "2026-11-28", "x": 1.5}


def test_a_table_fits_the_terminal() -> None:
    rows = Rows(["番号", "text"], [[1, "一行目\n二行目"], [None, ["甲"]]])
    whole = draw_table(rows, None).splitlines()
    assert whole == [
        "番号  text",
        "────  ─────────────",
        "1     一行目⏎二行目",
        '      ["甲"]',
        "(2 rows)",
    ]
    assert draw_table(rows, 14).splitlines()[2] == "1     一行目⏎…"
    assert draw_table(Rows(["a"], [[1]]), 1).splitlines()[-1] == "(1 row)"


def test_a_shell_answers_each_statement(run: Path) -> None:
    said = "SELECT 番号\nFROM records LIMIT 1;\nSELECT x;\n\nSELECT 7 AS seven;\n.quit\nSELECT 8;\n"
    arguments = ["query", "--shell", "--records", str(run), "--format", "jsonl"]
    result = CliRunner().invoke(main, arguments, input=said)
    assert result.exit_code == 0
    assert result.stdout == '{"番号": "1"}\n{"seven": 7}\n'
    assert "Binder Error" in result.stderr


def test_a_missing_duckdb_is_said(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = besshi("query", "SELECT 1", "--records", run)
    assert result.exit_code == 1
    assert result.stderr.startswith("besshi: query needs DuckDB (")
    assert result.stderr.endswith("pip install 'besshi[query]'\n")


def test_results_of_another_besshi_are_refused(
    run: Path, make_pdf: MakePdf, tmp_path: Path
) -> None:
    result = besshi("query", "SELECT 1", "--records", tmp_path)
    assert (result.exit_code, result.stderr) == (
        3,
        f"besshi: {tmp_path}: no run has written here; do `besshi run PDF… --out {tmp_path}`\n",
    )
    out = tmp_path / "parsed"
    assert besshi("run", make_pdf(ruled_table(HEADER, *TEXTS)), "--out", out).exit_code == 0
    (out / "tokens" / "other.parquet").write_bytes((out / "pages" / "made.parquet").read_bytes())
    for sql in ("SELECT count(*) FROM TOKENS", "SELECT * FROM search('委託')"):
        result = besshi("query", sql, "--records", out)
        assert result.exit_code == 6
        assert "other.parquet: has other columns" in result.stderr


def test_failed_annexes_leave_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"")
    besshi("run", tmp_path / "x.pdf", "--out", tmp_path / "parsed")
    assert ask(tmp_path / "parsed", "SELECT count(*) FROM records") == [(0,)]
    assert ask(tmp_path / "parsed", "SELECT code FROM issues") == [("not_a_pdf",)]
