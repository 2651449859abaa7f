"""Work that is done once: a long annex costs what its pages cost, and nothing is read twice."""

import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
import sudachipy
from msgspec.structs import replace

from pipeline.extract.marks.guide_lines import find_guide_lines
from pipeline.extract.marks.line_marks import find_line_marks
from pipeline.extract.marks.type_rows import TypeRows
from pipeline.extract.marks.word_frames import find_word_frames
from pipeline.extract.pdf.covered_glyphs import find_on_patches
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.tables import unparted_columns
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import Box, Extracted, Field, FieldPart, Glyph, Line, Page, TableRow
from pipeline.normalize import normalize_annex
from pipeline.normalize import tokenizer as morphemes
from pipeline.normalize.line_ends import line_end_context
from pipeline.normalize.line_ends import repeats as twins
from pipeline.segment import join_tables as tables
from pipeline.segment import segment_annex
from pipeline.segment.headers import header_rows
from pipeline.segment.headings.table_heading import Heading
from pipeline.segment.pieces import piece_rows
from pipeline.segment.pieces.sorted_rows import RowSorter
from pipeline.segment.rows import labelled_rows
from pipeline.segment.rows.grid_rows import read_rows
from pipeline.segment.rows.merged_cells import PageCut
from pipeline.segment.rows.page_break import RECENT
from pipeline.segment.table_draft import TableDraft
from pipeline.stages import extract_file
from pipeline.vocabulary.header_words import match_role
from tests.support.effort import counted_calls
from tests.support.grids import grid, page, segment
from tests.support.pdfs import OTA, ROOT


def numbered(page: Page, number: int) -> Page:
    def placed(lines: Sequence[Line]) -> tuple[Line, ...]:
        return tuple(replace(line, page=number) for line in lines)

    grids = tuple(
        replace(
            grid,
            page=number,
            cells=tuple(replace(cell, lines=placed(cell.lines)) for cell in grid.cells),
        )
        for grid in page.grids
    )
    return replace(
        page,
        header=replace(page.header, number=number),
        grids=grids,
        loose_lines=placed(page.loose_lines),
        ruby=placed(page.ruby),
    )


def repeated(extracted: Extracted, times: int) -> Extracted:
    """An annex whose pages come several times."""
    pages = [page for _ in range(times) for page in extracted.pages]
    return replace(extracted, pages=tuple(numbered(p, n) for n, p in enumerate(pages, start=1)))


def counted(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, key: Callable[..., object]
) -> Counter[object]:
    """Count the calls of a function by what `key` makes of their arguments."""
    calls: Counter[object] = Counter()
    function = getattr(owner, name)

    def counting(*args: object) -> object:
        calls[key(*args)] += 1
        return function(*args)

    monkeypatch.setattr(owner, name, counting)
    return calls


class CountingTokenizer:
    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()
        self.tokenizer: sudachipy.Tokenizer | None = None

    def begin(self) -> "CountingTokenizer":
        """What SudachiPy's `tokenizer()` does in each thread."""
        self.tokenizer = sudachipy.Dictionary().tokenizer()
        return self

    @property
    def characters(self) -> int:
        return sum(len(text) * count for text, count in self.texts.items())

    def tokenize(self, text: str, mode: object) -> object:
        self.texts[text] += 1
        return self.tokenizer.tokenize(text, mode)


@pytest.fixture
def tokenizer(monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingTokenizer]:
    """What every text is tokenized by; nothing is remembered of other tests."""
    forget()
    counting = CountingTokenizer()
    monkeypatch.setattr(morphemes, "Dictionary", lambda: SimpleNamespace(tokenizer=counting.begin))
    yield counting
    forget()  # it goes with its thread


def forget() -> None:
    """Empty all that normalize remembers."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipeline.normalize"):
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


def in_new_thread(work: Callable[[], object]) -> object:
    """Each thread has a tokenizer of its own: a new one takes the test's."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def test_no_text_is_tokenized_again(ota_extracted: Extracted, tokenizer: CountingTokenizer) -> None:
    """Tokens, redline and location ask for the same texts, line ends for two lines each."""
    in_new_thread(lambda: normalize_annex(segment_annex(ota_extracted)))
    grids = [grid for page in ota_extracted.pages for grid in page.grids]
    lines = [line for grid in grids for cell in grid.cells for line in cell.lines]
    # A character once in its field, twice in lines side by side.
    once = tokenizer.characters
    assert 0 < once <= 3 * sum(len(line.text) for line in lines)
    # Three times the pages cost no more, but where the longer annex shows other habits.
    in_new_thread(lambda: normalize_annex(segment_annex(repeated(ota_extracted, 3))))
    assert tokenizer.characters < 1.5 * once


def test_a_sentence_end_needs_no_morphemes(tokenizer: CountingTokenizer) -> None:
    classify = line_end_context.classify_line_end
    assert (
        str(in_new_thread(lambda: classify("管理を行う。", "また、記録する。")))
        == "sentence, plain"
    )
    assert not tokenizer.texts
    running = in_new_thread(lambda: classify("管理を行い", "記録する。"))
    assert str(running) == "running, plain"
    assert set(tokenizer.texts) == {"管理を行い記録する。"}


def test_copies_of_a_text_cost_no_comparisons(
    ota_extracted: Extracted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each copy compared with each other would cost the square of an annex's length."""
    calls = counted(monkeypatch, twins.EndPosition, "wrapped_alike", lambda *_: "calls")
    normalize_annex(segment_annex(repeated(ota_extracted, 2)))
    twice = calls["calls"]
    assert twice > 100
    calls.clear()
    normalize_annex(segment_annex(repeated(ota_extracted, 6)))
    # The longer annex shows other habits, so that a few more are open.
    assert calls["calls"] < 1.1 * twice


def test_lines_that_differ_in_a_number_are_not_compared_all_with_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A thousand records that each count the same things took half a minute."""
    calls = counted(monkeypatch, twins.EndPosition, "wrapped_alike", lambda *_: "calls")
    compared = []
    for count in (50, 100):
        rows = [
            [str(n), f"人数{n + 500}を修正しました。\n施設の数{n + 300}を修正しました。"]
            for n in range(count)
        ]
        normalize_annex(segment(page(1, [grid([["番号", "意見"], *rows])])))
        compared.append(calls["calls"])
        calls.clear()
    assert 0 < compared[1] < 2.5 * compared[0]


def test_each_piece_is_read_once(ota_extracted: Extracted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the pages are gone through twice: this annex's program keeps rows whole."""
    passes = counted(monkeypatch, tables, "Headings", lambda *_: "passes")
    pieces = counted(monkeypatch, piece_rows, "read_rows", lambda grid, *_: (grid.page, grid.box))
    segment_annex(ota_extracted)
    assert passes["passes"] == 2
    assert len(pieces) == sum(len(page.grids) for page in ota_extracted.pages)
    assert set(pieces.values()) == {1}


def test_a_record_is_settled_by_few_cells(
    ota_extracted: Extracted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a row is a header, printed again, or holds texts at labels: most rows do not."""
    labels = counted(monkeypatch, labelled_rows, "read_cell_label", lambda *_: "cells")
    again = counted(monkeypatch, RowSorter, "_is_no_record", lambda *_: "rows")
    headers = counted(monkeypatch, header_rows, "_read_header", lambda grid, *_: grid.page)
    rows = [row for table in segment_annex(ota_extracted).tables for row in table.rows]
    assert labels["cells"] < 6 * len(rows)  # 24 where each of its cells is read
    assert not again, "a row that is one record is sorted twice"
    assert headers.total() < len(ota_extracted.pages)


def test_a_table_keeps_few_records_of_those_before_it() -> None:
    """Of a thousand tables with one header, each would keep all the records before it."""
    header = header_rows.find_header(grid([["意見", "回答"], ["狭い。", "直します。"]]))
    assert header is not None
    drafts: list[TableDraft] = []
    for _ in range(3):
        drafts.append(TableDraft.begin(Heading(None, None), header, drafts))
        drafts[-1].rows += [TableRow((Field(()), Field(())))] * 60
    assert [len(draft.siblings) for draft in drafts] == [0, 60, 100]


def test_the_words_of_a_record_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page begins with a record, no header is looked for in its cells."""
    read = counted(monkeypatch, unparted_columns, "read_words", lambda glyphs, _: len(glyphs))
    extract_file(OTA)
    assert read
    assert max(read) < 20


def test_the_words_of_a_header_of_one_line_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its glyphs tell that no cell has two."""
    read = counted(monkeypatch, unparted_columns, "read_words", lambda glyphs, _: len(glyphs))
    extract_file(ROOT / "tests" / "layouts" / "ota_annex_calc.pdf")
    assert not read


def test_shared_cells_are_looked_for_in_new_records_only() -> None:
    def row(top: float) -> TableRow:
        line = Line("回答", (0.0, 10.0, 20.0), 0.0, top, top + 10, 10.0, 1, 2, "", 20.0)
        filled = Field((FieldPart(1, Box(0.0, top, 100.0, top + 10), (line,)),))
        return TableRow((filled, filled))

    empty = Field((FieldPart(2, Box(0.0, 0.0, 100.0, 10.0), ()),))
    below = TableRow((row(0.0).fields[0], empty))
    above = [row(20.0 * index) for index in range(50)]
    unshared: dict[int, int] = {}
    assert (
        list(PageCut(above, [below], False, (), None, None, unshared, shares=False).find_cells())
        == []
    )

    class Forgetful(list[TableRow]):
        def __getitem__(self, index: object) -> object:  # type: ignore[override]
            start = index.start if isinstance(index, slice) else index
            recent = start in (-1, -RECENT) or start >= 49
            assert recent, "an old record is looked at again"
            return super().__getitem__(index)  # type: ignore[index]

    longer = Forgetful([*above, row(1000.0)])
    assert (
        list(PageCut(longer, [below], False, (), None, None, unshared, shares=False).find_cells())
        == []
    )


def count_calls(work: Callable[[], object]) -> int:
    with counted_calls() as calls:
        work()
    return calls.count


def draw_plan(count: int) -> Rulings:
    """The strokes of a drawn plan, at no two heights and no two sides."""
    strokes = [Segment(3.0 * (n * 7 % count), 2.0 * n, 2.0 * n + 12) for n in range(count)]
    return Rulings(tuple(strokes), tuple(strokes))


def test_two_sides_are_not_compared_with_all_strokes_of_a_drawn_plan() -> None:
    """A page with a map has thousands; each two with each other one took minutes."""

    def find(count: int) -> int:
        plan, type_ = draw_plan(count), Glyphs.of([])
        guides = [Segment(5.0, 1.0, 2.0)]
        return count_calls(
            lambda: find_guide_lines([*guides, *plan.horizontal], guides, plan, type_, 10.0)
        )

    assert find(200) < 5 * find(100)  # 8 times if each two are compared with each other one


def test_a_stroke_is_compared_with_those_at_its_height() -> None:
    """Of a page hatched with 20,000 strokes, each was compared with each other one."""

    def find(count: int) -> int:
        plan, type_ = draw_plan(count), TypeRows(Glyphs.of([]))
        return count_calls(lambda: find_line_marks(plan.horizontal, (), type_, 10.0))

    assert find(800) < 2.5 * find(400)


def draw_list(rows: int) -> Rulings:
    """The strokes of a table of low rows: each draws its own sides."""
    levels = [Segment(15.0 * row, 0.0, 200.0) for row in range(rows + 1)]
    sides = [Segment(x, 15.0 * r, 15.0 * (r + 1)) for r in range(rows) for x in (0.0, 50.0, 200.0)]
    return Rulings(tuple(levels), tuple(sides))


def test_the_rows_of_a_long_list_are_looked_at_by_themselves() -> None:
    """A page may be as long as a roll of paper: each row with each other one took a minute."""

    def find(rows: int) -> int:
        drawn, type_ = draw_list(rows), TypeRows(Glyphs.of([]))
        return count_calls(lambda: list(find_word_frames(drawn, type_, 10.0)))

    def cut(rows: int) -> int:
        long = grid([[str(row), "意見", "回答"] for row in range(rows)])
        edges = long.column_edges
        return count_calls(lambda: read_rows(long, edges, 1, 0, (1, 2)))

    assert find(400) < 2.5 * find(200)
    assert cut(400) < 2.5 * cut(200)


def test_the_glyphs_of_a_patched_page_are_not_paired_all_with_all() -> None:
    """Under and on a patch as large as a sheet they took a gigabyte."""

    def row(place: int, shift: float) -> Glyph:
        left, top = place % 50 * 10.0 + shift, place // 50 * 12.0
        return Glyph("字", Box(left, top, left + 10, top + 10), 10.0)

    under, over = (Glyphs.of(row(n, shift) for n in range(3000)) for shift in (0.0, 4.0))
    tracemalloc.start()
    try:
        found = find_on_patches(over, under)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) == 3000
    assert peak < 2_000_000  # 27 million if each pair is looked at


def test_a_text_that_is_no_header_costs_few_looks() -> None:
    """Where no ruling parts a header, whole paragraphs are asked whether they are one."""
    text = "市道の除雪は、夜のうちに終えるようにしたい。" * 50
    looks = 0

    def count(frame: object, event: str, function: object) -> None:
        nonlocal looks
        looks += event == "c_call" and getattr(function, "__name__", "") == "get"

    sys.setprofile(count)
    try:
        found = match_role(text)
    finally:
        sys.setprofile(None)
    assert found is None
    assert 0 < looks < 10 * len(text)  # two for each character, in each way to read a header
