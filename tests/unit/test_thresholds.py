"""Every number that decides something says where it comes from."""

import re

import pytest

from tools import ROOT
from tools.thresholds import find_copies, find_thresholds, is_captured, read_source

DOCS = ROOT / "docs" / "thresholds.md"
STRUCTURE = {
    "pipeline.extract.pdf.content.display_list.IDENTITY": "the matrix that changes nothing",
    "pipeline.extract.pdf.content.display_list.RUN_WIDTH": "shape: the numbers of a run",
    "pipeline.extract.pdf.content.display_list._STYLE_WIDTH": "shape: the numbers of a style",
    "pipeline.extract.pdf.content.graphics_state.ORIGIN": "the place where type begins",
    "pipeline.extract.tables.grid._OUTSIDE": "a label: outside all frames",
    "pipeline.vocabulary.header_roles._BEFORE_ALL_WORDS": "a rank: before all words",
    "pipeline.vocabulary.header_words.IS_WORD": "a rank: the best manner of matching",
    "pipeline.vocabulary.header_words.ENDS_IN_WORD": "a rank: the second",
    "pipeline.vocabulary.header_words.CONTAINS_WORD": "a rank: the third",
    "pipeline.vocabulary.header_words.AFTER_WORDS": "a rank: after all words",
}
"""Constants that decide nothing, and what they are."""


def named(name: str):
    return next(t for t in find_thresholds() if t.name == name)


def test_each_threshold_names_its_source():
    wrong = [
        f"{t.full_name} (line {t.line}): {', '.join(t.marks) or 'no source'}"
        for t in find_thresholds()
        if t.full_name not in STRUCTURE and len(t.marks) != 1
    ]
    assert not wrong, "write exactly one of standard:, measured:, judgement: in the comment"


def test_the_exceptions_are_there_and_need_no_source():
    unmarked = {t.full_name for t in find_thresholds() if not t.marks}
    assert set(STRUCTURE) == unmarked


@pytest.mark.parametrize(
    "source, marks",
    [
        ("_GAP = 0.3  # em; judgement: a letter", ("judgement",)),
        ("# measured: on 20 annexes\n_GAP = 0.3", ("measured",)),
        ('GAP = 0.3\n"""Em; standard: JIS X 4051."""', ("standard",)),
        ("_GAP = (\n    0.3,  # judgement: a letter\n    1,\n)", ("judgement",)),
        ("_A, _B = 1, 2  # judgement: both", ("judgement",)),
        ("# measured: on 20 annexes\n_OTHER = '0.3'\n_GAP = 0.3", ()),
        ("_GAP = -0.3  # a letter", ()),
        ("_GAP = 0.3  # judgement: a letter, measured: on 20 annexes", ("judgement", "measured")),
    ],
)
def test_a_source_stands_beside_or_right_above_its_number(source, marks):
    assert {t.marks for t in read_source("module", source)} == {marks}


@pytest.mark.parametrize("source", ["_SHOWN = True", "_WORDS = ('一',)", "gap = 0.3", "_NONE = ()"])
def test_what_is_no_numeric_constant_needs_no_source(source):
    assert not list(read_source("module", source))


def test_a_constant_is_found_where_it_is_imported():
    copies = find_copies(named("MAX_OVERLAP"))
    assert ("pipeline.extract.tables.borderless.gutter_edges", "MAX_OVERLAP") in copies


def test_a_value_that_is_computed_at_import_is_known():
    assert is_captured(named("_KEPT"))  # the size of a cache
    assert is_captured(named("_NESTING_DEPTH"))  # of a pattern that a function builds
    assert not is_captured(named("MAX_OVERLAP"))


def test_every_constant_that_the_docs_name_is_there():
    stages = "extract|segment|normalize|vocabulary"
    told = set(re.findall(rf"`((?:{stages})\.[\w.]+)", DOCS.read_text()))
    there = {t.full_name.removeprefix("pipeline.") for t in find_thresholds()}
    assert len(told) > 100
    assert told <= there
