"""Where one frame on a page holds one record, and where it holds several."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from reportlab.pdfgen import canvas

from pipeline.extract import extract_annex
from pipeline.model import AnnexHeader, Cell, Field, FieldPart, Line, TableRow
from pipeline.segment.rows.unruled_rows import split_by_numbers
from tests.support.annexes import HEADER, besshi, comments_of
from tests.support.grids import WIDTH, grid, page, segment
from tests.support.making import box, line
from tests.support.pdfs import FONT, Draw, MakePdf

COLUMNS = (50, 90, 320, 545)
PITCH = 15
TOP, FLOOR = 760, 300  # of the row below the header; y from the foot of the page, points


def one_frame(*texts: tuple[int, float, str]) -> Draw:
    """A header, and one frame for all texts: (column, line, text)."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for x in COLUMNS:
            sheet.line(x, TOP + 20, x, FLOOR)
        for y in (TOP + 20, TOP, FLOOR):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        for column, text in enumerate(HEADER):
            sheet.drawString(COLUMNS[column] + 4, TOP + 6, text)
        for column, place, text in texts:
            sheet.drawString(COLUMNS[column] + 4, TOP - 12 - place * PITCH, text)

    return draw


def draw_versions(sheet: canvas.Canvas) -> None:
    """A header of two versions, and one frame for all their texts."""
    sheet.setFont(FONT, 10)
    for x in (50, 300, 550):
        sheet.line(x, TOP + 20, x, FLOOR)
    for y in (TOP + 20, TOP, FLOOR):
        sheet.line(50, y, 550, y)
    sheet.drawString(54, TOP + 6, "改正後")
    sheet.drawString(304, TOP + 6, "改正前")


def draw_articles(
    sheet: canvas.Canvas, articles: Sequence[tuple[int, int]], padding: float, text: str
) -> None:
    """Articles of so many lines after and before, with so many pitches between two of them."""
    y = TOP - 14.0
    for number, counts in enumerate(articles, start=1):
        for x, count in zip((54, 304), counts, strict=True):
            for at in range(count):
                sheet.drawString(x, y - at * PITCH, text.format(number, at))
        y -= (max(counts) + padding) * PITCH


def sentences(of: str, lines: Sequence[int]) -> list[tuple[int, float, str]]:
    """A comment and its answer, a sentence on each line."""
    return [
        text
        for line in lines
        for text in ((1, line, f"{of}の意見{line}です。"), (2, line, f"{of}の回答{line}です。"))
    ]


def test_a_number_at_half_the_height_of_its_cell_parts_no_record(make_pdf: MakePdf) -> None:
    """A program that keeps rows whole puts one on each page, and may centre its number."""
    middle = ((TOP - FLOOR) / 2 - 9) / PITCH
    pages = [
        one_frame((0, middle, number), *sentences(f"第{number}", range(4, 27)))
        for number in ("1", "2", "3")
    ]
    path = make_pdf(*pages)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    comments = comments_of(out, path.stem)
    assert [(text[:4], text[-10:]) for text in comments] == [
        ("第1の意", "第1の意見26です。"),
        ("第2の意", "第2の意見26です。"),
        ("第3の意", "第3の意見26です。"),
    ]


def test_a_number_at_a_first_line_begins_a_record(make_pdf: MakePdf) -> None:
    """Without rulings a record may begin inside the frame of the next page."""
    first = one_frame((0, 0, "1"), *sentences("第1", range(29)))
    second = one_frame(
        *sentences("第1", range(6)), (0, 6, "2"), *sentences("第2", range(6, 12)), (0, 12, "3"),
        *sentences("第3", range(12, 20)),
    )  # fmt: skip
    path = make_pdf(first, second)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    comments = comments_of(out, path.stem)
    assert [(text[:4], text[-8:]) for text in comments] == [
        ("第1の意", "1の意見5です。"),
        ("第2の意", "の意見11です。"),
        ("第3の意", "の意見19です。"),
    ]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["2024-01", "2"], 1),
        (["5-1", "2"], 1),
        (["1", "2"], 2),
        (["2-1", "2-2"], 2),
    ],
)
def test_a_number_too_long_for_its_line_is_one(lines: list[str], count: int) -> None:
    cells = [["番号", "意見", "回答"], ["\n".join(lines), "道が\n狭い。", "広げ\nます。"]]
    cells.append(["2024-013", "橋が古い。", "直します。"])
    found = segment(page(1, [grid(cells)]))
    assert len(found.tables[0].rows) == count + 1


def test_numbers_too_long_for_their_lines_part_their_records() -> None:
    texts = "一つ目。\n\n二つ目は\n長い。\n三つ目も\n長い。"
    numbers = "9-1\n\n10-\n1\n11-\n1"
    (table,) = segment(page(1, [grid([["番号", "意見", "回答"], [numbers, texts, texts]])])).tables
    assert [row.fields[0].text for row in table.rows] == ["9-1", "10-1", "11-1"]


def test_a_range_in_a_narrow_cell_is_one_number() -> None:
    rows = [["No", "意見", "回答"], ["1", "あ。", "い。"], ["2\n～\n3", "う\nえ\nお。", "か。"]]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert len(table.rows) == 2


def test_numbers_that_share_a_text_part_no_record() -> None:
    """The comments 2 and 3 were summed up together; their text runs on beside both numbers."""
    full = "長い文章がこの行の終わりまで"
    rows = [["No", "意見", "回答"], ["1", "あ。", "い。"], ["2\n3", f"{full}\n続く。", "か。"]]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert len(table.rows) == 2
    rows[2] = ["2\n3", "う。\nえ。", "お。\nか。"]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert len(table.rows) == 3


def test_a_number_that_fills_its_narrow_column_runs_on_into_no_other() -> None:
    """Rulings part themes, and numbers the records of each."""
    rows = [
        ["No", "意見", "回答"],
        ["1\n\n2", "あ。\n\nう。", "い。\n\nえ。"],
        ["3", "お。", "か。"],
    ]
    made = grid(rows)
    left = made.column_edges[1] - 18
    cells = [
        replace(
            own,
            box=replace(own.box, x0=left),
            lines=tuple(line(li.text, x0=left + 4, top=li.top) for li in own.lines),
        )
        if own.column == 0
        else own
        for own in made.cells
    ]
    narrow = replace(made, cells=tuple(cells), column_edges=(left, *made.column_edges[1:]))
    (table,) = segment(page(1, [narrow])).tables
    assert [row.fields[0].text for row in table.rows] == ["1", "2", "3"]


def test_records_between_two_rulings_share_the_theme_that_stands_there_once() -> None:
    """A remark that stands there once is one record's own."""
    both = ["1\n\n2", "あ。\n\nう。", "い。\n\nえ。"]
    rows = [
        ["テーマ", "No", "意見", "回答", "備考"],
        ["道", *both, "済"],
        ["橋", "3", "お。", "か。", ""],
    ]
    (table,) = segment(page(1, [grid(rows)])).tables
    found = [(row.fields[0].text, row.fields[4].text) for row in table.rows]
    assert found == [("道", "済"), ("道", ""), ("橋", "")]


def test_numbers_at_half_the_height_of_whole_rows_part_no_record(make_pdf: MakePdf) -> None:
    """A row that goes on over the page has its number at the top, and none on the next page."""
    middle = ((TOP - FLOOR) / 2 - 9) / PITCH
    whole = [
        one_frame((0, middle, number), *sentences(f"第{number}", range(4, 27)))
        for number in ("1", "2", "3")
    ]
    cut = [
        one_frame((0, 0, "4"), *sentences("第4", range(30))),
        one_frame(*sentences("続き", range(12))),
    ]
    path = make_pdf(*whole, *cut)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    texts = comments_of(out, path.stem)
    begin_and_end = [(text[:6], text[-10:]) for text in texts]
    assert begin_and_end[:3] == [(f"第{n}の意見4", f"第{n}の意見26です。") for n in (1, 2, 3)]
    assert begin_and_end[3] == ("第4の意見0", "続きの意見11です。")


def test_the_title_of_the_next_table_between_two_rulings_rules_no_rows() -> None:
    """The last ruling of one table and the first of the next stand above and below it."""
    comments = [f"{place}が狭い。\n広げてほしい。" for place in ("道", "橋", "坂")]
    answers = [f"{place}を広げます。\n来年に始めます。" for place in ("道", "橋", "坂")]
    body = ["\n\n".join(comments), "\n\n".join(answers)]
    rows = [["意見", "回答"], body, ["計画の新旧対照表", ""]]
    found = segment(page(1, [grid(rows, spans={(2, 0): (1, 2)})]))
    assert len(found.tables[0].rows) == 3


def test_rows_of_one_line_each_show_the_space_between_lines() -> None:
    """Most gaps are those between rows, and only a little wider than those between lines."""
    lines = [
        "一行の文。",
        "二行の文が\n続く。",
        "一行の文。",
        "三行の文が\n長く\n続く。",
        "一行の文。",
    ]
    cells = []
    for column in (0, 1):
        top, placed = 130.0, []
        for text in lines:
            parts = text.split("\n")
            placed += [
                line(part, x0=column * WIDTH + 2, top=top + 13.6 * i)
                for i, part in enumerate(parts)
            ]
            top += 13.6 * (len(parts) - 1) + 17.1
        frame = box(column * WIDTH, 120, (column + 1) * WIDTH, top + 10)
        cells.append(Cell(1, column, 1, 1, frame, tuple(placed)))
    table = grid([["意見", "回答"], ["", ""]])
    cells = [*(cell for cell in table.cells if cell.row == 0), *cells]
    (found,) = segment(page(1, [replace(table, cells=tuple(cells))])).tables
    assert len(found.rows) == len(lines)


def test_lines_of_two_versions_stand_level_in_any_case() -> None:
    """Latin letters spread the same lines of both."""
    tops = [
        130 + 13.6 * at + (2.0 if at > 2 else 0.0) + (2.0 if at > 5 else 0.0) for at in range(9)
    ]
    table = grid([["章", "改正前", "改正後"], ["", "", ""]])
    cells = [cell for cell in table.cells if cell.row == 0]
    for column, lines in enumerate((tops[:1], tops, tops)):
        left = column * WIDTH
        placed = tuple(line("文である。", x0=left + 2, top=top) for top in lines)
        cells.append(Cell(1, column, 1, 1, box(left, 120, left + WIDTH, 270), placed))
    (found,) = segment(page(1, [replace(table, cells=tuple(cells))])).tables
    assert len(found.rows) == 1


def test_a_heading_between_two_frames_rules_no_records() -> None:
    """What parts it from them may be inferred; each frame still holds several records."""
    rows = [
        ["番号", "意見", "回答"],
        ["第１章　総則", "", ""],
        ["1\n3", "あ。\nう。", "い。\nえ。"],
        ["第２章　施策", "", ""],
        ["4", "お。", "か。"],
    ]
    found = segment(page(1, [grid(rows, spans={(1, 0): (1, 3), (3, 0): (1, 3)})]))
    (table,) = found.tables
    assert [row.section for row in table.rows] == [("第１章　総則",)] * 2 + [("第２章　施策",)]


@pytest.mark.parametrize("padding", [0.7, 1.0])
def test_a_new_article_with_nothing_beside_it_is_a_record(
    padding: float, make_pdf: MakePdf
) -> None:
    """Not below blank lines (a whole pitch): what stands there may go on with the one above."""
    articles = [(2, 1), (1, 0), (2, 2), (1, 2), (3, 1), (1, 1)]  # lines after and before

    def draw(sheet: canvas.Canvas) -> None:
        draw_versions(sheet)
        draw_articles(sheet, articles, padding, "第{}条の{}行目のとおりとする")

    (table,) = segment(
        *extract_annex(AnnexHeader("x", ""), make_pdf(draw).read_bytes()).pages
    ).tables
    assert (len(table.rows) == len(articles)) == (padding < 1)


@pytest.mark.parametrize(("pages", "records"), [(1, 1), (2, 8)])
def test_a_later_page_shows_that_gaps_part_the_first_one(
    pages: int, records: int, make_pdf: MakePdf
) -> None:
    """Two texts with blank lines at the same heights may be one record of a patient author."""
    articles = [(2, 2), (2, 1), (3, 3)], [(2, 1), (1, 2), (3, 1), (1, 2), (2, 2)]

    def draw(place: int) -> Draw:
        def draw_page(sheet: canvas.Canvas) -> None:
            draw_versions(sheet)
            draw_articles(sheet, articles[place], 1, f"第{place}{{}}条{{}}のとおりとする。")

        return draw_page

    data = make_pdf(*map(draw, range(pages))).read_bytes()
    (table,) = segment(*extract_annex(AnnexHeader("x", ""), data).pages).tables
    assert len(table.rows) == records


def test_rows_of_a_small_table_below_a_text_are_no_records(make_pdf: MakePdf) -> None:
    """Their gaps are wider than those between lines, and all alike, as those of records are."""

    def draw(sheet: canvas.Canvas) -> None:
        draw_versions(sheet)
        for x, lines in ((54, 7), (304, 8)):
            for at in range(lines):
                text = f"第{at}条の{at}行目のとおりとする。"
                sheet.drawString(x, TOP - 14 - at * 12, text)
        foot = TOP - 114
        for row, texts in enumerate((("区分", "件数"), ("窓口", "三件"), ("郵送", "四件"))):
            for x, text in zip((308, 368), texts, strict=True):
                sheet.rect(x - 4, foot - 9 - 20 * row, 60, 20)
                sheet.drawString(x, foot - 4 - 20 * row, text)

    (table,) = segment(
        *extract_annex(AnnexHeader("x", ""), make_pdf(draw).read_bytes()).pages
    ).tables
    (row,) = table.rows
    assert [own.text for own in row.fields[1].lines[-3:]] == [
        "区分\u3000件数",
        "窓口\u3000三件",
        "郵送\u3000四件",
    ]


@pytest.mark.parametrize(("labels", "count"), [(["ページ", "段"], 3), (["ページ"], 1)])
def test_two_labels_on_each_line_show_rows_of_one_line(labels: list[str], count: int) -> None:
    """The texts are as long as their column is wide, as if they went on below."""
    places = ["終わりから五行目です\n七\n九", "上\n中\n下"][: len(labels)]
    texts = "市が定める計画の五頁\n市が定める計画の六頁\n市が定める計画の七頁"
    cells = [cell.split("\n") for cell in (*places, texts, texts.replace("市", "町"))]
    lines = [
        tuple(line(part, x0=x * WIDTH + 2, top=122 + 14 * i) for i, part in enumerate(parts))
        for x, parts in enumerate(cells)
    ]
    table = grid([[*labels, "誤", "正"], ["" for _ in cells]])
    body = (replace(c, lines=lines[c.column]) if c.row == 1 else c for c in table.cells)
    (found,) = segment(page(1, [replace(table, cells=tuple(body))])).tables
    assert len(found.rows) == count


def test_one_text_of_two_lines_shows_the_space_between_lines() -> None:
    """All other gaps of an errata list are those between its rows."""
    tops = [122.0, 140.0, 152.0, 170.0, 188.0]
    pages = [top for top in tops if top != 152.0]
    table = grid([["ページ", "誤", "正"], ["", "", ""]])
    cells = [cell for cell in table.cells if cell.row == 0]
    for column, heights in enumerate((pages, tops, tops)):
        left = column * WIDTH
        placed = tuple(line("五", x0=left + 2, top=top) for top in heights)
        cells.append(Cell(1, column, 1, 1, box(left, 120, left + WIDTH, 210), placed))
    (found,) = segment(page(1, [replace(table, cells=tuple(cells))])).tables
    assert [len(row.fields[1].lines) for row in found.rows] == [1, 2, 1, 1]


@pytest.mark.parametrize(("text", "count"), [("五頁。", 4), ("市が定める計画の五頁", 1)])
def test_a_text_goes_on_below_a_line_with_two_labels(text: str, count: int) -> None:
    """The lines of a row are no nearer to each other than rows; a text may run on to the next."""
    tops = [122.0 + 9.5 * at for at in range(5)]
    table = grid([["ページ", "行", "誤", "正"], ["", "", "", ""]])
    cells = [cell for cell in table.cells if cell.row == 0]
    labelled = [tops[at] for at in (0, 1, 3, 4)]
    for column, heights in enumerate((labelled, labelled, tops, tops)):
        left, own = column * WIDTH, text if column > 1 else "3"
        placed = tuple(line(own, x0=left + 2, top=top) for top in heights)
        cells.append(Cell(1, column, 1, 1, box(left, 120, left + WIDTH, 210), placed))
    (found,) = segment(page(1, [replace(table, cells=tuple(cells))])).tables
    assert len(found.rows) == count


def test_a_reason_that_some_records_have_joins_no_others(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        draw_versions(sheet)
        for y in (TOP + 20, TOP, FLOOR):
            sheet.line(550, y, 590, y)
        sheet.line(590, TOP + 20, 590, FLOOR)
        sheet.drawString(554, TOP + 6, "理由")
        draw_articles(sheet, [(2, 3), (3, 2)] * 3, 0.7, "第{0}条の本文の{1}行目")
        for place in (0, 7.4):
            sheet.drawString(554, TOP - 14 - place * PITCH, "誤記")

    data = make_pdf(draw).read_bytes()
    (table,) = segment(*extract_annex(AnnexHeader("x", ""), data).pages).tables
    assert len(table.rows) == 6


def test_the_label_that_most_records_have_parts_them(make_pdf: MakePdf) -> None:
    """A blank line is between them, which an author may have left in both versions."""

    def draw(sheet: canvas.Canvas) -> None:
        draw_versions(sheet)
        for left, name, places in ((550, "備考", (0, 8)), (575, "件数", (0, 4, 8, 12))):
            for y in (TOP + 20, TOP, FLOOR):
                sheet.line(left, y, left + 25, y)
            sheet.line(left + 25, TOP + 20, left + 25, FLOOR)
            sheet.drawString(left + 2, TOP + 6, name)
            for place in places:
                sheet.drawString(left + 2, TOP - 14 - place * PITCH, "あり" if left == 550 else "2")
        draw_articles(sheet, [(2, 3), (3, 2)] * 2, 1, "第{0}条の本文の{1}行目")

    data = make_pdf(draw).read_bytes()
    (table,) = segment(*extract_annex(AnnexHeader("x", ""), data).pages).tables
    assert len(table.rows) == 4


@pytest.mark.parametrize(("lower", "sure"), [(30, False), (0, True)])
def test_numbers_below_their_texts_are_doubted(lower: float, sure: bool) -> None:
    """The text above a table's first number is that record's: so may be each other one."""
    columns: list[list[Line]] = [[], [], []]
    for n, top in enumerate((122, 182, 242), start=1):
        columns[0].append(line(str(n), 2, top + lower))
        columns[1].append(line(f"意見{n}です。", WIDTH + 2, top))
        columns[2].append(line("検討します。", 2 * WIDTH + 2, top))
    frame = grid([["No", "意見", "回答"], ["", "", ""]])
    head, body = frame.cells[:3], frame.cells[3:]
    body = tuple(
        replace(c, box=replace(c.box, bottom=400.0), lines=tuple(columns[c.column])) for c in body
    )
    frame = replace(frame, row_edges=(100.0, 120.0, 400.0), cells=head + body)
    (table,) = segment(page(1, [frame])).tables
    assert len(table.rows) > 2
    assert all((row.confidence > 0.6) == sure for row in table.rows)


def test_numbers_half_way_down_rows_that_stand_level_are_of_them() -> None:
    """A wider gap between the lines of a text than between rows speaks against the middle alone."""
    numbers, comments, answers = (7, 40), (0, 14, 26, 40, 54), (7, 40)
    columns = [
        [line(str(n), x0=50, top=y) for n, y in enumerate(numbers, 1)],
        [line("意見である。", x0=90, top=y) for y in comments],
        [line("回答である。", x0=320, top=y) for y in answers],
    ]
    parts = [
        FieldPart(1, box(x, 0, x + 200, 70), tuple(lines))
        for x, lines in zip(COLUMNS, columns, strict=False)
    ]
    row = TableRow(tuple(Field((part,)) for part in parts))
    found = split_by_numbers(row, 0, (1, 2), unruled=True, opens=True, earlier=())
    assert [[len(field.lines) for field in own.fields] for own in found] == [[1, 2, 1], [1, 3, 1]]
