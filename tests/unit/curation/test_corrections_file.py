"""A correction is put into a file that people wrote, and all else in it stays as it was."""

import pytest

from pipeline.curation.corrections import parse_corrections
from pipeline.curation.corrections_file import drop_correction, put_correction
from pipeline.errors import CorrectionError
from pipeline.model import Correction

WRITTEN = """\
# asked the office on 2026-11-20
- record: a-t1-r1   # the first one
  field: comment
  found: 一行目
  right: |-
    一行目
    二行目
  # it says so on page 3
  why: page 3   # below
  who: 山田

# a second reader
- {record: a-t1-r2, field: No, found: "2", right: '３', why: x, who: y}
"""


def correction(record: str, field: str, found: str, right: str) -> Correction:
    return Correction(record, field, found, right, "p. 1: # 1", "佐藤")


ODD = [
    "",
    "一行",
    "一行目\n二行目",
    "- z\n: y",
    "'x' \"y\" \\n",
    "　字下げ\n次",
    " x\ny",
    "a\tb\n\tc",
    "\u2028x\n\ufeff",
    "# x\n---\n...",
    "𠮷\n野",
    "a\n|-",
]


@pytest.mark.parametrize("right", ODD)
@pytest.mark.parametrize("record", ["a-t1-r1", "a-t1-r2", "a-t1-r9"])
def test_a_text_is_read_back_as_it_was_written(record: str, right: str) -> None:
    known = {c.record: c for c in parse_corrections(WRITTEN.encode())}
    old = known.get(record, correction(record, "意見 #1: '", "- x", ""))
    new = correction(record, old.field, old.found, right)
    content = put_correction(WRITTEN.encode(), new)
    read = {c.record: c for c in parse_corrections(content)}
    assert read == known | {record: new}
    for comment in ("# asked the office", "# the first one", "# it says so", "# a second reader"):
        assert comment in content.decode()


def test_only_what_changed_differs() -> None:
    new = Correction("a-t1-r1", "comment", "一行目", "二行", "page 3", "山田")
    made = put_correction(WRITTEN.encode(), new).decode()
    assert made == WRITTEN.replace("|-\n    一行目\n    二行目", '"二行"').replace(
        "why: page 3 ", 'why: "page 3" '
    ).replace("who: 山田", 'who: "山田"')


@pytest.mark.parametrize("before", ["", "# none yet\n", "[]\n", "# none\n[]", "\ufeff"])
def test_the_first_entry(before: str) -> None:
    new = correction("a-t1-r1", "comment", "x", "一\n二")
    content = put_correction(before.encode(), new)
    assert parse_corrections(content) == (new,)
    assert content.decode().startswith("# none") == before.startswith("# none")


def test_a_list_that_is_indented_or_ends_without_a_line_break() -> None:
    one = correction("a-t1-r1", "comment", "x", "y")
    text = "  - record: b\n    field: c\n    found: d\n    right: e\n    why: f\n    who: g"
    read = parse_corrections(put_correction(text.encode(), one))
    assert [c.record for c in read] == ["b", "a-t1-r1"]


def test_an_entry_is_taken_out_and_no_other() -> None:
    content = drop_correction(WRITTEN.encode(), "a-t1-r1", "comment")
    assert [c.record for c in parse_corrections(content)] == ["a-t1-r2"]
    assert "# asked the office" in content.decode()
    assert "# a second reader" in content.decode()
    rest = drop_correction(content, "a-t1-r2", "No")
    assert parse_corrections(rest) == ()
    assert drop_correction(rest, "a-t1-r2", "No") == rest


def test_of_a_file_without_entries_nothing_is_left() -> None:
    content = put_correction(b"", correction("a-t1-r1", "comment", "x", "一\n二"))
    assert drop_correction(content, "a-t1-r1", "comment") == b""


def test_what_only_a_person_can_change_stays_as_it_is() -> None:
    """An anchor in one entry is what another one says."""
    text = (
        "- {record: a, field: b, found: c, right: &r d, why: e, who: f}\n"
        "- {record: b, field: b, found: c, right: *r, why: e, who: f}\n"
    )
    with pytest.raises(CorrectionError, match="by hand"):
        put_correction(text.encode(), Correction("a", "b", "c", "new", "e", "f"))
    with pytest.raises(CorrectionError):
        put_correction(b"- x", Correction("a", "b", "c", "new", "e", "f"))
