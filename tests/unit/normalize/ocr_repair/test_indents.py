"""Paragraphs of a scan that begin one em further in."""

import pytest
from msgspec.structs import replace

from pipeline.model import Box, Field, FieldPart, InkShape, Line, Mark, MarkKind, Repair
from pipeline.normalize.ocr_repair.steps import restore_indents
from tests.support.making import line


def recognised(text: str, x0: float) -> Line:
    own = line(text, x0)
    return replace(
        own,
        confidences=(0.99,) * len(own.text),
        alternatives=("",) * len(own.text),
        shapes=(InkShape(0.9),) * len(own.text),
    )


def restored(*lines: Line) -> tuple[Line, ...]:
    return restore_indents(Field((FieldPart(1, Box(0, 0, 100, 100), lines),))).lines


@pytest.mark.parametrize(
    ("lines", "indented"),
    [
        ([("各支所の職員は", 10), ("報告する。", 0), ("業務の量が", 10), ("増える。", 0)], {0, 2}),
        ([("①各支所の職員", 0), ("は報告する。", 10), ("②業務の量", 0)], set()),  # they hang
        ([("各支所の職員は", 0), ("報告する。", 5), ("業務の量が", 0)], set()),
        ([("職員は", 30), ("各支所の職員は", 0), ("報告", 10)], set()),  # nothing is flush left
    ],
)
def test_a_paragraph_gets_its_indent(lines: list[tuple[str, float]], indented: set[int]) -> None:
    found = restored(*(recognised(text, x0) for text, x0 in lines))
    assert {i for i, own in enumerate(found) if own.text.startswith("\u3000")} == indented
    assert all(len(own.edges) == len(own.text) + 1 for own in found)
    assert all(len(own.confidences) == len(own.text) for own in found)


def test_the_marks_of_a_line_stay_on_their_characters() -> None:
    marked = replace(recognised("各支所", 10), marks=(Mark(0, 2, MarkKind.UNDERLINE),))
    first, *_ = restored(marked, recognised("職員は", 0), recognised("報告", 0))
    assert first.marks == (Mark(1, 3, MarkKind.UNDERLINE),)
    assert first.repairs == (Repair("indent", "", "\u3000"),)
    assert first.x0 == 0


def test_text_of_the_pdf_stays() -> None:
    lines = line("各支所", 10), line("職員は", 0), line("報告", 0)
    assert restored(*lines) == lines
