"""The form of outputs, and the tools' ways into it."""

import json
from pathlib import Path

import pytest

from benchmarks.outputs import Output, OutputTable, read_outputs, write_outputs
from benchmarks.tools.markdown import parse_tables


def test_what_is_written_is_read(tmp_path: Path) -> None:
    outputs = [
        Output("a", [OutputTable([{"number": "1", "comment": "一\n二"}], "題")], seconds=0.5),
        Output("b", failure="TimeoutExpired"),
    ]
    file = tmp_path / "tool.jsonl"
    assert list(write_outputs(file, outputs)) == outputs
    assert read_outputs(file) == {"a": outputs[0], "b": outputs[1]}
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2


def test_the_least_that_a_line_says(tmp_path: Path) -> None:
    file = tmp_path / "tool.jsonl"
    file.write_text('{"annex": "a", "tables": [{"records": [{"comment": "意見"}]}]}\n')
    (output,) = read_outputs(file).values()
    assert output.as_truth().records == 1
    assert output.confidences() == [None]


@pytest.mark.parametrize("line", ["no JSON", "{}", '{"annex": "a", "tables": {}}'])
def test_a_line_that_is_none_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "tool.jsonl"
    file.write_text(json.dumps({"annex": "a"}) + "\n" + line + "\n")
    with pytest.raises(ValueError, match=r"tool\.jsonl, line 2: "):
        read_outputs(file)


def test_tables_in_markdown() -> None:
    text = "題\n\n|番号|意見|\n|---|:-:|\n|1|一<br>二|\n|2|甲\\|乙|\n\n|3|**丙**|\n\n本文 | 棒\n"
    assert parse_tables(text) == [
        [["番号", "意見"], ["1", "一\n二"], ["2", "甲|乙"]],
        [["3", "丙"]],
    ]
