"""What a stage hands on is checked: what is wrong stops its annex, and the row is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import pipeline.segment
from pipeline.checks import CheckError, check, find_records
from pipeline.files.stage_json import encode_stage
from pipeline.model import Extracted, Normalized, Segmented
from pipeline.stages import extract_file, normalize_segmented, segment_extracted
from tests.support.annexes import COMMENTS, HEADER, THIRD, besshi, issues_of, ruled_table
from tests.support.effort import counted_calls
from tests.support.pdfs import OTA, MakePdf


def with_first(content: Any, path: str, **changes: Any) -> Any:
    """The content with other values in the first of the first of … that a path names."""
    name, _, rest = path.partition(".")
    held = getattr(content, name)
    if not isinstance(held, tuple | list):
        return replace(content, **{name: replace(held, **changes)})
    some = list(held)
    deeper = rest.partition(".")[0]
    index = next(i for i, part in enumerate(some) if not rest or getattr(part, deeper))
    some[index] = (
        with_first(some[index], rest, **changes) if rest else replace(some[index], **changes)
    )
    return replace(content, **{name: tuple(some)})


EXTRACTED = {
    "pages out of order": ("pages.header", {"number": 2}, "page 2: stands in the place of page 1"),
    "no size": ("pages.header", {"width": float("inf")}, "page 1: is inf × "),
    "more hidden than there are": ("pages.header", {"hidden": 10**6}, "1000000 of its"),
    "an edge too few": (
        "pages.loose_lines",
        {"edges": (1.0, 2.0)},
        "characters stand between 2 edges",
    ),
    "a line of another page": ("pages.loose_lines", {"page": 9}, "holds a line of page 9"),
    "a grid of another page": ("pages.grids", {"page": 9}, "holds a grid of page 9"),
    "edges out of order": ("pages.grids", {"row_edges": (9.0, 1.0)}, "row edges of a grid are not"),
    "a span over the edge": ("pages.grids.cells", {"row_span": 99}, "stands outside its grid of"),
    "a column before the first": ("pages.grids.cells", {"column": -1}, "outside its grid of"),
}
SEGMENTED = {
    "a field too few": ("tables.rows", {"fields": ()}, "0 fields stand under 6 columns"),
    "an unknown role": ("tables.columns", {"role": "x"}, "the role 'x' is unknown"),
    "a role twice": ("tables.columns", {"role": "comment"}, "the role 'comment' is unknown or"),
    "a part off the pages": ("tables.rows.fields.parts", {"page": 99}, "on page 99 of 10"),
    "too sure": ("tables.rows", {"confidence": 2.0}, "its confidence is 2.0"),
}
NORMALIZED = {
    "a kind of revision": ("records", {"revision_kind": "x"}, "`$.revision_kind`"),
    "an id": ("records", {"record_id": "x"}, "x: should be ota_annex-t1-r1"),
    "a page from 0": ("pages", {"page": 0}, "`$.page`"),
    "a sum": ("pages", {"in_headers": 10**6}, "its parts have"),
    "another PDF": ("records", {"source_sha256": "0" * 64}, "is of another PDF than its annex"),
    "tokens": ("tokens", {"record_id": "x"}, "its tokens do not spell"),
}


def assert_told(content: Any, path: str, changes: dict[str, Any], what: str) -> None:
    assert check(content) is content
    with pytest.raises(CheckError) as caught:
        check(with_first(content, path, **changes))
    assert what in str(caught.value)


@pytest.mark.parametrize("name", EXTRACTED)
def test_what_extract_hands_on(name: str, ota_extracted: Extracted) -> None:
    assert_told(ota_extracted, *EXTRACTED[name])


@pytest.mark.parametrize("name", SEGMENTED)
def test_what_segment_hands_on(name: str, ota_segmented: Segmented) -> None:
    assert_told(ota_segmented, *SEGMENTED[name])


@pytest.mark.parametrize("name", NORMALIZED)
def test_what_normalize_hands_on(name: str, ota_normalized: Normalized) -> None:
    assert_told(ota_normalized, *NORMALIZED[name])


def test_a_table_of_which_no_row_is_a_record_leaves_a_gap(ota_normalized: Normalized) -> None:
    tables = {1, 3, 4}
    some = [record for record in ota_normalized.records if record.table_index in tables]
    assert {record.table_index for record in some} == tables
    assert list(find_records(some, ota_normalized.pages)) == []
    turned = [record for table in (3, 1, 4) for record in some if record.table_index == table]
    assert [fault.what for fault in find_records(turned, ota_normalized.pages)] == [
        "stands behind table 3"
    ]


def test_a_check_costs_its_annex_only_and_shows_the_row(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    make_pdf(COMMENTS, name="in/bad.pdf")
    make_pdf(ruled_table(HEADER, THIRD), name="in/good.pdf")
    segment: Callable[[Extracted], Segmented] = pipeline.segment.segment_annex

    def spoil(extracted: Extracted) -> Segmented:
        made = segment(extracted)
        broken = with_first(made, "tables.rows", confidence=7.0)
        return broken if extracted.header.annex == "bad" else made

    monkeypatch.setattr(pipeline.segment, "segment_annex", spoil)
    result = besshi("run", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 4
    (issue,) = issues_of(tmp_path / "out", "bad")
    assert issue["code"] == "internal"
    assert "CheckError: table 1, row 1: its confidence is 7.0; row: {" in issue["message"]
    assert (tmp_path / "out" / "records" / "good.parquet").exists()


def test_a_stage_file_that_somebody_changed_is_refused(
    ota_segmented: Segmented, tmp_path: Path
) -> None:
    broken = with_first(ota_segmented, "tables.columns", role="x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ota_annex.json").write_bytes(encode_stage(broken))
    result = besshi("normalize", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 6
    assert f"{tmp_path / 'in' / 'ota_annex.json'}: is no Segmented of this besshi" in result.stderr
    assert "Invalid enum value 'x'" in result.stderr


def test_checks_cost_at_most_three_hundredths_of_a_run() -> None:
    """In calls, of which the checks and the stages make many of the same kind."""
    with counted_calls() as run:
        extracted = extract_file(OTA)
        segmented = segment_extracted(extracted)
        normalized = normalize_segmented(segmented)
    with counted_calls() as checks:
        for content in (extracted, segmented, normalized):
            check(content)
    print(f"checks make {checks.count / run.count:.2%} of a run's calls")
    assert 0 < checks.count < 0.03 * run.count
