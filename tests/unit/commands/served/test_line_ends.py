"""Line ends that a person turns: nothing else of the text changes, corrected before or not."""

import pytest

from pipeline.commands.review.served.line_ends import change_line_ends, find_line_ends
from pipeline.model import Correction, Segmented
from pipeline.normalize import RecordWriter, normalize_annex
from pipeline.normalize.record import RecordField
from tests.support.making import lay_out

TEXT = "一つ目の文である。\n二つ目の文は長いので\n途中で折り返す。\nend of a line\nand words"


@pytest.fixture
def segmented() -> Segmented:
    return lay_out([[TEXT], ["別の記録。"]], ("comment",), (12.0,))


@pytest.fixture
def writer(segmented: Segmented) -> RecordWriter:
    return RecordWriter(segmented)


@pytest.fixture
def entry(writer: RecordWriter) -> RecordField:
    return writer.find_fields("made-t1-r1")["comment"]


def change(writer: RecordWriter, entry: RecordField, text: str, ends: dict[int, bool]) -> str:
    return change_line_ends(entry, text, ends, lambda kept: writer.join_lines(entry, kept))


def flat(text: str) -> str:
    return "".join(text.split())


def test_each_line_end_can_be_turned_and_turned_back(
    writer: RecordWriter, entry: RecordField
) -> None:
    found = entry.text.value
    ends = find_line_ends(entry, found)
    assert ends == [decision.kept for decision in entry.decisions]
    assert True in ends and len(ends) == len(entry.field.lines) - 1
    for i, kept in enumerate(ends):
        turned = change(writer, entry, found, {i: not kept})
        assert flat(turned) == flat(found)
        assert turned.count("\n") == found.count("\n") + (-1 if kept else 1)
        assert find_line_ends(entry, turned) == [end ^ (i == j) for j, end in enumerate(ends)]
        assert change(writer, entry, turned, {i: kept}) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [("一つ目", "１番目"), ("文である", ""), ("長い", "とても長い"), ("。", "！"), ("文", "\n文")],
)
def test_what_was_corrected_stays_corrected(
    writer: RecordWriter, entry: RecordField, old: str, new: str
) -> None:
    text = entry.text.value.replace(old, new)
    for i, kept in enumerate(find_line_ends(entry, text)):
        turned = change(writer, entry, text, {i: not kept})
        assert flat(turned) == flat(text)
        assert abs(turned.count("\n") - text.count("\n")) <= 1


def test_nothing_changes_where_nothing_is_turned(writer: RecordWriter, entry: RecordField) -> None:
    for text in (entry.text.value, "まったく別の文", ""):
        ends = dict(enumerate(find_line_ends(entry, text)))
        assert change(writer, entry, text, ends) == text


def test_records_are_written_as_if_for_the_first_time(
    writer: RecordWriter, segmented: Segmented
) -> None:
    found = normalize_annex(segmented).records[0].comment or ""
    one = Correction("made-t1-r1", "comment", found, "x", "y", "z")
    for corrections in ((), (one,), (one,), ()):
        made = writer.write(segmented.header, corrections)
        assert made == normalize_annex(segmented, corrections)


def test_only_what_a_correction_changes_is_written_again(
    writer: RecordWriter, segmented: Segmented, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a save of an annex of 400 pages takes half a second."""
    from pipeline.normalize import annex

    found = writer.write(segmented.header, ()).records[0].comment or ""
    written: list[object] = []
    write_record = annex.write_record

    def count(segmented: Segmented, place: tuple[int, int], entries: object) -> object:
        written.append(place)
        return write_record(segmented, place, entries)  # type: ignore[arg-type]

    monkeypatch.setattr(annex, "write_record", count)
    one = Correction("made-t1-r1", "comment", found, "x", "y", "z")
    writer.write(segmented.header, (one,))
    writer.write(segmented.header, (one,))
    assert written == [(0, 0)]
