"""Texts are cut where the page marks them."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands.marked_text import Piece, cut_field, cut_redline

KINDS = ("underline", "strike", "colour")


def mark(field: str, start: int, end: int, kind: str = "underline") -> dict[str, object]:
    return {"field": field, "start": start, "end": end, "kind": kind}


def test_marks_may_overlap() -> None:
    marks = [mark("comment", 1, 4), mark("comment", 3, 5, "colour"), mark("response", 0, 2)]
    assert cut_field("かきくけこ", marks, "comment") == [
        Piece("か"),
        Piece("きく", ("underline",)),
        Piece("け", ("colour", "underline")),
        Piece("こ", ("colour",)),
    ]
    assert cut_field("", marks, "revision") == []


def test_a_redline_has_the_marks_of_both_texts() -> None:
    runs = [
        {"op": "equal", "text": "市は、"},
        {"op": "delete", "text": "直ちに"},
        {"op": "insert", "text": "速やかに"},
        {"op": "equal", "text": "行う"},
    ]
    marks = [mark("original_text", 3, 5), mark("revision", 3, 8)]
    assert cut_redline(runs, marks) == [
        Piece("市は、"),
        Piece("直ち", ("underline",), "delete"),
        Piece("に", (), "delete"),
        Piece("速やかに", ("underline",), "insert"),
        Piece("行", ("underline",)),
        Piece("う"),
    ]


@given(
    st.text(max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.sampled_from(KINDS)), max_size=4),
)
def test_the_pieces_spell_the_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    marks = [mark("comment", min(a, b), min(max(a, b), len(text)), kind) for a, b, kind in spans]
    pieces = cut_field(text, marks, "comment")
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
