"""Parquet files: by the contract's schemas, and named when they are wrong."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from pipeline import __version__
from pipeline.errors import DataError
from pipeline.files import LocalFolder
from pipeline.files.parquet import (
    DATASETS,
    ISSUES,
    SCHEMA_VERSION,
    decode_rows,
    encode_issues,
    merge_files,
    read_rows,
    read_table,
    write_annex,
)
from pipeline.files.parquet.tables import round_all
from pipeline.model import (
    AnnexHeader,
    FieldBox,
    FieldTokens,
    Issue,
    Normalized,
    RedlineRun,
    Severity,
    Stage,
    join_levels,
)
from tests.support.annexes import record


def _on_a_middle(number: int) -> float:
    """A number in the middle between two of four decimals, as near as there is one."""
    return (number + 0.5) / 10**4


# The contract's columns in order; "?": may be null. Written out once more on purpose: a schema
# that changes by accident changes what others have built on it.
CONTRACT = {
    "records": """
        record_id string · annex string · source_sha256 string · table_index int32 ·
        row_index int32 · title string? · caption string? · number string? · category string? ·
        original_text string? · comment string? · submitter string? · revision string? ·
        response string? · disposition string? · extra map<string, string> ·
        headers map<string, string> · section list<element: string> ·
        marks list<element: struct<field: string, start: int32, end: int32, kind: string>> ·
        location list<element: string> · original_body string? · revision_kind string? ·
        redline list<element: struct<op: string, text: string>>? · page_first int32 ·
        page_last int32 · boxes list<element: struct<field: string, page: int32, x0: double,
        top: double, x1: double, bottom: double>> · source string ·
        field_confidence map<string, double> · confidence double ·
        flags list<element: string>
    """,
    "tokens": """
        record_id string · field string · position int32 · start int32 · end int32 ·
        surface string · dictionary_form string · normalized_form string · part_of_speech string ·
        units list<element: string>
    """,
    "pages": """
        annex string · page int32 · width double · height double · source string · tables int32 ·
        glyphs int32 · in_records int32 · in_headers int32 · in_furniture int32 · hidden int32 ·
        unaccounted int32 · unread_ink double?
    """,
    "issues": """
        level string · stage string · code string · annex string · page int32? ·
        record_id string? · message string
    """,
}

HASHES = ("ab" * 32, "cd" * 32)


def described(schema: pa.Schema) -> list[str]:
    """Every column as the contract above writes it."""
    shown = []
    for column in schema:
        kind = str(column.type)
        if pa.types.is_map(column.type):  # pyarrow names its entries, which no reader sees
            kind = f"map<{column.type.key_type}, {column.type.item_type}>"
        shown.append(f"{column.name} {kind}{'?' if column.nullable else ''}")
    return shown


@pytest.mark.parametrize("dataset", CONTRACT)
def test_schemas_are_the_contracts(dataset: str, tmp_path: Path) -> None:
    """Of the files that are written, not only of the constants."""
    write_annex(Normalized(AnnexHeader("a", "0" * 64)), LocalFolder(tmp_path))
    (tmp_path / "issues.parquet").write_bytes(encode_issues({}, HASHES))
    path = tmp_path / ("issues.parquet" if dataset == "issues" else f"{dataset}/a.parquet")
    asked = [" ".join(column.split()) for column in CONTRACT[dataset].split("·")]
    assert described(pq.read_schema(path)) == asked


def test_every_column_has_a_field_of_its_struct(ota_normalized: Normalized) -> None:
    for name, schema in DATASETS.items():
        for row in getattr(ota_normalized, name)[:1] if name != "tokens" else ():
            assert schema.names == list(type(row).__struct_fields__)


def rows_of(field: FieldTokens) -> Iterator[dict[str, object]]:
    """The tokens of a field as the contract has them, made in a second and slower way."""
    start = 0
    for position, morpheme in enumerate(field.morphemes):
        end = start + len(morpheme.surface)
        yield {
            "record_id": field.record_id,
            "field": field.field,
            "position": position,
            "start": start,
            "end": end,
            **asdict(morpheme),
            "part_of_speech": join_levels(morpheme.part_of_speech),
            "units": list(morpheme.units),
        }
        start = end


def test_tokens_are_written_as_their_rows(ota_normalized: Normalized, tmp_path: Path) -> None:
    write_annex(ota_normalized, LocalFolder(tmp_path))
    rows = [row for field in ota_normalized.tokens for row in rows_of(field)]
    assert len(rows) > 10_000
    assert read_rows(tmp_path / "tokens" / "ota_annex.parquet") == rows


def test_rows_are_grouped_where_they_are_many(
    ota_normalized: Normalized, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_annex(ota_normalized, LocalFolder(tmp_path / "one"))
    monkeypatch.setattr("pipeline.files.parquet.tables.ROWS_PER_BATCH", 10)
    monkeypatch.setattr("pipeline.files.parquet.tables.ROWS_PER_GROUP", 30)
    write_annex(ota_normalized, LocalFolder(tmp_path / "many"))
    for name in DATASETS:
        one, many = (tmp_path / way / name / "ota_annex.parquet" for way in ("one", "many"))
        assert read_rows(many) == read_rows(one)
    assert pq.ParquetFile(tmp_path / "many" / "records" / "ota_annex.parquet").num_row_groups == 2


def test_files_say_where_they_come_from(tmp_path: Path) -> None:
    write_annex(Normalized(AnnexHeader("a", *HASHES)), LocalFolder(tmp_path))
    (tmp_path / "issues.parquet").write_bytes(encode_issues({}, HASHES))
    written = list(tmp_path.rglob("*.parquet"))
    assert len(written) == len(DATASETS) + 1
    for path in written:
        metadata = pq.read_schema(path).metadata
        assert metadata[b"besshi.version"].decode() == __version__
        assert metadata[b"besshi.schema"].decode() == SCHEMA_VERSION
        hashes = (metadata[b"besshi.source_sha256"], metadata[b"besshi.parameters_sha256"])
        assert tuple(map(bytes.decode, hashes)) == HASHES


@pytest.mark.parametrize("told", ["1", "3", None])
def test_a_file_of_another_schema_is_named_wherever_it_is_read(
    told: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "pages" / "a.parquet"
    path.parent.mkdir()
    metadata = {"besshi.schema": told} if told else None
    pq.write_table(DATASETS["pages"].empty_table().replace_schema_metadata(metadata), path)
    said = f"has schema {told or 'none'}, and this besshi reads schema {SCHEMA_VERSION}; do"
    for read in (
        lambda: read_rows(path),
        lambda: read_table(path.parent, ["annex"]),
        lambda: decode_rows(str(path), path.read_bytes()),
        lambda: merge_files([(str(path), path.read_bytes())], "pages", HASHES, io.BytesIO()),
    ):
        with pytest.raises(DataError, match=said) as caught:
            read()
        assert str(path) in str(caught.value)


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    written = record(
        comment="一行目\n　二行目④Ⅲ",
        response="",
        extra={"備考": "", "": "見出しなし"},
        location=["Ⅲ リスク対策", "1 台帳"],
        redline=[RedlineRun("equal", "甲"), RedlineRun("insert", "乙")],
        boxes=[FieldBox("comment", 1, 10.123449, 20.0, 30.0, 1 / 3)],
        confidence=2 / 3,
        flags=["continued"],
    )
    write_annex(Normalized(AnnexHeader("a", "0" * 64), [written]), LocalFolder(tmp_path))
    (row,) = read_rows(tmp_path / "records" / "a.parquet")
    assert row["comment"] == written.comment
    assert (row["response"], row["revision"]) == ("", None)
    assert row["extra"] == written.extra
    assert row["location"] == written.location
    assert row["redline"] == [{"op": "equal", "text": "甲"}, {"op": "insert", "text": "乙"}]
    assert row["boxes"] == [
        {"field": "comment", "page": 1, "x0": 10.1234, "top": 20.0, "x1": 30.0, "bottom": 0.3333}
    ]
    assert (row["confidence"], row["flags"]) == (0.6667, ["continued"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str, tmp_path: Path) -> None:
    write_annex(
        Normalized(AnnexHeader("a", "0" * 64), [record(comment=text, extra={text: text})]),
        LocalFolder(tmp_path),
    )
    (row,) = read_rows(tmp_path / "records" / "a.parquet")
    assert (row["comment"], row["extra"]) == (text, {text: text})


def test_a_missing_value_that_the_contract_asks_for_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="source"):
        write_annex(
            Normalized(AnnexHeader("a", "0" * 64), [record(source=None)]), LocalFolder(tmp_path)
        )
    assert not list(tmp_path.iterdir())


def test_the_files_of_a_failed_annex_are_removed(tmp_path: Path) -> None:
    failed = Issue(Severity.ERROR, Stage.EXTRACT, "damaged", "a.pdf: cannot be opened")
    write_annex(Normalized(AnnexHeader("a", "0" * 64), [record()]), LocalFolder(tmp_path))
    write_annex(Normalized(AnnexHeader("b", "0" * 64)), LocalFolder(tmp_path))
    write_annex(Normalized(AnnexHeader("a", "0" * 64, issues=(failed,))), LocalFolder(tmp_path))
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert left == {f"{name}/b.parquet" for name in DATASETS}


def test_issues_stand_in_the_order_of_their_annexes(tmp_path: Path) -> None:
    path = tmp_path / "issues.parquet"
    here = Issue("warning", "segment", "number_gap", "look", page=2, record_id="b-t1-r3")
    there = Issue("warning", "extract", "page_without_text", "x")
    path.write_bytes(encode_issues({"b": [here], "c": [], "a": [there, here]}, HASHES))
    assert [(row["annex"], row["code"]) for row in read_rows(path)] == [
        ("a", "page_without_text"),
        ("a", "number_gap"),
        ("b", "number_gap"),
    ]
    assert read_rows(path)[2] == {
        "level": "warning",
        "stage": "segment",
        "code": "number_gap",
        "annex": "b",
        "page": 2,
        "record_id": "b-t1-r3",
        "message": "look",
    }
    assert pq.read_schema(path).equals(ISSUES)


def test_a_text_that_was_written_takes_no_more_memory_than_before(tmp_path: Path) -> None:
    """pyarrow would leave its UTF-8 with the text: 12 KB for each page of an annex."""
    comment = "意見" * 100
    before = sys.getsizeof(comment)
    header = AnnexHeader("a", "0" * 64)
    write_annex(Normalized(header, [record(comment=comment)]), LocalFolder(tmp_path))
    assert sys.getsizeof(comment) == before
    (row,) = read_rows(tmp_path / "records" / "a.parquet")
    assert row["comment"] == comment


@given(
    st.lists(st.none() | st.floats(-1e12, 1e12) | st.integers(-(10**6), 10**6).map(_on_a_middle))
)
def test_a_column_is_rounded_as_each_of_its_numbers_is(numbers: list[float | None]) -> None:
    alone = [None if number is None else round(float(number), 4) for number in numbers]
    assert list(map(repr, round_all(numbers))) == list(map(repr, alone))


def test_reading_starts_no_threads(tmp_path: Path) -> None:
    """Arrow's threads may abort a process that ends soon after them."""
    script = """
import os, sys
from pathlib import Path
import pandas, pyarrow
from pipeline.files.parquet import decode_rows, read_rows, read_table

before = len(os.listdir("/proc/self/task"))
path = Path(sys.argv[1])
read_rows(path)
list(decode_rows(path.name, path.read_bytes()))
read_table(path.parent, ["record_id"])
print(len(os.listdir("/proc/self/task")) - before)
"""
    annex = Normalized(AnnexHeader("a", "0" * 64), [record()])
    write_annex(annex, LocalFolder(tmp_path))
    command = [sys.executable, "-c", script, str(tmp_path / "records" / "a.parquet")]
    result = subprocess.run(command, capture_output=True, text=True)
    assert (result.stdout.strip(), result.stderr) == ("0", "")
