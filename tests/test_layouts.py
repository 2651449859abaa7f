"""The records of ota_annex from other layout programs, and annexes that nobody wrote by hand."""

from pathlib import Path

import pytest

from pipeline.evaluate import Evaluation, evaluate, show_differences
from pipeline.evaluate.scores import Counts
from pipeline.files import LocalFolder
from pipeline.files.parquet import write_annex
from pipeline.files.truths import read_truths
from pipeline.stages import extract_file, normalize_segmented, segment_extracted
from tests.conftest import ROOT
from tests.factory import fonts, make
from tests.factory.fonts import truetype_families

LAYOUTS = ROOT / "tests" / "layouts"
IPA = ("IPAGothic", "IPAPGothic", "IPAMincho", "IPAPMincho")
needs_fonts = pytest.mark.skipif(
    not set(IPA) <= set(truetype_families()),
    reason="its Japanese fonts are missing here: apt-get install fonts-ipafont",
)


@pytest.fixture
def same_fonts_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seed gives the same annex on every machine only if the fonts are the same."""
    monkeypatch.setattr(fonts, "TRUETYPE_FILES", {name: fonts.TRUETYPE_FILES[name] for name in IPA})


def run(folder: Path, annex: str, out: Path) -> Evaluation:
    segmented = segment_extracted(extract_file(folder / f"{annex}.pdf"))
    write_annex(normalize_segmented(segmented), LocalFolder(out))
    truths = {path.stem: truth for path, truth in read_truths(folder)}
    return evaluate({annex: truths[annex]}, out)


def test_from_a_spreadsheet(tmp_path: Path) -> None:
    """LibreOffice Calc: 16 pages, header repeated, 、 and 。 at line starts."""
    evaluation = run(LAYOUTS, "ota_annex_calc", tmp_path)
    assert not evaluation.differences, "\n".join(show_differences(evaluation.differences))
    assert evaluation.total.unaccounted == 0


def test_from_a_word_processor(tmp_path: Path) -> None:
    """LibreOffice Writer: 18 pages, rows cut by page ends, header once.

    One break stays open there: a line that just fills its column and ends a sentence
    (docs/design.md), in the original and the revision of one record.
    """
    evaluation = run(LAYOUTS, "ota_annex_writer", tmp_path)
    scores = evaluation.total.scores()
    assert (scores["record_f1"], scores["flat"], scores["labels"]) == (1.0, 1.0, 1.0)
    assert evaluation.total.unaccounted == 0
    wrong = {(d.record, d.field) for d in evaluation.differences}
    assert wrong <= {
        ("ota_annex_writer-t1-r33", "original_text"),
        ("ota_annex_writer-t1-r33", "revision"),
    }


@needs_fonts
@pytest.mark.parametrize("engine", ["drawn", "flowed"])
@pytest.mark.parametrize("seed", [901, 902, 903])
def test_made_annexes_are_read_whole(
    engine: str, seed: int, tmp_path: Path, same_fonts_everywhere: None
) -> None:
    """No record, no character is lost in layouts drawn by chance.

    Their authors break behind sentences by chance too, so a few breaks cannot be known.
    """
    made = make(tmp_path, "simple", engine, seed, 0)
    scores = run(tmp_path, made.annex.id, tmp_path / "out").total.scores()
    assert scores["record_f1"] == 1.0
    assert scores["flat"] >= 0.999
    assert scores["break_f1"] >= 0.9
    assert scores["unaccounted"] == 0


@needs_fonts
def test_layouts_that_nobody_prepared_for(tmp_path: Path, same_fonts_everywhere: None) -> None:
    """Twenty annexes of family `wide`: other rulings or none, deep headers, merged cells, totals,
    tables in cells, furigana, hidden and clipped text, turned pages.

    Some of them cannot be read right yet (README): what must never happen is that a glyph is
    lost, or that most of the records are.
    """
    made = [make(tmp_path, "wide", "drawn", 901, place).annex.id for place in range(20)]
    evaluations = [run(tmp_path, annex, tmp_path / "out") for annex in made]
    total = sum((e.total for e in evaluations), Counts())
    scores = total.scores()
    assert scores["unaccounted"] == 0
    assert scores["record_f1"] >= 0.97
    assert scores["flat"] >= 0.95
    assert scores["whole"] >= 0.85
